-- A case is found by the name on its row too, which a correction writes after what the person filed.
CREATE FUNCTION refresh_case_search_of_name() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    UPDATE case_search SET words = search_words(NEW.id) WHERE case_id = NEW.id;
    RETURN NULL;
END
$$;
-- What is erased has no name, and no words any more: there is then nothing to write anew.
CREATE TRIGGER names_searched AFTER UPDATE OF person_name ON cases FOR EACH ROW
    WHEN (OLD.person_name IS DISTINCT FROM NEW.person_name)
    EXECUTE FUNCTION refresh_case_search_of_name();
UPDATE case_search SET words = search_words(case_id)
WHERE case_id IN (SELECT chain FROM journal_events WHERE kind = 'person.corrected');
