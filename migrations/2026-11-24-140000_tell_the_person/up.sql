-- Acts of staff that speak to the outside: what we ask of the person, the delay we announce, who else
-- has the case, the mediator. Each is a dated row beside the status; none of them moves a legal date.
ALTER TABLE messages
    DROP CONSTRAINT messages_kind_known,
    ADD CONSTRAINT messages_kind_known CHECK (kind IN
        ('from_person', 'to_person', 'disagreement', 'withdrawal',
         'asked', 'holding_letter', 'transfer', 'withdrawal_taken', 'mediation'));

CREATE TABLE asks (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    message_id      BIGINT      NOT NULL REFERENCES messages (id),
    staff_id        BIGINT      NOT NULL REFERENCES staff_accounts (id),
    what            TEXT,
    expected_on     DATE        NOT NULL,
    asked_on        DATE        NOT NULL,
    reminded_on     DATE,
    ended_at        TIMESTAMPTZ,
    ending          TEXT,
    CONSTRAINT asks_what_length CHECK (char_length(what) BETWEEN 1 AND 2000),
    CONSTRAINT asks_expected_later CHECK (expected_on >= asked_on),
    CONSTRAINT asks_ending_known CHECK (ending IN ('person_wrote', 'asked_anew', 'staff', 'over')),
    CONSTRAINT asks_end_as_a_whole CHECK ((ended_at IS NULL) = (ending IS NULL))
);
COMMENT ON TABLE asks IS 'What we wait for from the person. Nothing waits with us: the clocks go on.';
COMMENT ON COLUMN asks.what IS 'What is asked; the person reads it. Erased with the content of the case.';
COMMENT ON COLUMN asks.expected_on IS 'By when, Paris calendar: a wish, no deadline of law.';
COMMENT ON COLUMN asks.reminded_on IS 'When the person was reminded, once at most.';
COMMENT ON COLUMN asks.ending IS 'Why we wait no more.';
CREATE UNIQUE INDEX asks_one_open ON asks (case_id) WHERE ended_at IS NULL;
CREATE INDEX asks_by_case ON asks (case_id, id);

CREATE TABLE holding_letters (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    is_current      BOOLEAN     NOT NULL DEFAULT TRUE,
    rank            INTEGER     NOT NULL,
    message_id      BIGINT      NOT NULL REFERENCES messages (id),
    staff_id        BIGINT      NOT NULL REFERENCES staff_accounts (id),
    reason          TEXT,
    announced_on    DATE        NOT NULL,
    written_on      DATE        NOT NULL,
    CONSTRAINT holding_letters_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT holding_letters_announce_later CHECK (announced_on >= written_on),
    CONSTRAINT holding_letters_rank_key UNIQUE (case_id, rank)
);
COMMENT ON TABLE holding_letters IS 'Letters that say why the answer takes longer and for when it is hoped. They move no legal date (R23).';
COMMENT ON COLUMN holding_letters.is_current IS 'What was announced still stands: no later letter, no answer since.';
COMMENT ON COLUMN holding_letters.rank IS 'The first of its case is 1.';
COMMENT ON COLUMN holding_letters.reason IS 'Why; the person reads it. Erased with the content of the case.';
COMMENT ON COLUMN holding_letters.announced_on IS 'The day announced, Paris calendar: followed inside the house, never a due date of law.';
CREATE UNIQUE INDEX holding_letters_current ON holding_letters (case_id) WHERE is_current;

CREATE TABLE transfers (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    is_last         BOOLEAN     NOT NULL DEFAULT TRUE,
    message_id      BIGINT      NOT NULL REFERENCES messages (id),
    staff_id        BIGINT      NOT NULL REFERENCES staff_accounts (id),
    recipient       TEXT        NOT NULL,
    name            TEXT,
    service         TEXT,
    postal_address  TEXT,
    purpose         TEXT,
    transferred_on  DATE        NOT NULL,
    noted_at        TIMESTAMPTZ NOT NULL,
    returned_on     DATE,
    CONSTRAINT transfers_recipient_known CHECK (recipient IN ('insurer', 'distributor', 'other', 'mediator')),
    CONSTRAINT transfers_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    CONSTRAINT transfers_service_length CHECK (char_length(service) BETWEEN 1 AND 200),
    CONSTRAINT transfers_postal_address_length CHECK (char_length(postal_address) BETWEEN 1 AND 500),
    CONSTRAINT transfers_purpose_length CHECK (char_length(purpose) BETWEEN 1 AND 2000),
    CONSTRAINT transfers_return_later CHECK (returned_on >= transferred_on)
);
COMMENT ON TABLE transfers IS 'To whom the case was passed on, what for (R9, R33), and mail for the mediator that landed here (R10). The clocks go on.';
COMMENT ON COLUMN transfers.is_last IS 'The latest of its case.';
COMMENT ON COLUMN transfers.name IS 'Firm or person; erased with the content of the case, as are the columns up to the purpose.';
COMMENT ON COLUMN transfers.transferred_on IS 'Paris date on which it left.';
COMMENT ON COLUMN transfers.returned_on IS 'Paris date on which their answer came back; null until then.';
CREATE UNIQUE INDEX transfers_last_of_case ON transfers (case_id) WHERE is_last;
CREATE INDEX transfers_by_case ON transfers (case_id, id);

