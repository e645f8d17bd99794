ALTER TABLE messages DROP COLUMN postal_task;
