-- What may be a machine's, and is not certain to be, is seen by staff.
ALTER TABLE incoming_mails DROP CONSTRAINT incoming_mails_reason_known;
ALTER TABLE incoming_mails ADD CONSTRAINT incoming_mails_reason_known
    CHECK (reason IN ('other_sender', 'unknown_token',
        'sender_has_cases', 'reference_named', 'no_sender', 'no_text', 'too_large', 'too_many_parts', 'from_us',
        'doubtful_return', 'unknown_return', 'bulk'));
