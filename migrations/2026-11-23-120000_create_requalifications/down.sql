UPDATE postal_tasks SET kind = 'message' WHERE kind = 'requalification' AND done_on IS NOT NULL;
DELETE FROM postal_tasks WHERE kind = 'requalification';
ALTER TABLE postal_tasks
    DROP CONSTRAINT postal_tasks_kind_known,
    ADD CONSTRAINT postal_tasks_kind_known
        CHECK (kind IN ('acknowledgement', 'copy', 'message', 'answer'));
DROP TABLE requalifications;
