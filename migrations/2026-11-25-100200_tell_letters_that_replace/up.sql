-- A case has a failed sending while the letter that replaces it waits, not while any letter does.
ALTER TABLE postal_tasks ADD COLUMN replaces_email BOOLEAN NOT NULL DEFAULT FALSE;
COMMENT ON COLUMN postal_tasks.replaces_email IS 'An e-mail that could not be delivered asked for it.';
UPDATE postal_tasks SET replaces_email = TRUE
FROM cases
WHERE cases.id = postal_tasks.case_id AND cases.failed_sending
  AND postal_tasks.done_on IS NULL AND postal_tasks.dropped_at IS NULL;
