-- What an answer grants and promises, and the moment in which its sending can still be cancelled.
ALTER TABLE answers
    ADD COLUMN amount_cents BIGINT,
    ADD COLUMN held_until TIMESTAMPTZ,
    ADD COLUMN person_wrote_at TIMESTAMPTZ,
    ADD CONSTRAINT answers_amount_bounded CHECK (amount_cents BETWEEN 1 AND 1000000000),
    ADD CONSTRAINT answers_draft_is_not_held CHECK (state <> 'draft' OR held_until IS NULL);
COMMENT ON COLUMN answers.amount_cents IS 'Sum granted, in euro cents; null when none is.';
COMMENT ON COLUMN answers.held_until IS 'Until then the sending can be cancelled; null for a draft, and where no time is left for it.';
COMMENT ON COLUMN answers.person_wrote_at IS 'That of the case before the sending: cancelling puts it back.';

CREATE TABLE commitments (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    answer_id       BIGINT      NOT NULL REFERENCES answers (id),
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    number          INTEGER     NOT NULL,
    text            TEXT        NOT NULL DEFAULT '',
    due_on          DATE,
    made_on         DATE,
    kept_on         DATE,
    kept_by         BIGINT      REFERENCES staff_accounts (id),
    CONSTRAINT commitments_number_key UNIQUE (answer_id, number),
    CONSTRAINT commitments_number_positive CHECK (number > 0),
    CONSTRAINT commitments_text_length CHECK (char_length(text) <= 500),
    CONSTRAINT commitments_made_is_complete
        CHECK (made_on IS NULL OR (text <> '' AND due_on IS NOT NULL)),
    CONSTRAINT commitments_kept_was_made CHECK (kept_on IS NULL OR made_on <= kept_on),
    CONSTRAINT commitments_kept_by_someone CHECK ((kept_on IS NULL) = (kept_by IS NULL))
);
COMMENT ON TABLE commitments IS 'What an answer promises to the person, and by when; followed until it is kept.';
COMMENT ON COLUMN commitments.number IS 'Its place in the answer, from 1.';
COMMENT ON COLUMN commitments.made_on IS 'Paris date of the hand-over of the answer; null while it has not left.';
COMMENT ON COLUMN commitments.kept_on IS 'Paris date on which it was kept.';
CREATE INDEX commitments_by_case ON commitments (case_id, id);
CREATE INDEX commitments_open_by_due ON commitments (due_on, id)
    WHERE made_on IS NOT NULL AND kept_on IS NULL;
