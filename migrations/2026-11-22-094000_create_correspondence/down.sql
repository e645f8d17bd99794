DROP TABLE postal_tasks;
DROP TABLE notes;
DROP TABLE messages;
