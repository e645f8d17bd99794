DROP TABLE commitments;
ALTER TABLE answers
    DROP COLUMN amount_cents,
    DROP COLUMN held_until,
    DROP COLUMN person_wrote_at;
