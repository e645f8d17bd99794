ALTER TABLE incoming_mails DROP COLUMN next_attempt_at;
