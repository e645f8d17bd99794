-- An act on an account says which state of it was seen: two administrators at once, or a form sent twice.
ALTER TABLE staff_accounts ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
COMMENT ON COLUMN staff_accounts.version IS 'Grows with each act on the account.';
