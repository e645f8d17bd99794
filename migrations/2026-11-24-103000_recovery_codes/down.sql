DROP TABLE staff_recovery_codes;
