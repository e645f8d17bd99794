ALTER TABLE saved_filters DROP COLUMN used_on;
