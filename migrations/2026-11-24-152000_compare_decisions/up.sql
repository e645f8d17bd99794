-- What comparable cases decided, as shown while deciding, and why an answer decides otherwise.
ALTER TABLE answers
    ADD COLUMN common_outcome TEXT,
    ADD CONSTRAINT answers_common_outcome_known
        CHECK (common_outcome IN ('upheld', 'partly_upheld', 'rejected', 'no_action'));
COMMENT ON COLUMN answers.common_outcome IS 'What most comparable closed cases decided when it was last written; null when they are too few, or disagree.';

CREATE TABLE divergences (
    answer_id       BIGINT      PRIMARY KEY REFERENCES answers (id),
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    sentence        TEXT        NOT NULL,
    CONSTRAINT divergences_sentence_length CHECK (char_length(sentence) BETWEEN 1 AND 500)
);
COMMENT ON TABLE divergences IS 'Why an answer decides otherwise than most comparable cases did; staff only. Erased with the content of the case.';
CREATE INDEX divergences_by_case ON divergences (case_id);

CREATE INDEX cases_comparable ON cases (product, subject, closed_on DESC, id DESC)
    WHERE status = 'closed' AND nature = 'complaint';
