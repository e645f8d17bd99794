-- Where accounts sign in from: failures lock an account for one place only.
CREATE TABLE staff_places (
    account_id    BIGINT      NOT NULL REFERENCES staff_accounts (id) ON DELETE CASCADE,
    place         BYTEA       NOT NULL,
    n_failures    INTEGER     NOT NULL DEFAULT 0,
    failed_at     TIMESTAMPTZ,
    blocked_until TIMESTAMPTZ,
    trusted_at    TIMESTAMPTZ,
    PRIMARY KEY (account_id, place),
    CONSTRAINT staff_places_are_digests CHECK (octet_length(place) = 32)
);
COMMENT ON COLUMN staff_places.place IS 'Keyed digest of the network address.';
COMMENT ON COLUMN staff_places.trusted_at IS 'When both factors were last right there: failures elsewhere do not count there.';
ALTER TABLE staff_accounts ADD COLUMN failed_at TIMESTAMPTZ;
COMMENT ON COLUMN staff_accounts.failed_at IS 'When an attempt failed last where the account had never signed in: failures are forgiven with time.';
-- Locks of before are over with it: they kept owners out too.
UPDATE staff_accounts SET n_failures = 0, blocked_until = NULL WHERE n_failures > 0;
