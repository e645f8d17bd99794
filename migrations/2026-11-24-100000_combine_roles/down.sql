ALTER TABLE staff_accounts ADD COLUMN role TEXT;
UPDATE staff_accounts SET role = CASE
    WHEN 'administrator' = ANY (roles) THEN 'administrator'
    ELSE roles[1]
END;
ALTER TABLE staff_accounts ALTER COLUMN role SET NOT NULL;
ALTER TABLE staff_accounts ADD CONSTRAINT staff_accounts_role_known
    CHECK (role IN ('handler', 'supervisor', 'administrator', 'auditor'));
ALTER TABLE staff_accounts DROP COLUMN roles;
