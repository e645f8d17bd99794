-- What staff ask of a person can start from a template too.
ALTER TABLE templates
    DROP CONSTRAINT templates_kind_known,
    ADD CONSTRAINT templates_kind_known
        CHECK (kind IN ('answer', 'message', 'holding_letter', 'ask', 'request_answer'));
