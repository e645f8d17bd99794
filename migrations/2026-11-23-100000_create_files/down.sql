DROP TABLE case_files;
DROP TABLE file_chunks;
DROP TABLE uploads;
