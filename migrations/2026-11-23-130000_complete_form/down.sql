ALTER TABLE drafts DROP COLUMN writers;
ALTER TABLE filings
    DROP COLUMN mandate,
    DROP COLUMN earlier_way,
    DROP COLUMN earlier_spoken_on,
    DROP COLUMN earlier_reply,
    DROP COLUMN preferred_reply;
COMMENT ON COLUMN filings.earlier_contact IS 'To whom the person wrote before, and what came of it.';
ALTER TABLE cases
    DROP COLUMN product,
    DROP COLUMN subject;
DROP TABLE subjects;
DROP TABLE products;
