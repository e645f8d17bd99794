-- What went with an answer waits again for a message: nothing else could carry it.
UPDATE case_files SET stage = 'pending' WHERE stage = 'sent' AND answer_id IS NOT NULL;
DROP INDEX case_files_by_answer;
ALTER TABLE case_files
    DROP CONSTRAINT case_files_sent_has_carrier,
    DROP COLUMN answer_id,
    ADD CONSTRAINT case_files_sent_has_message CHECK ((stage = 'sent') = (message_id IS NOT NULL));
