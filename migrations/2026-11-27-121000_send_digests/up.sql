-- The days whose digests were sent, so that of several nodes one does.
CREATE TABLE digest_days (
    day     DATE        PRIMARY KEY,
    sent_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE digest_days IS 'Days (Paris) on which each member of staff was sent what is to be done.';

-- A last working day before a legal date is told at once, once.
ALTER TABLE stage_notices DROP CONSTRAINT stage_notices_stage_known;
ALTER TABLE stage_notices ADD CONSTRAINT stage_notices_stage_known
    CHECK (stage IN ('half', 'three_quarters', 'nine_tenths', 'last_day'));
COMMENT ON TABLE stage_notices IS 'What was told of the time left: half of a clock to the handler, three quarters to the supervisors, nine tenths to the compliance address, in their digests; the last working day to the handler, at once.';
