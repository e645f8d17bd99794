ALTER TABLE outbox DROP COLUMN came_back_at;
