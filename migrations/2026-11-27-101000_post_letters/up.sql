-- Letters are printed together, then posted; some with a number by which the post office follows them.
CREATE TABLE print_runs (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    made_at         TIMESTAMPTZ NOT NULL,
    made_by         BIGINT      NOT NULL REFERENCES staff_accounts (id)
);
COMMENT ON TABLE print_runs IS 'Letters made ready to print at one time, as one file.';

ALTER TABLE postal_tasks
    ADD COLUMN print_run BIGINT REFERENCES print_runs (id),
    ADD COLUMN tracking TEXT,
    ADD CONSTRAINT postal_tasks_tracking_is_plain CHECK (tracking ~ '^[0-9A-Z]{8,20}$'),
    ADD CONSTRAINT postal_tasks_tracked_was_posted CHECK (tracking IS NULL OR done_on IS NOT NULL);
COMMENT ON COLUMN postal_tasks.print_run IS 'The last printing it was part of.';
COMMENT ON COLUMN postal_tasks.tracking IS 'By which the post office follows it: capitals and digits.';
CREATE INDEX postal_tasks_by_run ON postal_tasks (print_run, id) WHERE print_run IS NOT NULL;
