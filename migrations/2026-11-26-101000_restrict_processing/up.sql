-- Restriction of processing, at the request of the person (GDPR, art. 18; R63).
CREATE TABLE restrictions (
    id              BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    placed_by       BIGINT      NOT NULL REFERENCES staff_accounts (id),
    placed_at       TIMESTAMPTZ NOT NULL,
    lifted_by       BIGINT      REFERENCES staff_accounts (id),
    lifted_at       TIMESTAMPTZ,
    CONSTRAINT restrictions_lifted_by_someone CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
COMMENT ON TABLE restrictions IS 'Cases whose person asked that their data be kept and used for their rights alone. The legal clocks run on.';
CREATE UNIQUE INDEX restrictions_in_force ON restrictions (case_id) WHERE lifted_at IS NULL;
