-- What was changed, by whom and from what is never rewritten.
CREATE TRIGGER setting_changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON setting_changes
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses_change();
CREATE TRIGGER catalogue_changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON catalogue_changes
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses_change();
