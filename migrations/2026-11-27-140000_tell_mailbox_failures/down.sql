COMMENT ON COLUMN mailbox_folders.failure IS NULL;
ALTER TABLE mailbox_folders DROP CONSTRAINT mailbox_folders_failure_known;
