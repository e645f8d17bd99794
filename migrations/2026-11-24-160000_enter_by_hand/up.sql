-- Cases that staff enter by hand: letters, e-mails, calls, visits.
-- Who only gave a phone number can be called back; the form of the site still asks for an address.
ALTER TABLE filings
    DROP CONSTRAINT filings_can_be_answered,
    ADD CONSTRAINT filings_can_be_answered
        CHECK (email IS NOT NULL OR postal_address IS NOT NULL OR phone IS NOT NULL);
COMMENT ON COLUMN filings.phone IS 'As typed; the only way to reach whoever gave no address, by phone or at the counter.';

-- A person who writes again is found before a second case is made.
CREATE INDEX filings_by_email ON filings (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX filings_by_contract ON filings (lower(contract_number)) WHERE contract_number IS NOT NULL;
CREATE INDEX filings_by_name ON filings (lower(last_name), lower(first_name));

ALTER TABLE drafts ADD COLUMN staff_id BIGINT REFERENCES staff_accounts (id);
COMMENT ON COLUMN drafts.staff_id IS 'The member of staff who enters a case by hand; null for a visitor.';
CREATE INDEX drafts_by_staff ON drafts (staff_id, updated_at) WHERE staff_id IS NOT NULL;

CREATE TABLE oral_complaints (
    case_id           BIGINT  PRIMARY KEY REFERENCES cases (id),
    satisfied_at_once BOOLEAN NOT NULL,
    how_satisfied     TEXT,
    invited_on        DATE,
    confirmed_on      DATE,
    CONSTRAINT oral_complaints_satisfied_say_how CHECK (satisfied_at_once = (how_satisfied IS NOT NULL)),
    CONSTRAINT oral_complaints_how_length CHECK (char_length(how_satisfied) BETWEEN 1 AND 2000),
    CONSTRAINT oral_complaints_satisfied_write_nothing CHECK (NOT satisfied_at_once OR confirmed_on IS NULL)
);
COMMENT ON TABLE oral_complaints IS 'What became of a complaint made by word of mouth: it starts no legal clock until it is confirmed in writing.';
COMMENT ON COLUMN oral_complaints.how_satisfied IS 'What satisfied the person at once; erased with the content of the case.';
COMMENT ON COLUMN oral_complaints.invited_on IS 'When the person was invited to write (ACPR 2024-R-02), Paris calendar.';
COMMENT ON COLUMN oral_complaints.confirmed_on IS 'When staff noted the writing that confirms it; its own date is the first writing of the legal dates.';
