DELETE FROM uploads WHERE id IN (SELECT upload FROM case_files WHERE stage = 'proof');
DROP INDEX case_files_by_task;
DROP INDEX case_files_one_letter_a_task;
CREATE UNIQUE INDEX case_files_one_letter_a_task ON case_files (postal_task) WHERE postal_task IS NOT NULL;
ALTER TABLE case_files
    DROP CONSTRAINT case_files_task_has_letter,
    ADD CONSTRAINT case_files_task_has_letter CHECK (postal_task IS NULL OR letter IS NOT NULL),
    DROP CONSTRAINT case_files_sent_has_carrier,
    ADD CONSTRAINT case_files_sent_has_carrier CHECK (CASE
        WHEN stage IN ('sent', 'prepared') THEN num_nonnulls(message_id, answer_id, postal_task) = 1
        ELSE message_id IS NULL AND postal_task IS NULL
            AND (answer_id IS NULL OR stage = 'pending') END),
    DROP CONSTRAINT case_files_filed_by_person,
    ADD CONSTRAINT case_files_filed_by_person
        CHECK (author_id IS NULL OR stage IN ('pending', 'sent', 'prepared')),
    DROP CONSTRAINT case_files_stage_known,
    ADD CONSTRAINT case_files_stage_known
        CHECK (stage IN ('draft', 'filed', 'pending', 'sent', 'prepared'));
COMMENT ON COLUMN case_files.postal_task IS 'What it is posted for; an answer''s letter has its answer.';
