DROP TABLE case_links;
DROP TABLE latenesses;
DROP TABLE date_corrections;
