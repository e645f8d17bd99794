-- A piece that goes with a letter on paper is printed behind it, where its pages could be counted.
ALTER TABLE case_files ADD COLUMN n_pages INTEGER
    CONSTRAINT case_files_pages_were_counted CHECK (n_pages > 0);
COMMENT ON COLUMN case_files.n_pages IS 'Pages of a PDF that staff added and that prints behind a letter; null for what does not.';
