-- What follows from a hand-over is recorded with it; where that fails, the e-mail has left all the
-- same: it must not leave again, and what follows is owed until it can be recorded.
ALTER TABLE outbox
    ADD COLUMN is_owed BOOLEAN NOT NULL DEFAULT FALSE,
    ADD CONSTRAINT outbox_owed_was_handed_over CHECK (NOT is_owed OR state = 'handed_over');
COMMENT ON COLUMN outbox.is_owed IS 'It has left, and what follows for its case is not recorded yet; tried again when its next attempt is due.';
CREATE INDEX outbox_owed ON outbox (next_attempt_at, id) WHERE is_owed;
