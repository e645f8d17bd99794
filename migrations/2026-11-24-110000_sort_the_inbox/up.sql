-- What the lists of the back office sort cases by, kept on the row: a list is one range of one index.
ALTER TABLE cases
    ADD COLUMN is_sensitive BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN awaits_reader BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN waiting_since DATE,
    ADD COLUMN failed_sending BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN touched_on DATE;
COMMENT ON COLUMN cases.is_sensitive IS 'Sensitive data: few may read it.';
COMMENT ON COLUMN cases.awaits_reader IS 'An answer that refuses is complete but for its second reading.';
COMMENT ON COLUMN cases.waiting_since IS 'We asked the person for something on this Paris date and they have not written since; else null. No legal clock waits.';
COMMENT ON COLUMN cases.failed_sending IS 'An e-mail could not be delivered, and the letter that replaces it has not been posted.';
COMMENT ON COLUMN cases.touched_on IS 'Paris date of the last act by staff; of its entry until then.';

UPDATE cases SET touched_on = (last_event_at AT TIME ZONE 'Europe/Paris')::date;
UPDATE cases SET failed_sending = TRUE
    WHERE EXISTS (SELECT FROM postal_tasks WHERE case_id = cases.id AND done_on IS NULL AND dropped_at IS NULL)
      AND EXISTS (SELECT FROM outbox WHERE about = cases.id AND state = 'failed');
UPDATE cases SET awaits_reader = TRUE
    WHERE nature = 'complaint'
      AND EXISTS (SELECT FROM answers WHERE case_id = cases.id AND state = 'draft'
                      AND reader_id IS NULL AND outcome IN ('rejected', 'partly_upheld'));

-- Complaints with a legal clock have no target: a target stands for a request, an oral complaint, a
-- contested answer.
CREATE INDEX cases_legal_by_due ON cases (next_due_on, id)
    WHERE status IN ('received', 'acknowledged') AND nature = 'complaint' AND target_on IS NULL;
CREATE INDEX cases_to_qualify_by_due ON cases (next_due_on, id)
    WHERE status IN ('received', 'acknowledged') AND nature_qualified IS NULL;
CREATE INDEX cases_to_acknowledge_by_due ON cases (next_due_on, id)
    WHERE status = 'received' AND nature = 'complaint' AND target_on IS NULL;
CREATE INDEX cases_to_answer_by_due ON cases (next_due_on, id)
    WHERE status IN ('received', 'acknowledged') AND (status = 'acknowledged' OR target_on IS NOT NULL)
      AND answered_on IS NULL AND waiting_since IS NULL AND NOT awaits_reader;
CREATE INDEX cases_waiting_by_due ON cases (next_due_on, id)
    WHERE status IN ('received', 'acknowledged') AND waiting_since IS NOT NULL;
CREATE INDEX cases_to_read_by_due ON cases (next_due_on, id)
    WHERE status IN ('received', 'acknowledged') AND awaits_reader;
CREATE INDEX cases_failed_by_due ON cases (next_due_on, id) WHERE failed_sending;
CREATE INDEX cases_unassigned_by_due ON cases (next_due_on, id)
    WHERE status IN ('received', 'acknowledged') AND handler_id IS NULL;
CREATE INDEX cases_open_by_touch ON cases (touched_on, id)
    WHERE status IN ('received', 'acknowledged');
