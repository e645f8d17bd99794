-- What passes between the person and us, what staff keep to themselves, and what must go by post.
CREATE TABLE messages (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    kind            TEXT        NOT NULL,
    author_id       BIGINT      REFERENCES staff_accounts (id),
    body            TEXT        NOT NULL,
    outbox_id       BIGINT      REFERENCES outbox (id),
    written_at      TIMESTAMPTZ NOT NULL,
    posted_on       DATE,
    CONSTRAINT messages_kind_known CHECK (kind IN ('from_person', 'to_person'))
);
COMMENT ON TABLE messages IS 'The public thread: the person may read every line of it.';
COMMENT ON COLUMN messages.author_id IS 'The member of staff who wrote it; null for the person.';
CREATE INDEX messages_by_case ON messages (case_id, id);

CREATE TABLE notes (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    author_id       BIGINT      NOT NULL REFERENCES staff_accounts (id),
    body            TEXT        NOT NULL,
    written_at      TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE notes IS 'Internal notes: a table apart, so that they can never appear on a public page.';
CREATE INDEX notes_by_case ON notes (case_id, id);

CREATE TABLE postal_tasks (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    kind            TEXT        NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL,
    due_on          DATE        NOT NULL,
    done_on         DATE,
    done_by         BIGINT      REFERENCES staff_accounts (id),
    CONSTRAINT postal_tasks_kind_known
        CHECK (kind IN ('acknowledgement', 'copy', 'message', 'answer')),
    CONSTRAINT postal_tasks_done_by_someone CHECK ((done_on IS NULL) = (done_by IS NULL))
);
COMMENT ON TABLE postal_tasks IS 'What must leave by post, for want of an e-mail address that works.';
CREATE UNIQUE INDEX postal_tasks_one_open ON postal_tasks (case_id, kind) WHERE done_on IS NULL;
CREATE INDEX postal_tasks_open_by_due ON postal_tasks (due_on, id) WHERE done_on IS NULL;
