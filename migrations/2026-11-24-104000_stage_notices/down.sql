DROP TABLE stage_notices;
