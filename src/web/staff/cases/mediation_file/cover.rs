//! The letter on top of the file, in words.

use chrono::{DateTime, Utc};

use crate::calendar::{paris_date, plain_date};
use crate::case::exchange::Side;
use crate::case::public_events::{PublicEvent, Returned, What};
use crate::case::{Dossier, Nature, OurMessage, PostalKind, Posted, Purpose};
use crate::letters::Letter;
use crate::mail::Desk;
use crate::mail::outbox::{Standing, Tracked};
use crate::mail::words::{Addressed, MediationCover};
use crate::web::AppState;
use crate::web::staff::cases::mediation_file::contents::Contents;
use crate::web::staff::moment::Moment;
use crate::web::staff::words;

/// From the firm, about this case, today.
pub(super) fn addressed<'a>(
    reference: &'a str,
    identity: &'a [String],
    state: &AppState,
) -> Addressed<'a> {
    Addressed {
        reference,
        dated_on: state.today(),
        desk: Desk::Complaints,
        person_name: "",
        postal_address: None,
        identity,
        follow_url: None,
    }
}

/// The letter.
pub(super) fn of(contents: &Contents, state: &AppState) -> Letter {
    let reference = contents.dossier.case.reference().to_string();
    let identity = state.office.identity();
    let chronology: Vec<(String, String)> = contents
        .events
        .iter()
        .map(|event| (plain_date(event.on), told(contents, *event)))
        .collect();
    let cover = MediationCover {
        addressed: addressed(&reference, &identity, state),
        number: contents.number.as_deref(),
        facts: &facts(&contents.dossier),
        chronology: &chronology,
        sendings: &sendings(contents),
        pieces: &pieces(contents),
    };
    cover.compose()
}

fn pieces(contents: &Contents) -> Vec<(String, String)> {
    let numbered = (1..).zip(contents.pieces());
    numbered
        .map(|(number, (name, what)): (u32, _)| {
            (format!("Pièce\u{a0}{number}"), format!("{name}\n{what}"))
        })
        .collect()
}

fn facts(dossier: &Dossier) -> Vec<(String, String)> {
    let name = dossier.case.person_name.clone().unwrap_or_default();
    let mut facts = vec![
        ("Personne", name),
        ("Premier écrit", plain_date(dossier.written_on())),
        ("Reçu le", plain_date(dossier.dates.received_on)),
    ];
    let acknowledged = dossier.case.acknowledged_on.map(plain_date);
    facts.extend(acknowledged.map(|day| ("Accusé de réception", day)));
    let answered = dossier.case.answered_on.map(plain_date);
    facts.extend(answered.map(|day| ("Réponse", day)));
    let owned = |(name, value): (&str, String)| (name.to_owned(), value);
    facts.into_iter().map(owned).collect()
}

/// What left us, with what proves it, and what came back.
fn sendings(contents: &Contents) -> Vec<(String, String)> {
    let by_email = contents.emails.iter().filter_map(by_email);
    let by_post = contents.posted.iter().map(|letter| {
        let number = letter.tracking.as_deref();
        let number =
            number.map_or_else(String::new, |number| format!(", numéro de suivi {number}"));
        let said = format!(
            "{}{}, par courrier\u{202f}: lettre postée le {}{number}",
            words::letter(letter.kind),
            written(contents, letter),
            plain_date(letter.on)
        );
        (letter.on, said)
    });
    let mut all: Vec<_> = by_email
        .map(|(at, said)| (paris_date(at), said))
        .chain(by_post)
        .collect();
    all.sort_by_key(|(on, _)| *on);
    all.into_iter()
        .map(|(on, said)| (plain_date(on), said))
        .collect()
}

/// An e-mail that left, and what became of it.
fn by_email(email: &Tracked) -> Option<(DateTime<Utc>, String)> {
    let (at, became) = match email.standing {
        Standing::HandedOver(at) => (at, "remis au relais"),
        Standing::Bounced(at) => (at, "revenu sans avoir été distribué"),
        Standing::Waiting
        | Standing::Held(_)
        | Standing::PutOff { .. }
        | Standing::Written(_)
        | Standing::Failed { .. } => return None,
    };
    let purpose = Purpose::from_code(&email.purpose);
    let what = purpose.map_or("Courriel", words::purpose);
    let written = match purpose {
        Some(Purpose::Message) => dated(&[email.queued_at]),
        _ => String::new(),
    };
    let said = format!(
        "{what}{written}, par courriel\u{202f}: {became} le {}",
        Moment::of(at).words
    );
    Some((at, said))
}

