ALTER TABLE case_files DROP COLUMN n_pages;
