ALTER TABLE outbox
    DROP CONSTRAINT outbox_bounced_was_handed_over,
    DROP COLUMN bounced_at;
DROP TABLE incoming_pieces;
DROP TABLE incoming_mails;
DROP TABLE mailbox_folders;
