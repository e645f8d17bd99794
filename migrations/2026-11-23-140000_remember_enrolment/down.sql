ALTER TABLE staff_accounts DROP COLUMN has_enrolled;
