-- Texts that staff start from: each saved version stays as it was saved.
CREATE TABLE templates (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind            TEXT        NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL,
    retired_at      TIMESTAMPTZ,
    CONSTRAINT templates_kind_known
        CHECK (kind IN ('answer', 'message', 'holding_letter', 'request_answer'))
);
COMMENT ON TABLE templates IS 'Texts that staff start from when they write. One is retired, never deleted.';
COMMENT ON COLUMN templates.retired_at IS 'Since when it is no longer offered; null while it is.';

CREATE TABLE template_versions (
    template_id     BIGINT      NOT NULL REFERENCES templates (id),
    version         INTEGER     NOT NULL,
    title           TEXT        NOT NULL,
    body            TEXT        NOT NULL,
    author_id       BIGINT      NOT NULL REFERENCES staff_accounts (id),
    saved_at        TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (template_id, version),
    CONSTRAINT template_versions_version_positive CHECK (version > 0),
    CONSTRAINT template_versions_title_length CHECK (char_length(title) BETWEEN 1 AND 100),
    CONSTRAINT template_versions_body_length CHECK (char_length(body) BETWEEN 1 AND 5000)
);
COMMENT ON TABLE template_versions IS 'What a template said, version after version; the last one is offered.';
COMMENT ON COLUMN template_versions.body IS 'Its variables stand in braces, each one of the closed list of the program.';

CREATE FUNCTION template_version_stays() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on %: a saved version stays as it is', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER template_versions_stay BEFORE UPDATE OR DELETE ON template_versions
    FOR EACH STATEMENT EXECUTE FUNCTION template_version_stays();
