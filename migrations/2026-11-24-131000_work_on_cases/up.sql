-- What staff say of a case, and do with it, each in a table of its own.
CREATE TABLE qualifications (
    case_id         BIGINT      PRIMARY KEY REFERENCES cases (id),
    cause           TEXT,
    qualified_by    BIGINT      NOT NULL REFERENCES staff_accounts (id),
    qualified_at    TIMESTAMPTZ NOT NULL,
    CONSTRAINT qualifications_cause_length CHECK (char_length(cause) BETWEEN 1 AND 120)
);
COMMENT ON COLUMN qualifications.cause IS 'What caused it, in the words of whoever qualified it. Erased with the content of the case.';

CREATE TABLE legal_holds (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    until_on        DATE        NOT NULL,
    placed_by       BIGINT      NOT NULL REFERENCES staff_accounts (id),
    placed_at       TIMESTAMPTZ NOT NULL,
    lifted_by       BIGINT      REFERENCES staff_accounts (id),
    lifted_at       TIMESTAMPTZ,
    CONSTRAINT legal_holds_lifted_by_someone CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
COMMENT ON TABLE legal_holds IS 'Cases that are kept from being erased, until a day of the Paris calendar, included.';
CREATE UNIQUE INDEX legal_holds_in_force ON legal_holds (case_id) WHERE lifted_at IS NULL;

CREATE TABLE reopenings (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    reopened_by     BIGINT      NOT NULL REFERENCES staff_accounts (id),
    reopened_at     TIMESTAMPTZ NOT NULL,
    target_on       DATE        NOT NULL
);
COMMENT ON TABLE reopenings IS 'Closed cases that staff opened again, with a target of our own and no new legal clock.';
CREATE INDEX reopenings_by_case ON reopenings (case_id, id);

CREATE TABLE staff_drafts (
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    account_id      BIGINT      NOT NULL REFERENCES staff_accounts (id),
    act             TEXT        NOT NULL,
    fields          JSONB       NOT NULL,
    saved_at        TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (case_id, account_id, act)
);
COMMENT ON TABLE staff_drafts IS 'What staff began to write on a case: theirs alone, and no part of it. Erased with the content of the case.';
COMMENT ON COLUMN staff_drafts.fields IS 'Pairs of the name and the content of each field.';
