-- Whoever is barred from a case reads no e-mail that answers it, also when it went to another case.
COMMENT ON TABLE incoming_leads IS 'The cases that an e-mail names, or that it answers; those of its sender are found by the address.';

-- The index on lower(email) is partial: the planner takes nothing from its statistics, and believed that
-- an e-mail shares its address with one filing in two hundred.
CREATE STATISTICS filings_email ON (lower(email)) FROM filings;
ANALYZE filings;
