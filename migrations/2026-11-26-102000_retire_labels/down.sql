DROP TABLE label_changes;
ALTER TABLE labels DROP COLUMN is_retired;
