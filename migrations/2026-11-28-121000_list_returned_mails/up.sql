CREATE INDEX outbox_returned ON outbox (id) WHERE bounced_at IS NOT NULL;
