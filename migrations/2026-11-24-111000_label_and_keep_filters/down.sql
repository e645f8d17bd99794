ALTER TABLE staff_accounts DROP COLUMN has_shortcuts;
DROP TABLE saved_filters;
DROP TABLE case_labels;
DROP TABLE labels;
