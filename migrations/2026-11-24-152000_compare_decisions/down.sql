DROP INDEX cases_comparable;
DROP TABLE divergences;
ALTER TABLE answers DROP COLUMN common_outcome;
