-- Which stage of which legal clock was told: once each.
CREATE TABLE stage_notices (
    case_id BIGINT      NOT NULL REFERENCES cases (id),
    clock   TEXT        NOT NULL,
    stage   TEXT        NOT NULL,
    told_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (case_id, clock, stage),
    CONSTRAINT stage_notices_clock_known CHECK (clock IN ('acknowledgement', 'answer')),
    CONSTRAINT stage_notices_stage_known CHECK (stage IN ('half', 'three_quarters', 'nine_tenths'))
);
COMMENT ON TABLE stage_notices IS 'The handler was told that half of a clock was over, the supervisors three quarters, the compliance address nine tenths.';
