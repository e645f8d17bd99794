-- E-mails that reach us: kept as they came first, understood after.
CREATE TABLE mailbox_folders (
    mailbox         TEXT        NOT NULL,
    folder          TEXT        NOT NULL,
    uid_validity    BIGINT      NOT NULL DEFAULT 0,
    last_uid        BIGINT      NOT NULL DEFAULT 0,
    reached_at      TIMESTAMPTZ,
    failed_at       TIMESTAMPTZ,
    failure         TEXT,
    PRIMARY KEY (mailbox, folder),
    CONSTRAINT mailbox_folders_failed_has_cause CHECK ((failed_at IS NULL) = (failure IS NULL))
);
COMMENT ON COLUMN mailbox_folders.uid_validity IS 'Of the numbers that the server gave last; another one makes them mean other e-mails.';
COMMENT ON COLUMN mailbox_folders.last_uid IS 'The e-mails up to this number are kept, or were read by someone before we came.';
COMMENT ON COLUMN mailbox_folders.reached_at IS 'When the server last answered.';
COMMENT ON COLUMN mailbox_folders.failed_at IS 'Since when it does not answer; null while it does.';

CREATE TABLE incoming_mails (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mailbox         TEXT        NOT NULL,
    folder          TEXT        NOT NULL,
    uid_validity    BIGINT      NOT NULL,
    uid             BIGINT      NOT NULL,
    known_by        BYTEA       NOT NULL,
    upload          BIGINT      NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    size            BIGINT      NOT NULL,
    is_whole        BOOLEAN     NOT NULL,
    nature          TEXT,
    received_at     TIMESTAMPTZ NOT NULL,
    stored_at       TIMESTAMPTZ NOT NULL,
    n_attempts      INTEGER     NOT NULL DEFAULT 0,
    state           TEXT        NOT NULL DEFAULT 'new',
    sort            TEXT,
    reason          TEXT,
    sender          TEXT,
    sender_name     TEXT,
    subject         TEXT        NOT NULL DEFAULT '',
    body            TEXT        NOT NULL DEFAULT '',
    written_at      TIMESTAMPTZ,
    points_to       BIGINT      REFERENCES cases (id),
    case_id         BIGINT      REFERENCES cases (id),
    message_id      BIGINT      REFERENCES messages (id) ON DELETE SET NULL,
    decided_by      BIGINT      REFERENCES staff_accounts (id),
    decided_at      TIMESTAMPTZ,
    motive          TEXT,
    CONSTRAINT incoming_mails_come_once UNIQUE (mailbox, known_by),
    CONSTRAINT incoming_mails_upload_key UNIQUE (upload),
    CONSTRAINT incoming_mails_known_by_is_256_bits CHECK (octet_length(known_by) = 32),
    CONSTRAINT incoming_mails_nature_known CHECK (nature IN ('complaint', 'information_request')),
    CONSTRAINT incoming_mails_state_known
        CHECK (state IN ('new', 'filed', 'held', 'set_aside', 'not_understood')),
    CONSTRAINT incoming_mails_sort_known
        CHECK (sort IN ('person', 'auto_reply', 'list', 'bounce', 'not_understood')),
    CONSTRAINT incoming_mails_reason_known CHECK (reason IN ('other_sender', 'unknown_token',
        'sender_has_cases', 'reference_named', 'no_sender', 'no_text', 'too_large', 'too_many_parts')),
    CONSTRAINT incoming_mails_filed_has_case CHECK (state <> 'filed' OR case_id IS NOT NULL),
    CONSTRAINT incoming_mails_understood_has_sort CHECK ((state = 'new') = (sort IS NULL)),
    CONSTRAINT incoming_mails_decided_has_date CHECK ((decided_by IS NULL) = (decided_at IS NULL))
);
COMMENT ON COLUMN incoming_mails.known_by IS 'Digest of its Message-ID, of whoever signs it and of its text: the same e-mail comes once.';
COMMENT ON COLUMN incoming_mails.upload IS 'The e-mail as it came, byte for byte; its beginning if it is too large.';
COMMENT ON COLUMN incoming_mails.size IS 'Bytes of the whole.';
COMMENT ON COLUMN incoming_mails.nature IS 'What the folder says it is; null when it says nothing.';
COMMENT ON COLUMN incoming_mails.received_at IS 'When the server of the mailbox took it.';
COMMENT ON COLUMN incoming_mails.written_at IS 'Its own date, within what the servers on its way saw.';
COMMENT ON COLUMN incoming_mails.reason IS 'Why it is held, or not understood.';
COMMENT ON COLUMN incoming_mails.points_to IS 'The case it names: who is barred from that case does not read it either.';
COMMENT ON COLUMN incoming_mails.message_id IS 'What it is in the thread of its case; null for what the person is never shown.';
COMMENT ON COLUMN incoming_mails.motive IS 'Why staff set it aside.';
CREATE INDEX incoming_mails_by_case ON incoming_mails (case_id, id);
CREATE INDEX incoming_mails_by_state ON incoming_mails (state, id);
CREATE INDEX incoming_mails_by_uid ON incoming_mails (mailbox, folder, uid_validity, uid);
CREATE INDEX incoming_mails_by_message ON incoming_mails (message_id) WHERE message_id IS NOT NULL;

CREATE TABLE incoming_pieces (
    mail_id         BIGINT      NOT NULL REFERENCES incoming_mails (id) ON DELETE CASCADE,
    n               INTEGER     NOT NULL,
    name            TEXT        NOT NULL,
    declared        TEXT        NOT NULL,
    size            BIGINT      NOT NULL,
    upload          BIGINT      REFERENCES uploads (id) ON DELETE SET NULL,
    refusal         TEXT,
    PRIMARY KEY (mail_id, n),
    CONSTRAINT incoming_pieces_refusal_known CHECK (refusal IN ('unknown_format',
        'not_what_it_says', 'empty', 'too_large', 'macros', 'bomb', 'damaged')),
    CONSTRAINT incoming_pieces_taken_or_refused CHECK (upload IS NULL OR refusal IS NULL)
);
COMMENT ON TABLE incoming_pieces IS 'What is joined to an e-mail: taken as a file, or refused and to be found in the original only.';
COMMENT ON COLUMN incoming_pieces.declared IS 'The type that its sender declares.';
CREATE INDEX incoming_pieces_by_upload ON incoming_pieces (upload) WHERE upload IS NOT NULL;

ALTER TABLE outbox
    ADD COLUMN bounced_at TIMESTAMPTZ,
    ADD CONSTRAINT outbox_bounced_was_handed_over
        CHECK (bounced_at IS NULL OR state = 'handed_over');
COMMENT ON COLUMN outbox.bounced_at IS 'When it came back: it was handed over, and not delivered.';
