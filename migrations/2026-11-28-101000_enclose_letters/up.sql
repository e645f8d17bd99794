-- The letter of an answer travels with its e-mail.
ALTER TABLE outbox ADD COLUMN enclosed BIGINT REFERENCES uploads (id) ON DELETE SET NULL;
COMMENT ON COLUMN outbox.enclosed IS 'The PDF that travels with it: a letter among the files of its case.';
CREATE INDEX outbox_enclosed ON outbox (enclosed) WHERE enclosed IS NOT NULL;
