-- The reasoned answer: numbered grievances, a position with its grounds on each, an outcome, a signatory.
CREATE TABLE grievances (
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    number          INTEGER     NOT NULL,
    text            TEXT        NOT NULL,
    PRIMARY KEY (case_id, number),
    CONSTRAINT grievances_number_positive CHECK (number > 0)
);

CREATE TABLE answers (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    state           TEXT        NOT NULL DEFAULT 'draft',
    outcome         TEXT,
    introduction    TEXT        NOT NULL DEFAULT '',
    author_id       BIGINT      NOT NULL REFERENCES staff_accounts (id),
    reader_id       BIGINT      REFERENCES staff_accounts (id),
    signatory_id    BIGINT      REFERENCES staff_accounts (id),
    dated_on        DATE,
    letter          TEXT,
    outbox_id       BIGINT      REFERENCES outbox (id),
    written_at      TIMESTAMPTZ NOT NULL,
    sent_at         TIMESTAMPTZ,
    handed_over_at  TIMESTAMPTZ,
    handed_over_on  DATE,
    CONSTRAINT answers_state_known CHECK (state IN ('draft', 'leaving', 'handed_over')),
    CONSTRAINT answers_outcome_known
        CHECK (outcome IN ('upheld', 'partly_upheld', 'rejected', 'no_action')),
    CONSTRAINT answers_leaving_is_complete CHECK (state = 'draft'
        OR (outcome IS NOT NULL AND signatory_id IS NOT NULL AND dated_on IS NOT NULL
            AND letter IS NOT NULL AND sent_at IS NOT NULL)),
    CONSTRAINT answers_reader_is_not_author CHECK (reader_id <> author_id),
    CONSTRAINT answers_handed_over_has_date
        CHECK ((state = 'handed_over') = (handed_over_on IS NOT NULL))
);
COMMENT ON COLUMN answers.reader_id IS 'Second reader of a refusal: never the author.';
COMMENT ON COLUMN answers.letter IS 'The text as it left, mediator block included.';
CREATE UNIQUE INDEX answers_one_in_hand ON answers (case_id) WHERE state <> 'handed_over';
CREATE INDEX answers_by_case ON answers (case_id, id);

CREATE TABLE answer_positions (
    answer_id       BIGINT      NOT NULL REFERENCES answers (id),
    grievance       INTEGER     NOT NULL,
    position        TEXT,
    grounds         TEXT        NOT NULL DEFAULT '',
    PRIMARY KEY (answer_id, grievance),
    CONSTRAINT answer_positions_position_known
        CHECK (position IN ('accepted', 'partly_accepted', 'refused'))
);
