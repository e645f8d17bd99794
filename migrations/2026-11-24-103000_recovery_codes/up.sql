-- What takes the place of the authenticator when the telephone is lost: each works once.
CREATE TABLE staff_recovery_codes (
    code_digest BYTEA       PRIMARY KEY,
    account_id  BIGINT      NOT NULL REFERENCES staff_accounts (id) ON DELETE CASCADE,
    used_at     TIMESTAMPTZ
);
COMMENT ON TABLE staff_recovery_codes IS 'Only a digest is kept: SHA-256 of the account and of 80 random bits.';
CREATE INDEX staff_recovery_codes_by_account ON staff_recovery_codes (account_id);
