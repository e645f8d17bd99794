-- Letters as they are printed, kept with the files of their case: made once, given out once they have left.
ALTER TABLE case_files
    ADD COLUMN letter TEXT,
    ADD COLUMN postal_task BIGINT REFERENCES postal_tasks (id),
    ADD CONSTRAINT case_files_letter_known CHECK (letter IN (
        'acknowledgement', 'copy', 'message', 'answer', 'requalification', 'conversion')),
    DROP CONSTRAINT case_files_stage_known,
    ADD CONSTRAINT case_files_stage_known
        CHECK (stage IN ('draft', 'filed', 'pending', 'sent', 'prepared')),
    DROP CONSTRAINT case_files_filed_by_person,
    ADD CONSTRAINT case_files_filed_by_person
        CHECK (author_id IS NULL OR stage IN ('pending', 'sent', 'prepared')),
    DROP CONSTRAINT case_files_sent_has_carrier,
    ADD CONSTRAINT case_files_sent_has_carrier CHECK (CASE
        WHEN stage IN ('sent', 'prepared') THEN num_nonnulls(message_id, answer_id, postal_task) = 1
        ELSE message_id IS NULL AND postal_task IS NULL
            AND (answer_id IS NULL OR stage = 'pending') END),
    ADD CONSTRAINT case_files_prepared_is_letter CHECK (stage <> 'prepared' OR letter IS NOT NULL),
    ADD CONSTRAINT case_files_task_has_letter CHECK (postal_task IS NULL OR letter IS NOT NULL);
COMMENT ON COLUMN case_files.letter IS 'What letter it is, made by the program; null for what people send.';
COMMENT ON COLUMN case_files.postal_task IS 'What it is posted for; an answer''s letter has its answer.';
COMMENT ON COLUMN case_files.stage IS 'With a draft; filed with the case; waiting for the message it goes with; a letter that has not left; sent.';
CREATE UNIQUE INDEX case_files_one_letter_a_task ON case_files (postal_task) WHERE postal_task IS NOT NULL;
CREATE UNIQUE INDEX case_files_one_letter_an_answer ON case_files (answer_id) WHERE letter IS NOT NULL;
