-- Dates that were corrected, causes of lateness, and cases that belong together.
CREATE TABLE date_corrections (
    id                  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id             BIGINT      NOT NULL REFERENCES cases (id),
    corrected_by        BIGINT      NOT NULL REFERENCES staff_accounts (id),
    corrected_at        TIMESTAMPTZ NOT NULL,
    first_written_on    DATE        NOT NULL,
    received_on         DATE        NOT NULL,
    declared_earlier_on DATE,
    ack_due_on          DATE        NOT NULL,
    answer_due_on       DATE        NOT NULL
);
COMMENT ON TABLE date_corrections IS 'The dates of a complaint as they were before each correction; the present ones are the frozen ones.';
CREATE INDEX date_corrections_by_case ON date_corrections (case_id, id);

CREATE TABLE latenesses (
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    clock           TEXT        NOT NULL,
    cause           TEXT        NOT NULL,
    said            TEXT        NOT NULL,
    said_by         BIGINT      NOT NULL REFERENCES staff_accounts (id),
    said_at         TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (case_id, clock),
    CONSTRAINT latenesses_clock_known CHECK (clock IN ('acknowledgement', 'answer')),
    CONSTRAINT latenesses_cause_known CHECK (cause IN
        ('before_arrival', 'workload', 'absence', 'third_party', 'sending', 'mistake', 'other')),
    CONSTRAINT latenesses_said_length CHECK (char_length(said) BETWEEN 1 AND 500)
);
COMMENT ON TABLE latenesses IS 'Why a legal date was not kept: compulsory before the case is closed.';
COMMENT ON COLUMN latenesses.said IS 'One sentence. Erased with the content of the case.';

CREATE TABLE case_links (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    other_id        BIGINT      NOT NULL REFERENCES cases (id),
    linked_by       BIGINT      NOT NULL REFERENCES staff_accounts (id),
    linked_at       TIMESTAMPTZ NOT NULL,
    unlinked_by     BIGINT      REFERENCES staff_accounts (id),
    unlinked_at     TIMESTAMPTZ,
    CONSTRAINT case_links_in_order CHECK (case_id < other_id),
    CONSTRAINT case_links_unlinked_by_someone CHECK ((unlinked_at IS NULL) = (unlinked_by IS NULL))
);
COMMENT ON TABLE case_links IS 'Cases that belong together, the lower number first. Each keeps its clocks.';
CREATE UNIQUE INDEX case_links_in_force ON case_links (case_id, other_id) WHERE unlinked_at IS NULL;
CREATE INDEX case_links_by_other ON case_links (other_id, case_id) WHERE unlinked_at IS NULL;
