-- Why staff did what they did on a case, and whom a case is hidden from because they are complained about.
CREATE TABLE motives (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    written_by      BIGINT      NOT NULL REFERENCES staff_accounts (id),
    written_at      TIMESTAMPTZ NOT NULL,
    body            TEXT        NOT NULL,
    CONSTRAINT motives_length CHECK (char_length(body) BETWEEN 1 AND 2000)
);
COMMENT ON TABLE motives IS 'Why an act was done; the journal names the row and holds its digest. Erased with the content of the case.';
CREATE INDEX motives_by_case ON motives (case_id, id);

CREATE TABLE case_bars (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    account_id      BIGINT      NOT NULL REFERENCES staff_accounts (id),
    barred_by       BIGINT      NOT NULL REFERENCES staff_accounts (id),
    barred_at       TIMESTAMPTZ NOT NULL,
    lifted_by       BIGINT      REFERENCES staff_accounts (id),
    lifted_at       TIMESTAMPTZ,
    CONSTRAINT case_bars_lifted_by_someone CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
COMMENT ON TABLE case_bars IS 'Whom a case complains about: for them it does not exist, whatever their rights.';
CREATE UNIQUE INDEX case_bars_in_force ON case_bars (account_id, case_id) WHERE lifted_at IS NULL;
CREATE INDEX case_bars_by_case ON case_bars (case_id, id);
