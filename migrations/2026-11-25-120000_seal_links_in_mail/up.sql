ALTER TABLE outbox
    ADD COLUMN sealed bytea,
    ADD CONSTRAINT outbox_sealed_only_while_queued CHECK (sealed IS NULL OR state = 'queued');
COMMENT ON COLUMN outbox.sealed IS 'A secret of the text, encrypted, until the e-mail has left; the text has a mark in its place.';
-- Links that were kept in clear: they work for a day, so none that has left is of use to anyone.
UPDATE outbox SET body = '' WHERE purpose = 'account_link' AND state <> 'queued';
