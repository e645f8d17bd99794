-- Which messages the pages of a letter hold: what is written since is in the next one.
ALTER TABLE messages ADD COLUMN postal_task BIGINT REFERENCES postal_tasks (id) ON DELETE SET NULL;
COMMENT ON COLUMN messages.postal_task IS 'The letter whose pages hold it.';
CREATE INDEX messages_by_postal_task ON messages (postal_task) WHERE postal_task IS NOT NULL;
