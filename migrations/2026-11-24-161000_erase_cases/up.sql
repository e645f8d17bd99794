-- What stays of a case once its content is erased: that it was, and how it ended.
CREATE TABLE erased_cases (
    case_id         BIGINT      PRIMARY KEY REFERENCES cases (id),
    erased_at       TIMESTAMPTZ NOT NULL,
    cause           TEXT        NOT NULL,
    erased_by       BIGINT      REFERENCES staff_accounts (id),
    outcome         TEXT,
    n_messages      BIGINT      NOT NULL,
    n_files         BIGINT      NOT NULL,
    n_answers       BIGINT      NOT NULL,
    CONSTRAINT erased_cases_cause_known CHECK (cause IN ('retention', 'request')),
    CONSTRAINT erased_cases_request_by_staff CHECK ((cause = 'request') = (erased_by IS NOT NULL)),
    CONSTRAINT erased_cases_outcome_known
        CHECK (outcome IN ('upheld', 'partly_upheld', 'rejected', 'no_action'))
);
COMMENT ON TABLE erased_cases IS 'Tombstones: the case''s row keeps its reference, nature, channel and dates, the journal its chain, and nothing says any more who wrote or what.';
COMMENT ON COLUMN erased_cases.cause IS 'The end of the time it is kept, or the person''s own request (GDPR, art. 17).';
COMMENT ON COLUMN erased_cases.outcome IS 'Of the last answer that was handed over.';
CREATE INDEX cases_to_erase ON cases (last_event_at, id)
    WHERE secret IS NOT NULL AND status IN ('answered', 'closed', 'withdrawn');
