-- Files of staff can go with a reasoned answer.
ALTER TABLE case_files
    ADD COLUMN answer_id BIGINT REFERENCES answers (id),
    DROP CONSTRAINT case_files_sent_has_message,
    ADD CONSTRAINT case_files_sent_has_carrier CHECK (CASE
        WHEN stage = 'sent' THEN num_nonnulls(message_id, answer_id) = 1
        ELSE message_id IS NULL AND (answer_id IS NULL OR stage = 'pending') END);
COMMENT ON COLUMN case_files.answer_id IS 'The answer it goes with: pending while that is leaving, sent once it has left.';
CREATE INDEX case_files_by_answer ON case_files (answer_id) WHERE answer_id IS NOT NULL;
