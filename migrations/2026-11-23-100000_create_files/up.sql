-- Files that people and staff send: their bytes in pieces, kept as they came, and to whom they belong.
CREATE TABLE uploads (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name            TEXT        NOT NULL,
    format          TEXT        NOT NULL,
    begun_at        TIMESTAMPTZ NOT NULL,
    received_at     TIMESTAMPTZ,
    size            BIGINT,
    sha256          BYTEA,
    scan            TEXT        NOT NULL DEFAULT 'waiting',
    scanned_at      TIMESTAMPTZ,
    next_scan_at    TIMESTAMPTZ NOT NULL,
    n_scans         INTEGER     NOT NULL DEFAULT 0,
    CONSTRAINT uploads_format_known
        CHECK (format IN ('pdf', 'jpeg', 'png', 'heic', 'docx', 'odt', 'txt', 'eml')),
    CONSTRAINT uploads_scan_known CHECK (scan IN ('waiting', 'clean', 'infected')),
    CONSTRAINT uploads_scanned_has_date CHECK ((scan = 'waiting') = (scanned_at IS NULL)),
    CONSTRAINT uploads_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    CONSTRAINT uploads_sha256_is_256_bits CHECK (octet_length(sha256) = 32),
    CONSTRAINT uploads_received_is_whole CHECK (num_nulls(received_at, size, sha256) IN (0, 3)),
    CONSTRAINT uploads_size_positive CHECK (size > 0)
);
COMMENT ON TABLE uploads IS 'Originals, byte for byte. A row without its date of receipt is still arriving, or was broken off.';
COMMENT ON COLUMN uploads.name IS 'The sender''s name of the file, without path, control characters or excess length.';
COMMENT ON COLUMN uploads.format IS 'Seen in the bytes, and the same as the name says.';
COMMENT ON COLUMN uploads.sha256 IS 'Of the original; set with the size once all has arrived.';
COMMENT ON COLUMN uploads.scan IS 'What the virus scanner said; waiting for ever where none is set.';
COMMENT ON COLUMN uploads.next_scan_at IS 'Not scanned before; pushed forward while a worker scans it, so that a dead worker''s files come back.';
CREATE INDEX uploads_to_scan ON uploads (next_scan_at, id)
    WHERE scan = 'waiting' AND received_at IS NOT NULL;
CREATE INDEX uploads_arriving ON uploads (begun_at) WHERE received_at IS NULL;

CREATE TABLE file_chunks (
    upload          BIGINT      NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    n               INTEGER     NOT NULL,
    bytes           BYTEA       NOT NULL,
    PRIMARY KEY (upload, n),
    CONSTRAINT file_chunks_are_small CHECK (octet_length(bytes) BETWEEN 1 AND 262144)
);
COMMENT ON TABLE file_chunks IS 'The bytes of a file, 256 KiB a row, the last one shorter; from 0, without a gap.';
-- The formats are compressed already: PostgreSQL need not try.
ALTER TABLE file_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE case_files (
    upload          BIGINT      PRIMARY KEY REFERENCES uploads (id) ON DELETE CASCADE,
    draft_id        UUID        REFERENCES drafts (id),
    case_id         BIGINT      REFERENCES cases (id),
    author_id       BIGINT      REFERENCES staff_accounts (id),
    stage           TEXT        NOT NULL,
    message_id      BIGINT      REFERENCES messages (id),
    added_at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT case_files_stage_known CHECK (stage IN ('draft', 'filed', 'pending', 'sent')),
    CONSTRAINT case_files_has_one_owner CHECK (num_nonnulls(draft_id, case_id) = 1),
    CONSTRAINT case_files_draft_is_draft CHECK ((stage = 'draft') = (draft_id IS NOT NULL)),
    CONSTRAINT case_files_sent_has_message CHECK ((stage = 'sent') = (message_id IS NOT NULL)),
    CONSTRAINT case_files_filed_by_person CHECK (author_id IS NULL OR stage IN ('pending', 'sent'))
);
COMMENT ON TABLE case_files IS 'To whom a file belongs: a draft, then the case it becomes; or a message on a case.';
COMMENT ON COLUMN case_files.author_id IS 'The member of staff who added it; null for the person.';
COMMENT ON COLUMN case_files.stage IS 'With a draft; filed with the case; waiting for the message it goes with; sent with a message.';
CREATE INDEX case_files_by_draft ON case_files (draft_id, upload) WHERE draft_id IS NOT NULL;
CREATE INDEX case_files_by_case ON case_files (case_id, upload) WHERE case_id IS NOT NULL;
CREATE INDEX case_files_pending ON case_files (added_at) WHERE stage = 'pending';
