ALTER TABLE setting_changes DROP CONSTRAINT setting_changes_key_known;
ALTER TABLE setting_changes ADD CONSTRAINT setting_changes_key_known CHECK (key IN
    ('legal_form', 'capital', 'registered_office', 'rcs', 'vat', 'orias', 'association',
     'liability_insurer', 'director', 'host', 'phone', 'dpo', 'complaints_alias',
     'request_target', 'disagreement_target', 'second_reader', 'archive_after', 'customer_service')) NOT VALID;
