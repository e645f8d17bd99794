ALTER TABLE postal_tasks
    DROP COLUMN tracking,
    DROP COLUMN print_run;
DROP TABLE print_runs;
