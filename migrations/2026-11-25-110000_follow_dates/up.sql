-- Every date that staff follow beside the legal ones, wherever it is kept.
CREATE VIEW followed_dates AS
    SELECT case_id, due_on, kind FROM follow_ups WHERE done_at IS NULL
    UNION ALL
    SELECT case_id, due_on, 'commitment' FROM commitments WHERE made_on IS NOT NULL AND kept_on IS NULL
    UNION ALL
    SELECT case_id, due_on, 'letter' FROM postal_tasks WHERE done_on IS NULL AND dropped_at IS NULL;
COMMENT ON VIEW followed_dates IS 'Dates that staff follow beside the legal ones, until each is done.';
CREATE INDEX commitments_open_by_case ON commitments (case_id)
    WHERE made_on IS NOT NULL AND kept_on IS NULL;

-- A case that staff opened again waits for an answer too, although it was answered once.
DROP INDEX cases_to_answer_by_due;
CREATE INDEX cases_to_answer_by_due ON cases (next_due_on, id)
    WHERE status IN ('received', 'acknowledged') AND (status = 'acknowledged' OR target_on IS NOT NULL)
      AND waiting_since IS NULL AND NOT awaits_reader;
