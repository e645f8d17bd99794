DROP TABLE seal_leaves;
DROP TABLE seals;
DROP TABLE journal_events;
DROP FUNCTION journal_refuses_change();
