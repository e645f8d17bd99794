DROP INDEX cases_to_answer_by_due;
CREATE INDEX cases_to_answer_by_due ON cases (next_due_on, id)
    WHERE status IN ('received', 'acknowledged') AND (status = 'acknowledged' OR target_on IS NOT NULL)
      AND answered_on IS NULL AND waiting_since IS NULL AND NOT awaits_reader;
DROP INDEX commitments_open_by_case;
DROP VIEW followed_dates;
