DELETE FROM stage_notices WHERE stage = 'last_day';
ALTER TABLE stage_notices DROP CONSTRAINT stage_notices_stage_known;
ALTER TABLE stage_notices ADD CONSTRAINT stage_notices_stage_known
    CHECK (stage IN ('half', 'three_quarters', 'nine_tenths'));
COMMENT ON TABLE stage_notices IS 'The handler was told that half of a clock was over, the supervisors three quarters, the compliance address nine tenths.';
DROP TABLE digest_days;
