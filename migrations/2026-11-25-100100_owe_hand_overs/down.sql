DROP INDEX outbox_owed;
ALTER TABLE outbox
    DROP CONSTRAINT outbox_owed_was_handed_over,
    DROP COLUMN is_owed;
