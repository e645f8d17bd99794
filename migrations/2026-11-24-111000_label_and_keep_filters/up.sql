-- What people of the back office put on their lists: labels on cases, filters they come back to.
CREATE TABLE labels (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       TEXT        NOT NULL,
    created_by BIGINT      NOT NULL REFERENCES staff_accounts (id),
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT labels_name_length CHECK (char_length(name) BETWEEN 1 AND 40)
);
COMMENT ON TABLE labels IS 'Words of the office to gather cases by; about cases, never about a person.';
CREATE UNIQUE INDEX labels_name_once ON labels (lower(name));

CREATE TABLE case_labels (
    case_id  BIGINT      NOT NULL REFERENCES cases (id),
    label_id BIGINT      NOT NULL REFERENCES labels (id),
    added_by BIGINT      NOT NULL REFERENCES staff_accounts (id),
    added_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (case_id, label_id)
);
CREATE INDEX case_labels_by_label ON case_labels (label_id, case_id);

CREATE TABLE saved_filters (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id BIGINT      NOT NULL REFERENCES staff_accounts (id),
    name       TEXT        NOT NULL,
    query      TEXT        NOT NULL,
    saved_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT saved_filters_name_length CHECK (char_length(name) BETWEEN 1 AND 60),
    CONSTRAINT saved_filters_query_length CHECK (char_length(query) BETWEEN 1 AND 4000)
);
COMMENT ON TABLE saved_filters IS 'Lists of the inbox that someone comes back to; theirs alone.';
COMMENT ON COLUMN saved_filters.query IS 'The query of the address.';
CREATE UNIQUE INDEX saved_filters_name_once ON saved_filters (account_id, lower(name));

ALTER TABLE staff_accounts ADD COLUMN has_shortcuts BOOLEAN NOT NULL DEFAULT TRUE;
COMMENT ON COLUMN staff_accounts.has_shortcuts IS 'Single keys act in lists; each can switch them off (WCAG 2.1.4).';
