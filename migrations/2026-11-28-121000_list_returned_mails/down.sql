DROP INDEX outbox_returned;
