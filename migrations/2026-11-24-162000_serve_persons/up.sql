-- People who use their rights over their data: each request has a month (GDPR, art. 12).
CREATE TABLE person_requests (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_id   UUID        NOT NULL,
    kind            TEXT        NOT NULL,
    person          TEXT,
    received_on     DATE        NOT NULL,
    due_on          DATE        NOT NULL,
    entered_by      BIGINT      NOT NULL REFERENCES staff_accounts (id),
    entered_at      TIMESTAMPTZ NOT NULL,
    settlement      TEXT,
    reason          TEXT,
    answered_on     DATE,
    answered_by     BIGINT      REFERENCES staff_accounts (id),
    CONSTRAINT person_requests_submission_id_key UNIQUE (submission_id),
    CONSTRAINT person_requests_kind_known
        CHECK (kind IN ('access', 'rectification', 'erasure', 'restriction', 'objection')),
    CONSTRAINT person_requests_settlement_known CHECK (settlement IN ('granted', 'partly', 'refused')),
    CONSTRAINT person_requests_person_length CHECK (char_length(person) BETWEEN 1 AND 200),
    CONSTRAINT person_requests_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT person_requests_answered_whole
        CHECK (num_nulls(settlement, answered_on, answered_by) IN (0, 3))
);
COMMENT ON TABLE person_requests IS 'The register of those who use their rights over their data, each followed until it is answered.';
COMMENT ON COLUMN person_requests.person IS 'Who asks, as staff look for them: e-mail, name, contract or reference.';
COMMENT ON COLUMN person_requests.due_on IS 'One month after reception, Paris calendar.';
COMMENT ON COLUMN person_requests.reason IS 'Why it is refused, or granted in part.';
CREATE INDEX person_requests_open_by_due ON person_requests (due_on, id) WHERE answered_on IS NULL;
CREATE INDEX person_requests_answered ON person_requests (answered_on DESC, id DESC)
    WHERE answered_on IS NOT NULL;
