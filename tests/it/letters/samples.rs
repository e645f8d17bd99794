//! Letters that the tests set, with the values of one case.

use chrono::NaiveDate;
use reclamations::calendar::Promise;
use reclamations::letters::{Block, Letter};
use reclamations::mail::Desk;
use reclamations::mail::words::{
    About, AcknowledgementLetter, Addressed, AnswerLetter, CommitmentMade, CopyLetter, Granted,
    Identity, MediationRight, MediatorBlock, MessageLetter, Occasion, Opening, Outcome, Position,
    PositionTaken, ReceiptLetter, RequalificationLetter, Section, Written,
};

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn identity() -> &'static [String] {
    let identity = Identity {
        legal_form: Some("SAS"),
        rcs: Some("Paris 123 456 789"),
        ..Identity::default()
    };
    identity.lines().leak()
}

pub(super) fn addressed() -> Addressed<'static> {
    Addressed {
        reference: "ASK-2026-000123-T",
        dated_on: day("2026-05-04"),
        desk: Desk::Complaints,
        person_name: "Jeanne Martin",
        postal_address: Some("Bâtiment B\n12 rue des Lilas\n69003 Lyon"),
        identity: identity(),
        follow_url: Some("https://reclamations.example.org/suivi"),
    }
}

pub(super) fn mediator(occasion: Occasion) -> MediatorBlock {
    MediatorBlock {
        occasion,
        right: MediationRight::Consumer {
            opens: Opening::On(day("2026-06-29")),
            last_day: day("2027-04-30"),
        },
    }
}

pub(super) fn acknowledgement() -> Letter {
    let why = ["Règle\u{202f}: 2\u{a0}mois, de date à date.".to_owned()];
    let letter = AcknowledgementLetter {
        addressed: addressed(),
        received_on: day("2026-05-02"),
        sent_on: day("2026-04-30"),
        answer: Promise::OnOrBefore(day("2026-06-30")),
        answer_why: &why,
        mediation_why: &why,
        mediator: mediator(Occasion::Procedure),
        converted_on: None,
    };
    letter.compose().unwrap()
}

pub(super) fn receipt() -> Letter {
    let letter = ReceiptLetter {
        addressed: Addressed {
            desk: Desk::Customer,
            ..addressed()
        },
        received_on: day("2026-05-02"),
        answer: Promise::OnOrBefore(day("2026-05-09")),
    };
    letter.compose()
}

pub(super) fn requalification() -> Letter {
    let letter = RequalificationLetter {
        addressed: addressed(),
        received_on: day("2026-05-02"),
        motive: "Vous demandez un duplicata de votre attestation.",
        answer: Promise::OnOrBefore(day("2026-06-30")),
        mediator: mediator(Occasion::Procedure),
    };
    letter.compose().unwrap()
}

pub(super) fn copy() -> Letter {
    let letter = CopyLetter {
        addressed: addressed(),
        filed_at: day("2026-05-02").and_hms_opt(9, 5, 0).unwrap(),
        sections: &[
            Section {
                label: "Ce qui s’est passé",
                text: "Ma cotisation a doublé.\r\n\r\nJe n’ai reçu aucun avis.",
            },
            Section {
                label: "Ce que vous attendez de nous",
                text: "Un remboursement.",
            },
        ],
        mediator: Some(mediator(Occasion::Procedure)),
    };
    letter.compose().unwrap()
}

pub(super) fn message() -> Letter {
    let files = ["relevé.pdf".to_owned()];
    let letter = MessageLetter {
        addressed: addressed(),
        is_complaint: true,
        written: &[Written {
            about: About::Delay,
            on: day("2026-05-04"),
            text: "Bonjour,\n\nNotre réponse demande plus de temps.",
            files: &files,
        }],
        mediator: Some(mediator(Occasion::Procedure)),
    };
    letter.compose().unwrap()
}

pub(super) fn answer() -> Letter {
    answer_saying("L’avis n’a pas été envoyé à temps.")
}

/// The answer, with these grounds.
pub(super) fn answer_saying(grounds: &str) -> Letter {
    let letter = AnswerLetter {
        reference: "ASK-2026-000123-T",
        complaint_of: day("2026-04-30"),
        dated_on: day("2026-06-01"),
        person_name: "Jeanne Martin",
        postal_address: Some("12 rue des Lilas\n69003 Lyon"),
        introduction: "",
        positions: &[PositionTaken {
            number: 1,
            grievance: "La cotisation a augmenté sans avis.",
            position: Position::Refused,
            grounds,
        }],
        outcome: Outcome::Rejected,
        granted: Granted {
            amount: None,
            commitments: &[CommitmentMade {
                text: "Vous envoyer l’avis d’échéance.",
                due_on: day("2026-06-15"),
            }],
            files: &[],
            by_post: false,
        },
        signatory: "Paul Durand",
        service: "Service Réclamations",
        mediator: mediator(Occasion::Answer),
        identity: identity(),
    };
    letter.compose().unwrap()
}

/// One of each kind.
pub(super) fn all() -> [Letter; 6] {
    [
        acknowledgement(),
        receipt(),
        requalification(),
        copy(),
        message(),
        answer(),
    ]
}

/// A letter that says this.
pub(super) fn saying(text: &str) -> Letter {
    let mut letter = message();
    letter.blocks = vec![
        Block::heading(text),
        Block::paragraph(text),
        Block::Labelled {
            label: text.to_owned(),
            text: text.to_owned(),
            quoted: true,
        },
        Block::List {
            items: vec![text.to_owned()],
        },
        Block::Facts {
            rows: vec![(text.to_owned(), text.to_owned())],
        },
    ];
    letter
}
