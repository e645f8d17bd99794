-- People who handle complaints, the one-time links that let them in, and their sessions.
CREATE TABLE staff_accounts (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email           TEXT,
    display_name    TEXT        NOT NULL,
    role            TEXT        NOT NULL,
    password_hash   TEXT,
    totp_secret     BYTEA,
    totp_last_step  BIGINT,
    enrolled_at     TIMESTAMPTZ,
    n_failures      INTEGER     NOT NULL DEFAULT 0,
    blocked_until   TIMESTAMPTZ,
    disabled_at     TIMESTAMPTZ,
    created_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT staff_accounts_email_key UNIQUE (email),
    CONSTRAINT staff_accounts_role_known
        CHECK (role IN ('handler', 'supervisor', 'administrator', 'auditor')),
    CONSTRAINT staff_accounts_enrolled_is_complete
        CHECK (enrolled_at IS NULL
            OR (email IS NOT NULL AND password_hash IS NOT NULL AND totp_secret IS NOT NULL))
);
COMMENT ON COLUMN staff_accounts.email IS
    'Lower case, NFC. Null for the first administrator, who chooses it at enrolment.';
COMMENT ON COLUMN staff_accounts.n_failures IS 'Attempts since the last sign-in, counted before they are checked.';
COMMENT ON COLUMN staff_accounts.totp_secret IS 'Encrypted with a key derived from the secret of the installation.';
COMMENT ON COLUMN staff_accounts.totp_last_step IS 'Last time step whose code was accepted: a code works once.';

CREATE TABLE staff_links (
    token_digest    BYTEA       PRIMARY KEY,
    account_id      BIGINT      NOT NULL REFERENCES staff_accounts (id) ON DELETE CASCADE,
    expires_at      TIMESTAMPTZ NOT NULL,
    used_at         TIMESTAMPTZ
);
COMMENT ON TABLE staff_links IS 'One-time links to choose a password and enrol TOTP; only a digest is kept.';
CREATE INDEX staff_links_by_account ON staff_links (account_id);

CREATE TABLE staff_sessions (
    key_digest      BYTEA       PRIMARY KEY,
    account_id      BIGINT      REFERENCES staff_accounts (id) ON DELETE CASCADE,
    state           TEXT        NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL,
    seen_at         TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE staff_sessions IS 'Sessions of the back office; only a digest of the cookie''s key is kept.';
CREATE INDEX staff_sessions_by_account ON staff_sessions (account_id);
