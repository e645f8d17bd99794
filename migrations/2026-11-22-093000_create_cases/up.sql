-- The dossier: one complaint or one request, its legal dates frozen at entry, and what the person filed.
CREATE TABLE cases (
    id                BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference_year    SMALLINT    NOT NULL,
    submission_id     UUID        NOT NULL,
    is_demo           BOOLEAN     NOT NULL DEFAULT FALSE,
    version           INTEGER     NOT NULL DEFAULT 1,
    nature_declared   TEXT,
    nature_qualified  TEXT,
    nature            TEXT        NOT NULL
        GENERATED ALWAYS AS (COALESCE(nature_qualified, nature_declared, 'complaint')) STORED,
    channel           TEXT        NOT NULL,
    status            TEXT        NOT NULL DEFAULT 'received',
    handler_id        BIGINT      REFERENCES staff_accounts (id),
    person_name       TEXT,
    secret            BYTEA,
    code_generation   INTEGER     NOT NULL DEFAULT 0,
    procedure_version TEXT        NOT NULL,
    received_at       TIMESTAMPTZ NOT NULL,
    entered_at        TIMESTAMPTZ NOT NULL,
    target_on         DATE,
    acknowledged_on   DATE,
    answered_on       DATE,
    closed_on         DATE,
    next_due_on       DATE        NOT NULL,
    last_event_at     TIMESTAMPTZ NOT NULL,
    CONSTRAINT cases_submission_id_key UNIQUE (submission_id),
    CONSTRAINT cases_nature_declared_known
        CHECK (nature_declared IN ('complaint', 'information_request')),
    CONSTRAINT cases_nature_qualified_known
        CHECK (nature_qualified IN ('complaint', 'information_request')),
    CONSTRAINT cases_channel_known CHECK (channel IN ('web', 'email', 'post', 'phone', 'counter')),
    CONSTRAINT cases_status_known
        CHECK (status IN ('received', 'acknowledged', 'answered', 'closed', 'withdrawn')),
    CONSTRAINT cases_answered_has_date CHECK (status <> 'answered' OR answered_on IS NOT NULL),
    CONSTRAINT cases_acknowledged_has_date CHECK (status <> 'acknowledged' OR acknowledged_on IS NOT NULL),
    CONSTRAINT cases_ended_has_date
        CHECK ((status IN ('closed', 'withdrawn')) = (closed_on IS NOT NULL)),
    CONSTRAINT cases_secret_is_256_bits CHECK (octet_length(secret) = 32)
);
COMMENT ON COLUMN cases.id IS 'Also the number in the reference: one sequence, never reset, gaps are fine.';
COMMENT ON COLUMN cases.reference_year IS 'Paris year of the entry, the first part of the reference.';
COMMENT ON COLUMN cases.submission_id IS 'The draft''s id: sending twice files once.';
COMMENT ON COLUMN cases.version IS 'Counts the acts of people; an act on an older version is refused.';
COMMENT ON COLUMN cases.nature IS 'Effective nature: qualified by staff, else declared, else complaint.';
COMMENT ON COLUMN cases.person_name IS 'First and last name, for lists; erased with the content.';
COMMENT ON COLUMN cases.secret IS 'Keys the digests of the journal; erased with the content.';
COMMENT ON COLUMN cases.procedure_version IS 'Date of the published procedure in force at entry.';
COMMENT ON COLUMN cases.target_on IS 'Internal target, no legal date: requests, oral complaints, closing of an answered case.';
COMMENT ON COLUMN cases.acknowledged_on IS 'Paris date of the hand-over of the acknowledgement.';
COMMENT ON COLUMN cases.answered_on IS 'Paris date of the hand-over of the first answer: a later one, after a disagreement, meets no legal clock.';
COMMENT ON COLUMN cases.next_due_on IS 'What comes next, legal date or target; set by the same UPDATE as each act.';
CREATE INDEX cases_open_by_due ON cases (next_due_on, id)
    WHERE status IN ('received', 'acknowledged');
CREATE INDEX cases_open_requests_by_due ON cases (next_due_on, id)
    WHERE status IN ('received', 'acknowledged') AND nature = 'information_request';
CREATE INDEX cases_open_by_handler ON cases (handler_id, next_due_on, id)
    WHERE status <> 'answered' AND closed_on IS NULL;
COMMENT ON INDEX cases_open_by_handler IS
    'The open cases, said otherwise: a list of one handler then has no other index to be tempted by.';
CREATE INDEX cases_answered_by_due ON cases (next_due_on, id) WHERE status = 'answered';
CREATE INDEX cases_ended_by_date ON cases (closed_on DESC, id DESC)
    WHERE status IN ('closed', 'withdrawn');

