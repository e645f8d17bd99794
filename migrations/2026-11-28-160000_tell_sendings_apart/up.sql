-- An e-mail that came back can be tried anew under the same Message-ID: a late report may be of the sending before.
ALTER TABLE outbox ADD COLUMN came_back_at TIMESTAMPTZ;
COMMENT ON COLUMN outbox.came_back_at IS 'When a sending before this one came back; a report of what arrived by then is of that one.';
