DROP TABLE case_bars;
DROP TABLE motives;
