ALTER TABLE outbox DROP COLUMN enclosed;
