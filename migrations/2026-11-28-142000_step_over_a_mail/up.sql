-- E-mails that the server of the mailbox does not give: those behind them do not wait.
CREATE TABLE mailbox_refusals (
    mailbox         TEXT        NOT NULL,
    folder          TEXT        NOT NULL,
    uid_validity    BIGINT      NOT NULL,
    uid             BIGINT      NOT NULL,
    n_attempts      INTEGER     NOT NULL,
    since           TIMESTAMPTZ NOT NULL,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (mailbox, folder, uid_validity, uid)
);
COMMENT ON TABLE mailbox_refusals IS 'E-mails that could not be fetched. A row goes when the e-mail came, or is gone.';
COMMENT ON COLUMN mailbox_refusals.since IS 'When it was first not given.';
COMMENT ON COLUMN mailbox_refusals.next_attempt_at IS 'It is not asked for before.';
