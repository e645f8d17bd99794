DROP TABLE staff_sessions;
DROP TABLE staff_links;
DROP TABLE staff_accounts;
