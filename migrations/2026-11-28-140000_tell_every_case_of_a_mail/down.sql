ALTER TABLE incoming_mails ADD COLUMN points_to BIGINT REFERENCES cases (id);
COMMENT ON COLUMN incoming_mails.points_to IS 'The case it names: who is barred from that case does not read it either.';
UPDATE incoming_mails SET points_to = (
    SELECT case_id FROM incoming_leads
    WHERE mail_id = incoming_mails.id ORDER BY is_answered DESC, case_id DESC LIMIT 1);
DROP TABLE incoming_leads;
