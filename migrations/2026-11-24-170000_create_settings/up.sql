-- What administrators set in the back office: every change is kept, the last one of a key rules.
CREATE TABLE setting_changes (
    key         TEXT        NOT NULL,
    version     INTEGER     NOT NULL,
    value       TEXT,
    was         TEXT,
    changed_by  BIGINT      NOT NULL REFERENCES staff_accounts (id),
    changed_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (key, version),
    CONSTRAINT setting_changes_key_known CHECK (key IN
        ('legal_form', 'capital', 'registered_office', 'rcs', 'vat', 'orias', 'association',
         'liability_insurer', 'director', 'host', 'phone', 'dpo', 'complaints_alias',
         'request_target', 'disagreement_target', 'second_reader', 'customer_service')),
    CONSTRAINT setting_changes_version_counts CHECK (version >= 1),
    CONSTRAINT setting_changes_value_length CHECK (char_length(value) BETWEEN 1 AND 500)
);
COMMENT ON TABLE setting_changes IS 'Settings of the back office, append-only: the highest version of a key rules; without one, the flag the program was started with.';
COMMENT ON COLUMN setting_changes.value IS 'In force from this change on; none: not given any more.';
COMMENT ON COLUMN setting_changes.was IS 'In force before this change, the flag included.';

CREATE TABLE catalogue_changes (
    id          BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    list        TEXT        NOT NULL,
    code        TEXT        NOT NULL,
    change      TEXT        NOT NULL,
    value       TEXT,
    was         TEXT,
    changed_by  BIGINT      NOT NULL REFERENCES staff_accounts (id),
    changed_at  TIMESTAMPTZ NOT NULL,
    CONSTRAINT catalogue_changes_list_known CHECK (list IN ('products', 'subjects')),
    CONSTRAINT catalogue_changes_change_known
        CHECK (change IN ('added', 'renamed', 'retired', 'restored', 'moved'))
);
COMMENT ON TABLE catalogue_changes IS 'Who changed the lists of products and subjects, with the words before and after.';
CREATE INDEX catalogue_changes_by_list ON catalogue_changes (list, id DESC);
