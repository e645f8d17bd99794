-- Pages are counted when a file is added, and again by a program that takes other files.
ALTER TABLE case_files ADD COLUMN counted_by SMALLINT
    CONSTRAINT case_files_pages_by_a_rule CHECK (counted_by > 0);
COMMENT ON COLUMN case_files.counted_by IS 'The rule by which its pages were counted last; null when they must be counted.';
