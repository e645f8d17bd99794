-- Scans that prove that a letter was posted or received: for us and the mediator, not on the person's page.
ALTER TABLE case_files
    DROP CONSTRAINT case_files_stage_known,
    ADD CONSTRAINT case_files_stage_known
        CHECK (stage IN ('draft', 'filed', 'pending', 'sent', 'prepared', 'proof')),
    DROP CONSTRAINT case_files_filed_by_person,
    ADD CONSTRAINT case_files_filed_by_person
        CHECK (author_id IS NULL OR stage IN ('pending', 'sent', 'prepared', 'proof')),
    DROP CONSTRAINT case_files_sent_has_carrier,
    ADD CONSTRAINT case_files_sent_has_carrier CHECK (CASE
        WHEN stage IN ('sent', 'prepared', 'proof')
            THEN num_nonnulls(message_id, answer_id, postal_task) = 1
        ELSE message_id IS NULL AND postal_task IS NULL
            AND (answer_id IS NULL OR stage = 'pending') END),
    DROP CONSTRAINT case_files_task_has_letter,
    ADD CONSTRAINT case_files_task_has_letter
        CHECK (postal_task IS NULL OR (letter IS NULL) = (stage = 'proof'));
COMMENT ON COLUMN case_files.postal_task IS 'What it is posted for, or proves the posting of; an answer''s letter has its answer.';
DROP INDEX case_files_one_letter_a_task;
CREATE UNIQUE INDEX case_files_one_letter_a_task ON case_files (postal_task) WHERE letter IS NOT NULL;
CREATE INDEX case_files_by_task ON case_files (postal_task) WHERE postal_task IS NOT NULL;
