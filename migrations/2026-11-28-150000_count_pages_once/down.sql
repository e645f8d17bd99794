ALTER TABLE case_files DROP COLUMN counted_by;
