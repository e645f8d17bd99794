ALTER TABLE answers DROP COLUMN writer_ids;
