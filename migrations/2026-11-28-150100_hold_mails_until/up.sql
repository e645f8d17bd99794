-- An e-mail that waits for its hour is told from one that the daily cap puts off.
ALTER TABLE outbox ADD COLUMN held_until TIMESTAMPTZ;
COMMENT ON COLUMN outbox.held_until IS 'The hour set for its first attempt, if one was; the daily cap may put it off further.';
