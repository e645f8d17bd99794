-- E-mails wait here, written in the same transaction as the act they tell of, until handed over.
CREATE TABLE outbox (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    purpose         TEXT        NOT NULL,
    about           BIGINT,
    recipient       TEXT        NOT NULL,
    subject         TEXT        NOT NULL,
    body            TEXT        NOT NULL,
    origin          TEXT        NOT NULL,
    desk            TEXT        NOT NULL,
    message_id      TEXT        NOT NULL,
    state           TEXT        NOT NULL DEFAULT 'queued',
    queued_at       TIMESTAMPTZ NOT NULL,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    n_attempts      INTEGER     NOT NULL DEFAULT 0,
    written_at      TIMESTAMPTZ,
    handed_over_at  TIMESTAMPTZ,
    failed_at       TIMESTAMPTZ,
    last_error      TEXT,
    CONSTRAINT outbox_message_id_key UNIQUE (message_id),
    CONSTRAINT outbox_origin_known CHECK (origin IN ('no', 'auto-generated', 'auto-replied')),
    CONSTRAINT outbox_desk_known CHECK (desk IN ('complaints', 'customer')),
    CONSTRAINT outbox_state_known CHECK (state IN ('queued', 'handed_over', 'failed')),
    CONSTRAINT outbox_handed_over_has_date CHECK ((state = 'handed_over') = (handed_over_at IS NOT NULL)),
    CONSTRAINT outbox_failed_has_date CHECK ((state = 'failed') = (failed_at IS NOT NULL))
);
COMMENT ON COLUMN outbox.purpose IS 'A code of the caller''s, handed back to it when the e-mail leaves or fails.';
COMMENT ON COLUMN outbox.about IS 'An id of the caller''s: the case it is about, if any.';
COMMENT ON COLUMN outbox.origin IS 'The Auto-Submitted header (RFC 3834): written by a person, by the program, or in reply.';
COMMENT ON COLUMN outbox.desk IS 'The service in whose name it leaves.';
COMMENT ON COLUMN outbox.message_id IS 'The Message-ID header, the same at every attempt.';
COMMENT ON COLUMN outbox.n_attempts IS 'Also tells a worker that its hold on the row is over: another attempt has begun.';
COMMENT ON COLUMN outbox.next_attempt_at IS 'Not tried before; pushed forward while a worker holds the row, so that a dead worker''s rows come back.';
COMMENT ON COLUMN outbox.written_at IS 'When it was written as an .eml file for want of a relay: not a hand-over.';
COMMENT ON COLUMN outbox.last_error IS 'Code of the last refusal; never an address or a text.';
CREATE INDEX outbox_queued_by_time ON outbox (next_attempt_at, id) WHERE state = 'queued';
CREATE INDEX outbox_unwritten_by_time ON outbox (next_attempt_at, id)
    WHERE state = 'queued' AND written_at IS NULL;
CREATE INDEX outbox_by_subject ON outbox (about, id);
CREATE INDEX outbox_by_recipient ON outbox (lower(recipient));
