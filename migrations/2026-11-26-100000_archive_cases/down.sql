ALTER TABLE setting_changes DROP CONSTRAINT setting_changes_key_known;
ALTER TABLE setting_changes ADD CONSTRAINT setting_changes_key_known CHECK (key IN
    ('legal_form', 'capital', 'registered_office', 'rcs', 'vat', 'orias', 'association',
     'liability_insurer', 'director', 'host', 'phone', 'dpo', 'complaints_alias',
     'request_target', 'disagreement_target', 'second_reader', 'customer_service')) NOT VALID;

DROP FUNCTION search_cases;
DROP FUNCTION last_cases_with_words;
DROP FUNCTION cases_with_words;
DROP FUNCTION newest_cases_with_words;
CREATE FUNCTION last_cases_with_words(asked TSQUERY, before BIGINT, depth BIGINT, most INTEGER)
RETURNS SETOF BIGINT LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    upper BIGINT := LEAST(before, (SELECT max(case_id) + 1 FROM case_search));
BEGIN
    RETURN QUERY SELECT case_id FROM case_search
        WHERE words @@ asked AND case_id < upper AND case_id >= upper - depth
        ORDER BY case_id DESC LIMIT most;
END
$$;
COMMENT ON FUNCTION last_cases_with_words IS
    'Cases with all the words asked for among the so many before one, newest first.';

CREATE FUNCTION cases_with_words(asked TSQUERY, most INTEGER) RETURNS SETOF BIGINT
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY SELECT case_id FROM case_search WHERE words @@ asked LIMIT most;
END
$$;
COMMENT ON FUNCTION cases_with_words IS 'Cases with all the words asked for, in no order, at most so many.';

CREATE FUNCTION newest_cases_with_words(asked TSQUERY, before BIGINT, most INTEGER)
RETURNS SETOF BIGINT LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY SELECT case_id FROM case_search WHERE words @@ asked AND case_id < before
        ORDER BY case_id DESC LIMIT most;
END
$$;
COMMENT ON FUNCTION newest_cases_with_words IS 'The same, newest first: every one of them is read and sorted.';

CREATE FUNCTION search_cases(asked TSQUERY, before BIGINT, depth BIGINT, enough INTEGER, most INTEGER)
RETURNS TABLE (case_id BIGINT, is_all BOOLEAN) LANGUAGE plpgsql STABLE AS $$
DECLARE
    newest BIGINT[] := ARRAY(SELECT last_cases_with_words(asked, before, depth, most + 1));
    every BIGINT[];
BEGIN
    IF cardinality(newest) <= most THEN
        every := ARRAY(SELECT cases_with_words(asked, most + 1));
        IF cardinality(every) <= most THEN
            RETURN QUERY SELECT unnest(every), TRUE;
            RETURN;
        END IF;
        IF cardinality(newest) < enough THEN
            newest := ARRAY(SELECT last_cases_with_words(asked, before, depth * 10, enough * 2));
        END IF;
        IF cardinality(newest) < enough THEN
            newest := ARRAY(SELECT newest_cases_with_words(asked, before, most + 1));
        END IF;
    END IF;
    RETURN QUERY SELECT unnest(newest), FALSE;
END
$$;
COMMENT ON FUNCTION search_cases IS
    'All the cases with the words when they are at most so many, else enough of the newest before one.';

DROP VIEW resting_cases;
