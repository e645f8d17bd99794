-- Whether an account was ever its owner's: a reset takes the enrolment away, not this.
ALTER TABLE staff_accounts ADD COLUMN has_enrolled BOOLEAN NOT NULL DEFAULT false;
COMMENT ON COLUMN staff_accounts.has_enrolled IS
    'Its owner enrolled at least once; stays true when the account is reset or disabled.';
UPDATE staff_accounts SET has_enrolled = true
WHERE enrolled_at IS NOT NULL
   OR EXISTS (SELECT FROM journal_events e
              WHERE e.chain = 0 AND e.kind = 'account.enrolled'
                AND e.facts ~ ('(^|\n)account=' || staff_accounts.id || '(\n|$)'));
