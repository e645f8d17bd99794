DROP TABLE follow_ups;
DROP TABLE mediations;
DROP TABLE withdrawals_taken;
DROP TABLE transfers;
DROP TABLE holding_letters;
DROP TABLE asks;
UPDATE messages SET kind = 'to_person'
    WHERE kind IN ('asked', 'holding_letter', 'transfer', 'withdrawal_taken', 'mediation');
ALTER TABLE messages
    DROP CONSTRAINT messages_kind_known,
    ADD CONSTRAINT messages_kind_known
        CHECK (kind IN ('from_person', 'to_person', 'disagreement', 'withdrawal'));
