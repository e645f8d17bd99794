DROP INDEX follow_ups_by_case;
DROP INDEX postal_tasks_by_case;
