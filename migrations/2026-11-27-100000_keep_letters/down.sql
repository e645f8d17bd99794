DELETE FROM uploads WHERE id IN (SELECT upload FROM case_files WHERE letter IS NOT NULL);
ALTER TABLE case_files
    DROP CONSTRAINT case_files_task_has_letter,
    DROP CONSTRAINT case_files_prepared_is_letter,
    DROP CONSTRAINT case_files_sent_has_carrier,
    ADD CONSTRAINT case_files_sent_has_carrier CHECK (CASE
        WHEN stage = 'sent' THEN num_nonnulls(message_id, answer_id) = 1
        ELSE message_id IS NULL AND (answer_id IS NULL OR stage = 'pending') END),
    DROP CONSTRAINT case_files_filed_by_person,
    ADD CONSTRAINT case_files_filed_by_person
        CHECK (author_id IS NULL OR stage IN ('pending', 'sent')),
    DROP CONSTRAINT case_files_stage_known,
    ADD CONSTRAINT case_files_stage_known CHECK (stage IN ('draft', 'filed', 'pending', 'sent')),
    DROP COLUMN postal_task,
    DROP COLUMN letter;
COMMENT ON COLUMN case_files.stage IS 'With a draft; filed with the case; waiting for the message it goes with; sent with a message.';
