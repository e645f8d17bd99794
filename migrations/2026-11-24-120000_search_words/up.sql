-- The words of each case, for full-text search: French, without accents. Triggers keep them in the
-- transaction of every act that writes text, so that no act can forget to.
CREATE TEXT SEARCH CONFIGURATION french_search (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION french_search
    ALTER MAPPING FOR word, hword, hword_part WITH public.unaccent, pg_catalog.french_stem;
ALTER TEXT SEARCH CONFIGURATION french_search
    ALTER MAPPING FOR numword WITH public.unaccent, pg_catalog.simple;
COMMENT ON TEXT SEARCH CONFIGURATION french_search IS
    'French stems of words without their accents; made for texts that went through search_text.';

CREATE FUNCTION search_text(said TEXT) RETURNS TEXT
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(said, '-_./\@:+&=,;%#~*<>()[]{}"''’', '                           ')
$$;
COMMENT ON FUNCTION search_text IS
    'Cuts addresses, numbers and compound words into their parts, as the words asked for are.';

CREATE TABLE case_search (
    case_id         BIGINT      PRIMARY KEY REFERENCES cases (id),
    words           TSVECTOR    NOT NULL
);
COMMENT ON TABLE case_search IS 'What a search of the back office looks through; erased as one with the content of the case.';
COMMENT ON COLUMN case_search.words IS 'Without positions: nobody searches for phrases, and nothing is ranked.';
-- Its waiting list is short: every search reads the whole of it.
CREATE INDEX case_search_by_word ON case_search USING gin (words) WITH (gin_pending_list_limit = 512);

CREATE FUNCTION search_words(of_case BIGINT) RETURNS TSVECTOR
LANGUAGE sql STABLE AS $$
    SELECT strip(to_tsvector('french_search', search_text(concat_ws(' ',
        (SELECT concat_ws(' ', lpad(id::text, 6, '0'), person_name) FROM cases WHERE id = of_case),
        (SELECT concat_ws(' ', first_name, last_name, represented, email, postal_address, phone,
                          intermediary, contract_number, earlier_contact, earlier_reply, facts_when,
                          facts, expectation)
         FROM filings WHERE case_id = of_case),
        (SELECT string_agg(body, ' ') FROM messages WHERE case_id = of_case),
        (SELECT string_agg(body, ' ') FROM notes WHERE case_id = of_case),
        (SELECT string_agg(concat_ws(' ', introduction, (
             SELECT string_agg(grounds, ' ') FROM answer_positions WHERE answer_id = answers.id)), ' ')
         FROM answers WHERE case_id = of_case AND state <> 'draft')
    ))))
$$;
COMMENT ON FUNCTION search_words IS 'The words that a case is found by, as its texts stand.';

CREATE FUNCTION refresh_case_search() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    of_case BIGINT;
BEGIN
    IF TG_OP = 'DELETE' THEN
        of_case := OLD.case_id;
    ELSE
        of_case := NEW.case_id;
    END IF;
    -- Two acts at once wait for each other here, as they do for the case: the second one then sees
    -- what the first one wrote.
    PERFORM FROM cases WHERE id = of_case FOR NO KEY UPDATE;
    INSERT INTO case_search (case_id, words) VALUES (of_case, search_words(of_case))
    ON CONFLICT (case_id) DO UPDATE SET words = EXCLUDED.words;
    RETURN NULL;
END
$$;
-- A session that writes in bulk brings the words along.
CREATE TRIGGER filings_searched AFTER INSERT OR UPDATE OR DELETE ON filings FOR EACH ROW
    WHEN (current_setting('reclamations.bulk', TRUE) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION refresh_case_search();
CREATE TRIGGER messages_searched AFTER INSERT OR DELETE OR UPDATE OF body ON messages FOR EACH ROW
    WHEN (current_setting('reclamations.bulk', TRUE) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION refresh_case_search();
CREATE TRIGGER notes_searched AFTER INSERT OR DELETE OR UPDATE OF body ON notes FOR EACH ROW
    WHEN (current_setting('reclamations.bulk', TRUE) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION refresh_case_search();
CREATE TRIGGER answers_searched AFTER UPDATE OF state ON answers FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION refresh_case_search();

-- The planner guesses badly what several words have in common. Told how, it first goes through the
-- newest cases, which takes a quarter of a microsecond for each and finds what many have; what few
-- have is in the index of words, which it then reads without ever walking through every case.
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

INSERT INTO case_search (case_id, words) SELECT id, search_words(id) FROM cases;
