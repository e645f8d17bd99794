-- What was a template of requests to the person is one of messages.
UPDATE templates SET kind = 'message' WHERE kind = 'ask';
ALTER TABLE templates
    DROP CONSTRAINT templates_kind_known,
    ADD CONSTRAINT templates_kind_known
        CHECK (kind IN ('answer', 'message', 'holding_letter', 'request_answer'));
