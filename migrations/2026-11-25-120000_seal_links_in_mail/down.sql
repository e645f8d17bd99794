ALTER TABLE outbox
    DROP CONSTRAINT outbox_sealed_only_while_queued,
    DROP COLUMN sealed;
