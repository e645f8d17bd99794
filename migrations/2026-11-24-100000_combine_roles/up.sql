-- Roles can be combined. Administrators could work cases until now: they are supervisors too.
ALTER TABLE staff_accounts ADD COLUMN roles TEXT[];
UPDATE staff_accounts SET roles = CASE role
    WHEN 'administrator' THEN ARRAY['supervisor', 'administrator']
    ELSE ARRAY[role]
END;
ALTER TABLE staff_accounts ALTER COLUMN roles SET NOT NULL;
ALTER TABLE staff_accounts ADD CONSTRAINT staff_accounts_roles_known
    CHECK (roles <@ ARRAY['handler', 'supervisor', 'administrator', 'auditor']);
ALTER TABLE staff_accounts ADD CONSTRAINT staff_accounts_roles_some CHECK (cardinality(roles) > 0);
COMMENT ON COLUMN staff_accounts.roles IS 'A set: what any of them may do, the account may do.';
ALTER TABLE staff_accounts DROP COLUMN role;
