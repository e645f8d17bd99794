DROP TABLE staff_drafts;
DROP TABLE reopenings;
DROP TABLE legal_holds;
DROP TABLE qualifications;
