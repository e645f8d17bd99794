-- How long an e-mail has been tried: after two days it is given up, and a letter is asked for.
ALTER TABLE outbox ADD COLUMN tried_since TIMESTAMPTZ;
COMMENT ON COLUMN outbox.tried_since IS 'When a worker first took it, since it was queued or tried anew; null for one never taken, or written as a file.';
UPDATE outbox SET tried_since = queued_at WHERE state = 'queued' AND n_attempts > 0;

-- The pages of what failed.
CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed';
