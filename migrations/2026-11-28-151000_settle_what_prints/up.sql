-- Which pieces print behind their letters is decided once, when a printing begins: its page and its file
-- say the same, whatever is known of a piece later.
CREATE TABLE enclosures (
    print_run       BIGINT NOT NULL REFERENCES print_runs (id),
    upload          BIGINT NOT NULL REFERENCES case_files (upload) ON DELETE CASCADE,
    PRIMARY KEY (upload, print_run)
);
COMMENT ON TABLE enclosures IS 'Pieces that the file of a printing holds behind their letters.';

-- What was printed before stays as its page tells it.
INSERT INTO enclosures (print_run, upload)
SELECT DISTINCT postal_tasks.print_run, case_files.upload
FROM postal_tasks
JOIN case_files ON case_files.case_id = postal_tasks.case_id
WHERE postal_tasks.print_run IS NOT NULL
  AND case_files.n_pages IS NOT NULL
  AND case_files.letter IS NULL
  AND (EXISTS (SELECT FROM messages WHERE messages.id = case_files.message_id
               AND messages.postal_task = postal_tasks.id)
       OR EXISTS (SELECT FROM answers WHERE answers.id = case_files.answer_id
                  AND postal_tasks.kind = 'answer'
                  AND CASE WHEN postal_tasks.done_on IS NULL THEN answers.state = 'leaving'
                      ELSE answers.handed_over_on = postal_tasks.done_on END));