CREATE TABLE legal_dates (
    case_id                      BIGINT PRIMARY KEY REFERENCES cases (id),
    rule_version                 TEXT   NOT NULL,
    first_written_on             DATE,
    received_on                  DATE   NOT NULL,
    expressed_on                 DATE,
    declared_earlier_on          DATE,
    ack_due_on                   DATE,
    ack_due_from_reception_on    DATE,
    answer_due_on                DATE,
    answer_due_from_reception_on DATE,
    mediation_from_on            DATE,
    mediation_open_on            DATE,
    mediation_last_on            DATE,
    CONSTRAINT legal_dates_written_before_received CHECK (first_written_on <= received_on),
    CONSTRAINT legal_dates_all_or_none CHECK (
        num_nulls(ack_due_on, ack_due_from_reception_on, answer_due_on, answer_due_from_reception_on,
                  mediation_from_on, mediation_open_on, mediation_last_on) IN (0, 7))
);
COMMENT ON TABLE legal_dates IS 'Dates of the Paris calendar, frozen at entry under a version of the rules; recomputed only by an act. Requests and oral complaints have no legal date.';
COMMENT ON COLUMN legal_dates.first_written_on IS 'Start of the clocks: form submission, date of the e-mail, postmark.';
COMMENT ON COLUMN legal_dates.expressed_on IS 'An oral complaint''s day; it starts no legal clock.';
COMMENT ON COLUMN legal_dates.declared_earlier_on IS 'Earlier writing declared by the person, as typed; counts only under the rules of the declared date.';
COMMENT ON COLUMN legal_dates.ack_due_on IS 'Last day to acknowledge: 10th jour ouvrable from the first writing (ACPR 2024-R-02).';
COMMENT ON COLUMN legal_dates.ack_due_from_reception_on IS 'The same from reception (published procedure of 11/10/2025, step 2).';
COMMENT ON COLUMN legal_dates.answer_due_on IS 'Last day to answer: two calendar months from the first writing.';
COMMENT ON COLUMN legal_dates.answer_due_from_reception_on IS 'The same from reception.';
COMMENT ON COLUMN legal_dates.mediation_from_on IS '60 days from the first writing (published procedure, step 3).';
COMMENT ON COLUMN legal_dates.mediation_open_on IS 'The earlier of 60 days and two months.';
COMMENT ON COLUMN legal_dates.mediation_last_on IS 'Twelve months from the first writing to Asekkey (C. conso. L.612-2).';

CREATE TABLE filings (
    case_id            BIGINT      PRIMARY KEY REFERENCES cases (id),
    first_name         TEXT        NOT NULL,
    last_name          TEXT        NOT NULL,
    email              TEXT,
    email_confirmed_at TIMESTAMPTZ,
    postal_address     TEXT,
    phone              TEXT,
    capacity           TEXT        NOT NULL,
    represented        TEXT,
    is_professional    BOOLEAN     NOT NULL,
    subscription_path  TEXT        NOT NULL,
    intermediary       TEXT,
    contract_number    TEXT,
    earlier_contact    TEXT,
    facts_when         TEXT,
    facts              TEXT        NOT NULL,
    expectation        TEXT,
    accessibility      TEXT,
    CONSTRAINT filings_can_be_answered CHECK (email IS NOT NULL OR postal_address IS NOT NULL),
    CONSTRAINT filings_capacity_known CHECK (capacity IN
        ('client', 'former_client', 'beneficiary', 'heir', 'representative', 'prospect', 'other')),
    CONSTRAINT filings_subscription_path_known
        CHECK (subscription_path IN ('direct', 'broker', 'distributor', 'adviser', 'unknown')),
    CONSTRAINT filings_facts_length CHECK (char_length(facts) BETWEEN 1 AND 5000),
    CONSTRAINT filings_expectation_length CHECK (char_length(expectation) <= 2000)
);
COMMENT ON TABLE filings IS 'The person and what they wrote, as filed; erased as one with the content of the case.';
COMMENT ON COLUMN filings.email_confirmed_at IS 'When the person proved, through the link, that the address is theirs.';
COMMENT ON COLUMN filings.represented IS 'For whom, when filed by a representative.';
COMMENT ON COLUMN filings.intermediary IS 'Name of the broker, distributor or adviser.';
COMMENT ON COLUMN filings.earlier_contact IS 'To whom the person wrote before, and what came of it.';

CREATE INDEX filings_unconfirmed_with_post ON filings (case_id)
    WHERE email IS NOT NULL AND email_confirmed_at IS NULL AND postal_address IS NOT NULL;

CREATE TABLE drafts (
    id              UUID        PRIMARY KEY,
    token_digest    BYTEA       NOT NULL,
    content         JSONB       NOT NULL,
    version         INTEGER     NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    expires_at      TIMESTAMPTZ NOT NULL,
    filed_case_id   BIGINT      REFERENCES cases (id),
    filed_at        TIMESTAMPTZ,
    CONSTRAINT drafts_token_digest_key UNIQUE (token_digest)
);
COMMENT ON TABLE drafts IS 'Forms being filled in: not yet sent, emptied once filed.';
COMMENT ON COLUMN drafts.token_digest IS 'SHA-256 of the opaque token in the visitor''s cookie.';
CREATE INDEX drafts_by_expiry ON drafts (expires_at);
