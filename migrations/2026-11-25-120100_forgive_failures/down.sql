ALTER TABLE staff_accounts DROP COLUMN failed_at;
DROP TABLE staff_places;
