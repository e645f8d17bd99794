DROP INDEX cases_disagreed_by_due;
DROP INDEX cases_person_wrote_by_due;
COMMENT ON COLUMN cases.target_on IS 'Internal target, no legal date: requests, oral complaints, closing of an answered case.';
-- Contested before it was acknowledged: answered, as far as the older rule knows.
UPDATE cases SET status = 'answered' WHERE status = 'acknowledged' AND acknowledged_on IS NULL;
ALTER TABLE cases
    DROP COLUMN person_wrote_at,
    DROP CONSTRAINT cases_acknowledged_has_date,
    ADD CONSTRAINT cases_acknowledged_has_date
        CHECK (status <> 'acknowledged' OR acknowledged_on IS NOT NULL);

-- The older rule has no word for a letter that lost its use.
DELETE FROM postal_tasks WHERE dropped_at IS NOT NULL AND done_on IS NULL;
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

-- What the person said stays in the thread, as a message.
UPDATE messages SET kind = 'from_person' WHERE kind IN ('disagreement', 'withdrawal');
ALTER TABLE messages
    DROP CONSTRAINT messages_kind_known,
    ADD CONSTRAINT messages_kind_known CHECK (kind IN ('from_person', 'to_person')),
    DROP CONSTRAINT messages_submission_key_key,
    DROP COLUMN submission_key;
