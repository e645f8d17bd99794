-- What the person does on their page once the case is filed: write, disagree, withdraw, correct how
-- to reach them, say what they think of our answer.
ALTER TABLE messages
    ADD COLUMN submission_key UUID,
    ADD CONSTRAINT messages_submission_key_key UNIQUE (case_id, submission_key),
    DROP CONSTRAINT messages_kind_known,
    ADD CONSTRAINT messages_kind_known
        CHECK (kind IN ('from_person', 'to_person', 'disagreement', 'withdrawal'));
COMMENT ON COLUMN messages.submission_key IS 'Made of the form''s id and of what it said: sending twice writes once.';

CREATE TABLE disagreements (
    message_id      BIGINT      PRIMARY KEY REFERENCES messages (id),
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    answer_id       BIGINT      REFERENCES answers (id),
    disagreed_on    DATE        NOT NULL,
    target_on       DATE        NOT NULL
);
COMMENT ON TABLE disagreements IS 'The person contests an answer: the case is open again, with a target of our own and no new legal clock.';
COMMENT ON COLUMN disagreements.message_id IS 'Its reason, in the public thread.';
COMMENT ON COLUMN disagreements.answer_id IS 'The answer contested; null when it is older than this table knows.';
CREATE INDEX disagreements_by_case ON disagreements (case_id, message_id);

CREATE TABLE evaluations (
    case_id         BIGINT      PRIMARY KEY REFERENCES cases (id),
    version         INTEGER     NOT NULL DEFAULT 1,
    level           TEXT        NOT NULL,
    comment         TEXT,
    given_at        TIMESTAMPTZ NOT NULL,
    changed_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT evaluations_level_known CHECK (level IN ('satisfied', 'partly', 'unsatisfied')),
    CONSTRAINT evaluations_comment_length CHECK (char_length(comment) BETWEEN 1 AND 1000)
);
COMMENT ON TABLE evaluations IS 'What the person thinks of our answer; theirs to change for a time.';

ALTER TABLE filings
    ADD COLUMN contact_version INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN contact_changed_at TIMESTAMPTZ;
COMMENT ON COLUMN filings.contact_version IS 'Counts the changes of how to reach the person; a change of an older version is refused.';
COMMENT ON COLUMN filings.contact_changed_at IS 'When the person last changed how to reach them; null while it is as filed.';

CREATE TABLE former_contacts (
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    version         INTEGER     NOT NULL,
    email           TEXT,
    email_confirmed_at TIMESTAMPTZ,
    postal_address  TEXT,
    preferred_reply TEXT        NOT NULL,
    phone           TEXT,
    accessibility   TEXT,
    replaced_at     TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (case_id, version),
    CONSTRAINT former_contacts_preferred_reply_known CHECK (preferred_reply IN ('email', 'post'))
);
COMMENT ON TABLE former_contacts IS 'How the person could be reached before each change; erased as one with the content of the case.';

ALTER TABLE postal_tasks ADD COLUMN dropped_at TIMESTAMPTZ;
COMMENT ON COLUMN postal_tasks.dropped_at IS 'When it was no longer needed: the answer stood for it, or the person withdrew.';
DROP INDEX postal_tasks_one_open;
CREATE UNIQUE INDEX postal_tasks_one_open ON postal_tasks (case_id, kind)
    WHERE done_on IS NULL AND dropped_at IS NULL;
DROP INDEX postal_tasks_open_by_due;
CREATE INDEX postal_tasks_open_by_due ON postal_tasks (due_on, id)
    WHERE done_on IS NULL AND dropped_at IS NULL;

ALTER TABLE cases
    ADD COLUMN person_wrote_at TIMESTAMPTZ,
    DROP CONSTRAINT cases_acknowledged_has_date,
    ADD CONSTRAINT cases_acknowledged_has_date
        CHECK (status <> 'acknowledged' OR acknowledged_on IS NOT NULL OR answered_on IS NOT NULL);
COMMENT ON COLUMN cases.person_wrote_at IS 'When the person last wrote, until we have answered or read it; else null.';
COMMENT ON COLUMN cases.target_on IS 'Internal target, no legal date: requests, oral complaints, disagreements.';
CREATE INDEX cases_person_wrote_by_due ON cases (next_due_on, id) WHERE person_wrote_at IS NOT NULL;
CREATE INDEX cases_disagreed_by_due ON cases (next_due_on, id)
    WHERE status = 'acknowledged' AND answered_on IS NOT NULL;
