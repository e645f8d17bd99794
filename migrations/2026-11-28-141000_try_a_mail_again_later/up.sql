-- An e-mail that could not be understood is tried again after a while, by whichever node comes first.
ALTER TABLE incoming_mails ADD COLUMN next_attempt_at TIMESTAMPTZ;
UPDATE incoming_mails SET next_attempt_at = stored_at;
ALTER TABLE incoming_mails ALTER COLUMN next_attempt_at SET NOT NULL;
COMMENT ON COLUMN incoming_mails.next_attempt_at IS 'Nobody tries to understand it before.';
