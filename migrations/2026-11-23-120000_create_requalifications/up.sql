-- A case that turns out to be of the other nature: the person says so, or staff do, with a motive.
CREATE TABLE requalifications (
    id                  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id             BIGINT      NOT NULL REFERENCES cases (id),
    is_last             BOOLEAN     NOT NULL DEFAULT TRUE,
    from_nature         TEXT        NOT NULL,
    to_nature           TEXT        NOT NULL,
    staff_id            BIGINT      REFERENCES staff_accounts (id),
    motive              TEXT,
    decided_at          TIMESTAMPTZ NOT NULL,
    told_on             DATE,
    objected_at         TIMESTAMPTZ,
    settled_at          TIMESTAMPTZ,
    request_answered_on DATE,
    CONSTRAINT requalifications_from_nature_known
        CHECK (from_nature IN ('complaint', 'information_request')),
    CONSTRAINT requalifications_to_nature_known
        CHECK (to_nature IN ('complaint', 'information_request')),
    CONSTRAINT requalifications_changes_nature CHECK (from_nature <> to_nature),
    CONSTRAINT requalifications_staff_say_why CHECK (staff_id IS NULL OR motive IS NOT NULL),
    CONSTRAINT requalifications_motive_length CHECK (char_length(motive) BETWEEN 1 AND 2000),
    CONSTRAINT requalifications_end_once CHECK (objected_at IS NULL OR settled_at IS NULL)
);
COMMENT ON TABLE requalifications IS 'Changes of nature. One to a complaint holds at once; one to a request holds once its ten days have passed without objection, and the legal dates are followed until then.';
COMMENT ON COLUMN requalifications.is_last IS 'The latest of its case.';
COMMENT ON COLUMN requalifications.staff_id IS 'Who decided; null for the person.';
COMMENT ON COLUMN requalifications.motive IS 'Why; the person reads it. Erased with the content of the case.';
COMMENT ON COLUMN requalifications.told_on IS 'Paris date of the hand-over of the notice: the ten days to object count from it.';
COMMENT ON COLUMN requalifications.objected_at IS 'When the person objected: the case stays a complaint.';
COMMENT ON COLUMN requalifications.settled_at IS 'When it took effect, or when the case was answered or over before it could.';
COMMENT ON COLUMN requalifications.request_answered_on IS 'When the request had been answered, Paris date: a complaint is owed an answer of its own.';
CREATE UNIQUE INDEX requalifications_last_of_case ON requalifications (case_id) WHERE is_last;
CREATE INDEX requalifications_pending ON requalifications (told_on, id)
    WHERE settled_at IS NULL AND objected_at IS NULL;

ALTER TABLE postal_tasks
    DROP CONSTRAINT postal_tasks_kind_known,
    ADD CONSTRAINT postal_tasks_kind_known
        CHECK (kind IN ('acknowledgement', 'copy', 'message', 'answer', 'requalification'));
