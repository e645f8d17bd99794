DROP INDEX outbox_failed;
ALTER TABLE outbox DROP COLUMN tried_since;
