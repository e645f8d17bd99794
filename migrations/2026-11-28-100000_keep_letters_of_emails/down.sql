DROP TABLE letters_owed;
DELETE FROM uploads WHERE id IN (SELECT upload FROM case_files WHERE outbox_id IS NOT NULL);
ALTER TABLE case_files
    DROP CONSTRAINT case_files_sent_has_carrier,
    ADD CONSTRAINT case_files_sent_has_carrier CHECK (CASE
        WHEN stage IN ('sent', 'prepared', 'proof')
            THEN num_nonnulls(message_id, answer_id, postal_task) = 1
        ELSE message_id IS NULL AND postal_task IS NULL
            AND (answer_id IS NULL OR stage = 'pending') END),
    DROP COLUMN outbox_id;
COMMENT ON COLUMN case_files.author_id IS 'The member of staff who added it; null for the person.';
