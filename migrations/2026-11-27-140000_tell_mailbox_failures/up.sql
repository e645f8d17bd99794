-- Why a folder of the mailbox cannot be read is told to staff: the causes are a closed list.
UPDATE mailbox_folders SET failure = 'broken'
    WHERE failure NOT IN ('unreachable', 'untrusted', 'refused', 'no_folder', 'broken');
ALTER TABLE mailbox_folders ADD CONSTRAINT mailbox_folders_failure_known
    CHECK (failure IN ('unreachable', 'untrusted', 'refused', 'no_folder', 'broken'));
COMMENT ON COLUMN mailbox_folders.failure IS 'Why, as of the last try; null while it answers.';
