-- The append-only trace: one hash chain per case, chain 0 for the system, and daily seals over them.
CREATE TABLE journal_events (
    chain           BIGINT      NOT NULL,
    seq             INTEGER     NOT NULL,
    at              TIMESTAMPTZ NOT NULL,
    actor           TEXT        NOT NULL,
    kind            TEXT        NOT NULL,
    facts           TEXT        NOT NULL,
    hash            BYTEA       NOT NULL,
    PRIMARY KEY (chain, seq),
    CONSTRAINT journal_events_seq_positive CHECK (seq > 0),
    CONSTRAINT journal_events_hash_is_sha256 CHECK (octet_length(hash) = 32)
);
COMMENT ON COLUMN journal_events.chain IS 'The case''s id, or 0 for the system chain (accounts, settings, sign-ins).';
COMMENT ON COLUMN journal_events.facts IS 'Canonical key=value lines: ids, codes, dates and keyed digests; never personal data or free text.';
COMMENT ON COLUMN journal_events.hash IS 'SHA-256(hash of the line before, or 32 zero bytes, followed by the canonical bytes of this line).';

CREATE TABLE seals (
    id              BIGINT      PRIMARY KEY,
    sealed_on       DATE        NOT NULL,
    sealed_at       TIMESTAMPTZ NOT NULL,
    n_leaves        BIGINT      NOT NULL,
    merkle_root     BYTEA       NOT NULL,
    hash            BYTEA       NOT NULL,
    CONSTRAINT seals_sealed_on_key UNIQUE (sealed_on)
);
COMMENT ON COLUMN seals.id IS 'Counts up from 1 without a gap.';
COMMENT ON COLUMN seals.sealed_on IS 'Paris calendar.';
COMMENT ON COLUMN seals.hash IS 'SHA-256(hash of the seal before, or 32 zero bytes, followed by the canonical bytes of this seal).';

CREATE TABLE seal_leaves (
    chain           BIGINT      NOT NULL,
    seq             INTEGER     NOT NULL,
    seal            BIGINT      NOT NULL REFERENCES seals (id) DEFERRABLE INITIALLY DEFERRED,
    hash            BYTEA       NOT NULL,
    PRIMARY KEY (chain, seq)
);
COMMENT ON TABLE seal_leaves IS 'The last line of each chain that changed since the seal before.';
CREATE INDEX seal_leaves_by_seal ON seal_leaves (seal, chain);

CREATE FUNCTION journal_refuses_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on %: the journal is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER journal_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_events
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses_change();
CREATE TRIGGER seals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seals
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses_change();
CREATE TRIGGER seal_leaves_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seal_leaves
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses_change();
