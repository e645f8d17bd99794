DROP INDEX cases_to_erase;
DROP TABLE erased_cases;
