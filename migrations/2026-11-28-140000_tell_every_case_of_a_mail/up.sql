-- Every case that an e-mail may be about, not one of them: whoever is barred from any does not read it.
CREATE TABLE incoming_leads (
    mail_id         BIGINT      NOT NULL REFERENCES incoming_mails (id) ON DELETE CASCADE,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    is_answered     BOOLEAN     NOT NULL,
    PRIMARY KEY (mail_id, case_id)
);
COMMENT ON TABLE incoming_leads IS 'The cases that an e-mail of no case names, or that it answers; those of its sender are found by the address.';
COMMENT ON COLUMN incoming_leads.is_answered IS 'Whether it names an e-mail that we wrote about the case.';
CREATE INDEX incoming_leads_by_case ON incoming_leads (case_id);

INSERT INTO incoming_leads (mail_id, case_id, is_answered)
SELECT id, points_to, reason IN ('other_sender', 'doubtful_return', 'bulk')
FROM incoming_mails WHERE points_to IS NOT NULL AND case_id IS NULL;
ALTER TABLE incoming_mails DROP COLUMN points_to;
