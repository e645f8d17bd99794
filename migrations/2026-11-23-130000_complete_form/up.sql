-- What a case is about, from lists that staff can change, and what else the form asks.
CREATE TABLE products (
    code            TEXT        PRIMARY KEY,
    label           TEXT        NOT NULL,
    position        INTEGER     NOT NULL,
    is_retired      BOOLEAN     NOT NULL DEFAULT FALSE,
    CONSTRAINT products_code_is_plain CHECK (code ~ '^[a-z_]{2,40}$'),
    CONSTRAINT products_label_length CHECK (char_length(label) BETWEEN 1 AND 100)
);
COMMENT ON TABLE products IS 'Products a case can be about. A row is retired, never deleted: cases keep its code.';
COMMENT ON COLUMN products.position IS 'Its place in the list.';
COMMENT ON COLUMN products.is_retired IS 'No longer offered; cases that have it keep it.';

CREATE TABLE subjects (
    code            TEXT        PRIMARY KEY,
    label           TEXT        NOT NULL,
    position        INTEGER     NOT NULL,
    is_retired      BOOLEAN     NOT NULL DEFAULT FALSE,
    CONSTRAINT subjects_code_is_plain CHECK (code ~ '^[a-z_]{2,40}$'),
    CONSTRAINT subjects_label_length CHECK (char_length(label) BETWEEN 1 AND 100)
);
COMMENT ON TABLE subjects IS 'Subjects a case can be about. A row is retired, never deleted: cases keep its code.';
COMMENT ON COLUMN subjects.position IS 'Its place in the list.';
COMMENT ON COLUMN subjects.is_retired IS 'No longer offered; cases that have it keep it.';

INSERT INTO products (position, code, label) VALUES
    (10, 'car', 'Assurance auto'),
    (20, 'two_wheels', 'Assurance moto et deux-roues'),
    (30, 'home', 'Assurance habitation'),
    (40, 'health', 'Complémentaire santé'),
    (50, 'provident', 'Prévoyance, accidents de la vie, décès'),
    (60, 'loan', 'Assurance emprunteur'),
    (70, 'legal', 'Protection juridique'),
    (80, 'pet', 'Assurance animaux'),
    (90, 'travel', 'Assurance voyage'),
    (100, 'school', 'Assurance scolaire'),
    (110, 'business', 'Assurance professionnelle'),
    (120, 'savings', 'Épargne, assurance vie, retraite'),
    (130, 'site', 'Ce site, l’espace client'),
    (140, 'other', 'Un autre produit ou service');

INSERT INTO subjects (position, code, label) VALUES
    (10, 'advice', 'Vente ou conseil'),
    (20, 'premium', 'Cotisation'),
    (30, 'management', 'Gestion du contrat'),
    (40, 'claim', 'Sinistre ou remboursement'),
    (50, 'cancellation', 'Résiliation'),
    (60, 'delay', 'Délai, absence de réponse'),
    (70, 'personal_data', 'Données personnelles'),
    (80, 'other', 'Un autre sujet');

-- No foreign key: every filing would lock the same few rows of these lists.
ALTER TABLE cases
    ADD COLUMN product TEXT,
    ADD COLUMN subject TEXT;
COMMENT ON COLUMN cases.product IS 'Code of products; null when the person does not know.';
COMMENT ON COLUMN cases.subject IS 'Code of subjects; null when the person does not know.';

ALTER TABLE filings
    ADD COLUMN mandate TEXT,
    ADD COLUMN earlier_way TEXT,
    ADD COLUMN earlier_spoken_on DATE,
    ADD COLUMN earlier_reply TEXT,
    ADD COLUMN preferred_reply TEXT NOT NULL DEFAULT 'email',
    ADD CONSTRAINT filings_mandate_known CHECK (mandate IN ('joined', 'later')),
    ADD CONSTRAINT filings_earlier_way_known CHECK (earlier_way IN ('written', 'spoken')),
    ADD CONSTRAINT filings_preferred_reply_known CHECK (preferred_reply IN ('email', 'post'));
UPDATE filings SET preferred_reply = 'post' WHERE email IS NULL;
UPDATE filings SET earlier_way = 'written' WHERE earlier_contact IS NOT NULL;
COMMENT ON COLUMN filings.mandate IS 'Whether a representative joins the mandate to the form or sends it later; null when not said.';
COMMENT ON COLUMN filings.earlier_contact IS 'Whom the person turned to before; before November 2026 also what came of it.';
COMMENT ON COLUMN filings.earlier_way IS 'In writing, whose date is the declared earlier one of the legal dates, or by word of mouth.';
COMMENT ON COLUMN filings.earlier_spoken_on IS 'Day of an earlier contact by word of mouth: it starts no clock.';
COMMENT ON COLUMN filings.earlier_reply IS 'What was replied, in the person''s words.';
COMMENT ON COLUMN filings.preferred_reply IS 'How the person prefers to be answered; the acknowledgement leaves by e-mail whenever there is an address.';

ALTER TABLE drafts ADD COLUMN writers JSONB NOT NULL DEFAULT '{}';
COMMENT ON COLUMN drafts.writers IS 'Step to the page that saved it last: that page may save it again, another one that has not seen it may not.';
