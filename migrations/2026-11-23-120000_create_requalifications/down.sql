ALTER TABLE postal_tasks
    DROP CONSTRAINT postal_tasks_kind_known,
    ADD CONSTRAINT postal_tasks_kind_known
        CHECK (kind IN ('acknowledgement', 'copy', 'message', 'answer'));
DROP TABLE requalifications;