CREATE TABLE withdrawals_taken (
    message_id      BIGINT      PRIMARY KEY REFERENCES messages (id),
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    is_last         BOOLEAN     NOT NULL DEFAULT TRUE,
    staff_id        BIGINT      NOT NULL REFERENCES staff_accounts (id),
    channel         TEXT        NOT NULL,
    asked_on        DATE        NOT NULL,
    circumstances   TEXT,
    status_before   TEXT        NOT NULL,
    taken_at        TIMESTAMPTZ NOT NULL,
    objected_at     TIMESTAMPTZ,
    CONSTRAINT withdrawals_taken_status_before_known CHECK (status_before IN
        ('received', 'acknowledged', 'answered', 'closed', 'withdrawn')),
    CONSTRAINT withdrawals_taken_channel_known
        CHECK (channel IN ('web', 'email', 'post', 'phone', 'counter')),
    CONSTRAINT withdrawals_taken_circumstances_length
        CHECK (char_length(circumstances) BETWEEN 1 AND 2000)
);
COMMENT ON TABLE withdrawals_taken IS 'Withdrawals that staff noted on the word of the person, who is told and can object by writing.';
COMMENT ON COLUMN withdrawals_taken.asked_on IS 'Paris date on which the person asked for it.';
COMMENT ON COLUMN withdrawals_taken.circumstances IS 'How it was said, for staff; erased with the content of the case.';
COMMENT ON COLUMN withdrawals_taken.status_before IS 'Where the case stood: an objection brings it back there, with its dates.';
COMMENT ON COLUMN withdrawals_taken.objected_at IS 'When the person said that it was a mistake.';
CREATE UNIQUE INDEX withdrawals_taken_last_of_case ON withdrawals_taken (case_id) WHERE is_last;

CREATE TABLE mediations (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    is_last         BOOLEAN     NOT NULL DEFAULT TRUE,
    message_id      BIGINT      NOT NULL REFERENCES messages (id),
    staff_id        BIGINT      NOT NULL REFERENCES staff_accounts (id),
    referred_by     TEXT        NOT NULL,
    number          TEXT,
    referred_on     DATE        NOT NULL,
    known_on        DATE        NOT NULL,
    documents_due_on DATE       NOT NULL,
    documents_sent_on DATE,
    opinion_on      DATE,
    opinion         TEXT,
    issue           TEXT,
    grounds         TEXT,
    follow_up_on    DATE,
    followed_up_on  DATE,
    CONSTRAINT mediations_referred_by_known CHECK (referred_by IN ('person', 'representative', 'firm')),
    CONSTRAINT mediations_number_length CHECK (char_length(number) BETWEEN 1 AND 50),
    CONSTRAINT mediations_opinion_length CHECK (char_length(opinion) BETWEEN 1 AND 5000),
    CONSTRAINT mediations_grounds_length CHECK (char_length(grounds) BETWEEN 1 AND 2000),
    CONSTRAINT mediations_known_later CHECK (known_on >= referred_on),
    CONSTRAINT mediations_issue_known CHECK (issue IN ('followed', 'not_followed', 'no_opinion')),
    CONSTRAINT mediations_opinion_decides CHECK ((opinion_on IS NULL) = (issue IS NULL)),
    CONSTRAINT mediations_follow_up_after_opinion CHECK (follow_up_on IS NULL OR opinion_on IS NOT NULL)
);
COMMENT ON TABLE mediations IS 'Referrals to the mediator, each with its documents, its opinion and what followed, in any state of the case.';
COMMENT ON COLUMN mediations.is_last IS 'The latest of its case.';
COMMENT ON COLUMN mediations.number IS 'The mediator''s own number of the case.';
COMMENT ON COLUMN mediations.known_on IS 'Paris date on which we heard of it: the five weeks to send our documents count from it (R44).';
COMMENT ON COLUMN mediations.documents_sent_on IS 'Paris date on which our documents left; null until then.';
COMMENT ON COLUMN mediations.opinion IS 'Summary of the opinion; erased with the content of the case.';
COMMENT ON COLUMN mediations.opinion_on IS 'Paris date of the opinion, or of the end of the mediation without one.';
COMMENT ON COLUMN mediations.issue IS 'Whether we follow the opinion; null until it is given.';
COMMENT ON COLUMN mediations.grounds IS 'Why we do not follow it, or how we do; the person reads it. Erased with the content of the case.';
COMMENT ON COLUMN mediations.follow_up_on IS 'By when what we owe after the opinion is done, Paris calendar.';
COMMENT ON COLUMN mediations.followed_up_on IS 'When it was done.';
CREATE UNIQUE INDEX mediations_last_of_case ON mediations (case_id) WHERE is_last;

-- Dates that staff follow inside the house, of these acts and of others: one list for « À faire ».
CREATE TABLE follow_ups (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         BIGINT      NOT NULL REFERENCES cases (id),
    kind            TEXT        NOT NULL,
    due_on          DATE        NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL,
    done_at         TIMESTAMPTZ,
    CONSTRAINT follow_ups_kind_known CHECK (kind IN
        ('ask', 'holding_letter', 'mediation_documents', 'mediation_opinion'))
);
COMMENT ON TABLE follow_ups IS 'Dates that staff follow beside the legal ones; at most one of a kind waits on a case.';
COMMENT ON COLUMN follow_ups.due_on IS 'Paris date.';
COMMENT ON COLUMN follow_ups.done_at IS 'When it was done or lost its use.';
CREATE UNIQUE INDEX follow_ups_one_open ON follow_ups (case_id, kind) WHERE done_at IS NULL;
CREATE INDEX follow_ups_open_by_due ON follow_ups (due_on, id) WHERE done_at IS NULL;
