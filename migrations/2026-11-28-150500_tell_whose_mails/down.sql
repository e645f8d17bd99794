DROP STATISTICS filings_email;
COMMENT ON TABLE incoming_leads IS 'The cases that an e-mail of no case names, or that it answers; those of its sender are found by the address.';
