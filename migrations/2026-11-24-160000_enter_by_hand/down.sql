DROP TABLE oral_complaints;
DROP INDEX drafts_by_staff;
ALTER TABLE drafts DROP COLUMN staff_id;
DROP INDEX filings_by_email;
DROP INDEX filings_by_contract;
DROP INDEX filings_by_name;
-- Whoever can only be called keeps the number where an address would be.
UPDATE filings SET postal_address = phone WHERE email IS NULL AND postal_address IS NULL;
ALTER TABLE filings
    DROP CONSTRAINT filings_can_be_answered,
    ADD CONSTRAINT filings_can_be_answered CHECK (email IS NOT NULL OR postal_address IS NOT NULL);
COMMENT ON COLUMN filings.phone IS NULL;
