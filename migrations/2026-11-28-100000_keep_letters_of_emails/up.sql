-- The letters of what left by e-mail: made once, after the hand-over, and kept with the files of the case.
ALTER TABLE case_files
    ADD COLUMN outbox_id BIGINT REFERENCES outbox (id),
    ADD CONSTRAINT case_files_email_has_letter CHECK (outbox_id IS NULL OR letter IS NOT NULL),
    DROP CONSTRAINT case_files_sent_has_carrier,
    ADD CONSTRAINT case_files_sent_has_carrier CHECK (CASE
        WHEN stage IN ('sent', 'prepared', 'proof')
            THEN num_nonnulls(message_id, answer_id, postal_task, outbox_id) = 1
        ELSE message_id IS NULL AND postal_task IS NULL AND outbox_id IS NULL
            AND (answer_id IS NULL OR stage = 'pending') END);
COMMENT ON COLUMN case_files.outbox_id IS 'The e-mail by which the letter left; an answer''s letter has its answer.';
COMMENT ON COLUMN case_files.author_id IS 'The member of staff who added it; null for the person, and for a letter of an e-mail.';
CREATE UNIQUE INDEX case_files_one_letter_an_email ON case_files (outbox_id) WHERE outbox_id IS NOT NULL;

CREATE TABLE letters_owed (
    outbox_id BIGINT PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    left_at TIMESTAMPTZ NOT NULL,
    not_before TIMESTAMPTZ NOT NULL,
    CONSTRAINT letters_owed_kind_known CHECK (kind IN (
        'acknowledgement', 'copy', 'message', 'answer', 'requalification', 'conversion'))
);
COMMENT ON TABLE letters_owed IS 'Letters to be made of e-mails that have left; a row goes when its letter is kept.';
COMMENT ON COLUMN letters_owed.left_at IS 'When the e-mail left: the letter bears that day.';
COMMENT ON COLUMN letters_owed.not_before IS 'When to make it, later each time it could not be made.';
CREATE INDEX letters_owed_next ON letters_owed (not_before, outbox_id);
