-- Who is away, and who stands in: at most one deputy a day.
CREATE TABLE absences (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  BIGINT NOT NULL REFERENCES staff_accounts (id),
    deputy_id   BIGINT NOT NULL REFERENCES staff_accounts (id),
    from_on     DATE   NOT NULL,
    until_on    DATE   NOT NULL,
    CONSTRAINT absences_deputy_is_another CHECK (account_id <> deputy_id),
    CONSTRAINT absences_in_order CHECK (from_on <= until_on),
    CONSTRAINT absences_do_not_overlap EXCLUDE USING gist (
        int8range(account_id, account_id, '[]') WITH &&,
        daterange(from_on, until_on, '[]') WITH &&)
);
COMMENT ON TABLE absences IS 'Days of the Paris calendar, both included. On these days the deputy finds the cases of the account among their own.';
CREATE INDEX absences_by_deputy ON absences (deputy_id, until_on);
