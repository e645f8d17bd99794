-- Whoever has written a draft cannot read it over, even once someone else has changed it.
ALTER TABLE answers ADD COLUMN writer_ids BIGINT[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN answers.writer_ids IS 'Accounts that have saved it as a draft, its last author among them.';
UPDATE answers SET writer_ids = ARRAY(
    SELECT DISTINCT substr(actor, 7)::bigint FROM journal_events
    WHERE chain = answers.case_id AND kind = 'answer.drafted' AND actor LIKE 'staff:%'
      AND 'answer=' || answers.id = ANY (string_to_array(facts, E'\n')))
WHERE state <> 'handed_over';
-- A reading made by someone who had written it before is none.
UPDATE answers SET reader_id = NULL WHERE state = 'draft' AND reader_id = ANY (writer_ids);
