DROP INDEX cases_disagreed_by_due;
DROP INDEX cases_person_wrote_by_due;
COMMENT ON COLUMN cases.target_on IS 'Internal target, no legal date: requests, oral complaints, closing of an answered case.';
ALTER TABLE cases
    DROP COLUMN person_wrote_at,
    DROP CONSTRAINT cases_acknowledged_has_date,
    ADD CONSTRAINT cases_acknowledged_has_date
        CHECK (status <> 'acknowledged' OR acknowledged_on IS NOT NULL);

DROP INDEX postal_tasks_open_by_due;
CREATE INDEX postal_tasks_open_by_due ON postal_tasks (due_on, id) WHERE done_on IS NULL;
DROP INDEX postal_tasks_one_open;
CREATE UNIQUE INDEX postal_tasks_one_open ON postal_tasks (case_id, kind) WHERE done_on IS NULL;
ALTER TABLE postal_tasks DROP COLUMN dropped_at;

DROP TABLE former_contacts;
ALTER TABLE filings
    DROP COLUMN contact_changed_at,
    DROP COLUMN contact_version;
DROP TABLE evaluations;
DROP TABLE disagreements;

ALTER TABLE messages
    DROP CONSTRAINT messages_kind_known,
    ADD CONSTRAINT messages_kind_known CHECK (kind IN ('from_person', 'to_person')),
    DROP CONSTRAINT messages_submission_key_key,
    DROP COLUMN submission_key;
