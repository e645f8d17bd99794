DROP TABLE drafts;
DROP TABLE filings;
DROP TABLE legal_dates;
DROP TABLE cases;
