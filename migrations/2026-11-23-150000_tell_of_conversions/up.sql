-- The letter that tells of a request made a complaint again is no notice of a requalification: posting
-- it begins no ten days.
ALTER TABLE postal_tasks
    DROP CONSTRAINT postal_tasks_kind_known,
    ADD CONSTRAINT postal_tasks_kind_known CHECK (kind IN
        ('acknowledgement', 'copy', 'message', 'answer', 'requalification', 'conversion'));
