DROP TABLE catalogue_changes;
DROP TABLE setting_changes;
