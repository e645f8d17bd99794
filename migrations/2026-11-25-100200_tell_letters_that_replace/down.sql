ALTER TABLE postal_tasks DROP COLUMN replaces_email;