/// When the messages that a letter holds were written: « du 28 avril 2026, 10 h 12 ».
fn written(contents: &Contents, letter: &Posted) -> String {
    if letter.kind != PostalKind::Message {
        return String::new();
    }
    let its = |message: &&OurMessage| match message.letter {
        Some(task) => task == letter.task,
        None => message.posted_on == Some(letter.on),
    };
    let its = contents.ours.iter().filter(its);
    let days: Vec<_> = its.map(|message| message.written_at).collect();
    dated(&days)
}

fn dated(instants: &[DateTime<Utc>]) -> String {
    let said = instants.iter().map(|at| Moment::of(*at).words);
    match said.collect::<Vec<_>>().join(", du ") {
        none if none.is_empty() => none,
        said => format!(" du {said}"),
    }
}

/// What happened, and whether what it says that we wrote has reached nobody yet.
fn told(contents: &Contents, event: PublicEvent) -> String {
    let is_written = matches!(
        event.what,
        What::Message | What::Asked | What::Reminded | What::HoldingLetter
    );
    let mut pending = contents.ours.iter().filter(|message| message.is_pending);
    let is_pending = event.side == Side::Office
        && is_written
        && pending.any(|message| message.written_at == event.at);
    let happened = happened(event);
    if is_pending {
        format!("{happened} (envoi pas encore remis)")
    } else {
        happened
    }
}

/// What happened, for somebody who is neither the person nor us.
fn happened(event: PublicEvent) -> String {
    let is_ours = event.side == Side::Office;
    let what = match event.what {
        What::Filed if event.nature == Nature::Complaint => "Réclamation reçue",
        What::Filed => "Demande d’information reçue",
        What::Acknowledged => "Accusé de réception envoyé",
        What::AddressConfirmed => "Adresse e-mail confirmée par la personne",
        What::Message if is_ours => "Message d’Asekkey à la personne",
        What::Message => "Message de la personne",
        What::FileAdded if is_ours => "Pièce ajoutée par Asekkey",
        What::FileAdded => "Pièce ajoutée par la personne",
        What::Answered => "Réponse motivée envoyée",
        What::Disagreed => "Désaccord de la personne avec la réponse",
        What::Evaluated => "Avis de la personne sur la réponse",
        What::ContactChanged => "Coordonnées modifiées",
        What::CodeRenewed => "Nouveau code d’accès",
        What::RequalificationTold => "Proposition de traiter le dossier comme une demande",
        What::Objected => "Opposition de la personne\u{202f}: le dossier reste une réclamation",
        What::Requalified(Nature::Complaint) => "La demande devient une réclamation",
        What::Requalified(Nature::InformationRequest) => {
            "Le dossier devient une demande d’information"
        }
        What::Withdrawn => "Dossier retiré par la personne",
        What::Closed => "Dossier clôturé",
        What::Asked => "Élément demandé à la personne",
        What::Reminded => "Rappel de l’élément demandé",
        What::HoldingLetter => "Lettre d’attente",
        What::Transferred => "Dossier transmis",
        What::TransferReturned => "Retour de la transmission",
        What::WithdrawalTaken => "Dossier retiré à la demande de la personne",
        What::WithdrawalObjected => "Retrait annulé\u{202f}: le dossier reprend",
        What::MediationReferred => "Médiateur saisi",
        What::MediationDocuments => "Documents envoyés au médiateur",
        What::MediationOpinion => "Avis du médiateur, ou fin de la médiation",
        What::Returned { what, by_letter } => return returned(what, by_letter),
    };
    what.to_owned()
}

fn returned(what: Returned, by_letter: bool) -> String {
    let what = match what {
        Returned::Acknowledgement => "accusé de réception",
        Returned::Answer => "réponse motivée",
        Returned::Requalification => "proposition de traiter le dossier comme une demande",
        Returned::Message => "message à la personne",
    };
    let then = if by_letter {
        "\u{202f}; à envoyer par lettre"
    } else {
        ""
    };
    format!("Courriel revenu sans avoir été distribué\u{202f}: {what}{then}")
}
