-- Every letter and follow-up of a case, open or not: its page and its erasure read them all.
CREATE INDEX postal_tasks_by_case ON postal_tasks (case_id, id);
CREATE INDEX follow_ups_by_case ON follow_ups (case_id, id);
