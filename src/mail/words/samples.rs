//! The values that the tests of the words share.

use chrono::NaiveDate;

use crate::calendar::Promise;
use crate::mail::words::{
    Acknowledgement, AnswerLetter, ConfirmLink, FollowWay, FullCopy, Granted, MediationRight,
    MediatorBlock, Occasion, Opening, Outcome, Position, PositionTaken, Section,
};

pub(super) const REFERENCE: &str = "ASK-2026-000123-T";
pub(super) const FOLLOW_URL: &str = "https://reclamations.example.org/suivi";
pub(super) const FOLLOW: FollowWay<'static> = FollowWay {
    url: FOLLOW_URL,
    opens_until: None,
    has_code: true,
};

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn confirm() -> ConfirmLink<'static> {
    ConfirmLink {
        url: "https://reclamations.example.org/suivi/adresse/AbCdEf0123456789",
        valid_until: day("2026-05-30"),
    }
}

pub(super) fn consumer() -> MediatorBlock {
    MediatorBlock {
        occasion: Occasion::Procedure,
        right: MediationRight::Consumer {
            opens: Opening::On(day("2026-06-29")),
            last_day: day("2027-04-30"),
        },
    }
}

pub(super) fn after_answer() -> MediatorBlock {
    MediatorBlock {
        occasion: Occasion::Answer,
        ..consumer()
    }
}

pub(super) fn professional() -> MediatorBlock {
    MediatorBlock {
        occasion: Occasion::Procedure,
        right: MediationRight::Professional,
    }
}

pub(super) fn acknowledgement() -> Acknowledgement<'static> {
    let why: &'static [String] = vec![
        "Départ\u{202f}: jeudi 30\u{a0}avril\u{a0}2026, date du premier écrit (ce jour ne compte pas).".to_owned(),
        "Règle\u{202f}: 2\u{a0}mois, de date à date.".to_owned(),
    ]
    .leak();
    Acknowledgement {
        reference: REFERENCE,
        received_on: day("2026-05-02"),
        sent_on: day("2026-04-30"),
        answer: Promise::OnOrBefore(day("2026-06-30")),
        answer_why: why,
        mediation_why: why,
        mediator: consumer(),
        converted_on: None,
        confirm: Some(confirm()),
        follow: FOLLOW,
    }
}

pub(super) fn full_copy() -> FullCopy<'static> {
    FullCopy {
        reference: REFERENCE,
        filed_at: day("2026-04-30").and_hms_opt(14, 5, 9).unwrap(),
        sections: &[
            Section {
                label: "Ce qui s’est passé",
                text: "Première ligne.\r\n\r\n  - puis <ceci> & cela",
            },
            Section {
                label: "Ce que vous attendez de nous",
                text: "Une réponse.",
            },
        ],
        mediator: Some(consumer()),
        follow: FOLLOW,
    }
}

pub(super) fn answer_letter() -> AnswerLetter<'static> {
    AnswerLetter {
        reference: REFERENCE,
        complaint_of: day("2026-04-30"),
        dated_on: day("2026-06-01"),
        person_name: "Jeanne Martin",
        postal_address: Some("12 rue des Lilas\n69003 Lyon"),
        introduction: "Vous contestez le montant de votre cotisation et le délai de notre réponse.",
        positions: &[
            PositionTaken {
                number: 1,
                grievance: "La cotisation a augmenté sans avis.",
                position: Position::Accepted,
                grounds: "L’avis n’a pas été envoyé à temps.",
            },
            PositionTaken {
                number: 2,
                grievance: "Le contrat devait être résilié en mars.",
                position: Position::Refused,
                grounds: "La demande est arrivée après l’échéance.",
            },
        ],
        outcome: Outcome::PartlyUpheld,
        granted: Granted::default(),
        signatory: "Paul Durand",
        service: crate::firm::COMPLAINTS_SERVICE,
        mediator: after_answer(),
        identity: &[],
    }
}

/// The text before the first line that begins with `title`.
#[track_caller]
pub(super) fn until<'a>(text: &'a str, title: &str) -> &'a str {
    text.split_once(&format!("\n{title}")).unwrap().0
}

/// French typography, in our own words: no typewriter apostrophe, no breaking space before high
/// punctuation or inside quotation marks, no blank lines in a row, no trailing space.
#[track_caller]
pub(super) fn assert_typography(text: &str) {
    for wrong in ["'", " ;", " :", " !", " ?", "« ", " »", "\n\n\n", " \n"] {
        assert!(!text.contains(wrong), "{wrong:?} in\n{text}");
    }
    assert!(!text.starts_with('\n'), "{text}");
}

/// The text on one line, every kind of space the same: for what a line's length does not matter to.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
