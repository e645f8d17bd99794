-- A kept list is erased by the day it was last opened or changed, not by the day it was made.
ALTER TABLE saved_filters ADD COLUMN used_on DATE;
UPDATE saved_filters SET used_on = (saved_at AT TIME ZONE 'Europe/Paris')::date;
ALTER TABLE saved_filters ALTER COLUMN used_on SET NOT NULL;
COMMENT ON COLUMN saved_filters.used_on IS 'Day it was last kept or opened, Paris calendar.';
