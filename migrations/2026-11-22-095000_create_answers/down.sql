DROP TABLE answer_positions;
DROP TABLE answers;
DROP TABLE grievances;
