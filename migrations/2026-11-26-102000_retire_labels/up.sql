-- Labels are renamed and retired, never deleted.
ALTER TABLE labels ADD COLUMN is_retired BOOLEAN NOT NULL DEFAULT FALSE;
COMMENT ON COLUMN labels.is_retired IS 'No longer offered; the cases that bear it keep it.';

CREATE TABLE label_changes (
    id          BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    label_id    BIGINT      NOT NULL REFERENCES labels (id),
    change      TEXT        NOT NULL,
    value       TEXT,
    was         TEXT        NOT NULL,
    changed_by  BIGINT      NOT NULL REFERENCES staff_accounts (id),
    changed_at  TIMESTAMPTZ NOT NULL,
    CONSTRAINT label_changes_change_known
        CHECK (change IN ('added', 'renamed', 'retired', 'restored', 'moved'))
);
COMMENT ON TABLE label_changes IS 'Who renamed, retired or restored a label, with its name before and after.';
