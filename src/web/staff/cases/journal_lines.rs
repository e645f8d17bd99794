//! The journal of a case in French words; an event without words yet is shown by its code.

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::case::{LateCause, Nature, PostalKind, Purpose};
use crate::journal::Line;
use crate::staff::StaffId;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::outside_lines;
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::moment::Moment;
use crate::web::staff::words;

/// One line of the journal.
pub(in crate::web::staff) struct JournalLine {
    pub(super) moment: Moment,
    pub(super) actor: String,
    pub(super) words: String,
    /// Why, when it was asked and is not erased.
    pub(super) motive: Option<String>,
}

/// The lines, newest first.
pub(super) fn lines(journal: &[Line], loaded: &Loaded) -> Vec<JournalLine> {
    let colleagues = &loaded.colleagues;
    let motive = |line| {
        let id = fact(line, "motive")?.parse().ok()?;
        loaded.particulars.motives.get(&id).cloned()
    };
    journal
        .iter()
        .rev()
        .map(|line| JournalLine {
            moment: Moment::of(line.at),
            actor: actor(&line.actor, colleagues),
            words: event(line, colleagues),
            motive: motive(line),
        })
        .collect()
}

fn actor(code: &str, colleagues: &Colleagues) -> String {
    match code {
        "person" => "La personne".to_owned(),
        "system" => "Automatique".to_owned(),
        "operator" => "Exploitant du serveur".to_owned(),
        _ => match code.strip_prefix("staff:").and_then(|id| id.parse().ok()) {
            Some(id) => colleagues.name(StaffId(id)).to_owned(),
            None => code.to_owned(),
        },
    }
}

fn event(line: &Line, colleagues: &Colleagues) -> String {
    let fact = |name| fact(line, name);
    let letter = || {
        fact("kind")
            .and_then(PostalKind::from_code)
            .map_or("lettre", words::letter)
    };
    let carried = || match fact("by") {
        Some("post") => " par courrier",
        Some(_) => " par courriel",
        None => "",
    };
    match line.kind.as_str() {
        "case.filed" => filed(line).to_owned(),
        "case.assigned" => match fact("handler").and_then(|id| id.parse().ok()) {
            Some(id) => format!("Dossier attribué à {}", colleagues.name(StaffId(id))),
            None => "Dossier attribué".to_owned(),
        },
        "case.closed" => "Dossier clôturé".to_owned(),
        "case.labelled" => "Étiquette ajoutée".to_owned(),
        "case.unlabelled" => "Étiquette retirée".to_owned(),
        "case.withdrawn" => "Dossier retiré par la personne".to_owned(),
        "message.received" if fact("mail").is_some() => "Courriel de la personne".to_owned(),
        "message.received" => "Message de la personne".to_owned(),
        "message.read" => "Message de la personne noté comme lu".to_owned(),
        "contact.changed" => "Coordonnées modifiées par la personne".to_owned(),
        "letter.dropped" => format!("Lettre devenue inutile{COLON} {}", letter()),
        "note.written" => "Note interne ajoutée".to_owned(),
        "message.written" => "Message écrit à la personne".to_owned(),
        "address.confirmed" => "Adresse e-mail confirmée".to_owned(),
        "letter.asked" => format!("À envoyer par courrier{COLON} {}", letter()),
        "mediation.file_made" => "Dossier pour le médiateur téléchargé".to_owned(),
        "letter.proved" => "Preuve d’envoi gardée".to_owned(),
        "letter.kept" => format!("Lettre gardée avec le dossier{COLON} {}", letter()),
        "letter.prepared" => format!("Lettre prête à imprimer{COLON} {}", letter()),
        "letter.posted" => format!("Lettre postée{}{COLON} {}", on(line), letter()),
        kind if kind.starts_with("mail.") => of_mail(line),
        "acknowledgement.handed_over" => {
            format!("Accusé de réception remis{}{}", carried(), on(line))
        }
        kind if kind.starts_with("file.") => file_event(kind).to_owned(),
        kind if kind.starts_with("answer.") => of_answer(line, carried()),
        "commitment.kept" => format!("Engagement tenu{}", on(line)),
        _ => of_ways(line, carried(), colleagues),
    }
}

/// How the case began.
fn filed(line: &Line) -> &'static str {
    if fact(line, "channel") == Some("web") {
        "Dossier déposé"
    } else if fact(line, "mail").is_some() {
        "Dossier ouvert d’après un courriel"
    } else {
        "Dossier enregistré à la main"
    }
}

/// What becomes of our e-mails, and of those of others.
fn of_mail(line: &Line) -> String {
    let email = fact(line, "purpose")
        .and_then(Purpose::from_code)
        .map_or("courriel", words::purpose);
    let what = match line.kind.as_str() {
        "mail.handed_over" => "Courriel remis au relais",
        "mail.delayed" => "Courriel retardé",
        "mail.retried" => "Courriel à nouveau tenté",
        "mail.failed" => "Courriel en échec",
        "mail.bounced" => "Courriel revenu, non distribué",
        "mail.attached" => {
            return "Courriel rattaché au dossier, sans être montré à la personne".to_owned();
        }
        kind => return kind.to_owned(),
    };
    format!("{what}{COLON} {email}")
}

/// What happens to the nature of the case and to the ways into it.
fn of_ways(line: &Line, carried: &str, colleagues: &Colleagues) -> String {
    match line.kind.as_str() {
        "case.requalified" => match fact(line, "to").and_then(Nature::from_code) {
            Some(Nature::InformationRequest) => "Devenu une demande d’information".to_owned(),
            Some(Nature::Complaint) | None => format!("Devenu une réclamation{}", about(line)),
        },
        "requalification.decided" => format!("Requalification en demande décidée{}", about(line)),
        "requalification.told" => format!("Requalification annoncée{}{}", carried, on(line)),
        "requalification.objected" => format!("Opposition à la requalification{}", on(line)),
        "requalification.lapsed" => "Requalification sans objet".to_owned(),
        "clock.stage_told" => "Étape du délai signalée aux personnes chargées".to_owned(),
        "oral.invited" => format!("Personne invitée à écrire{}", on(line)),
        "oral.satisfied" => "Satisfaction obtenue de vive voix, dossier clôturé".to_owned(),
        "oral.confirmed" => "Réclamation orale confirmée par écrit".to_owned(),
        "case.erased" => "Contenu effacé".to_owned(),
        "person.corrected" => "Données de la personne corrigées".to_owned(),
        "code.lost" => "Code d’accès perdu, signalé sur le site".to_owned(),
        "code.renewed" => "Nouveau code d’accès obtenu".to_owned(),
        _ => of_desk(line, colleagues),
    }
}

/// That the same act qualified the case, if it did.
fn about(line: &Line) -> &'static str {
    match fact(line, "about") {
        Some(_) => ", dossier qualifié",
        None => "",
    }
}

/// What staff say of the case, and who may read it.
fn of_desk(line: &Line, colleagues: &Colleagues) -> String {
    let name = || {
        let account = fact(line, "account").and_then(|id| id.parse().ok());
        account.map_or("quelqu’un", |id| colleagues.name(StaffId(id)))
    };
    match line.kind.as_str() {
        "case.qualified" => "Dossier qualifié".to_owned(),
        "case.sensitive" => "Données sensibles signalées, lecture restreinte".to_owned(),
        "case.not_sensitive" => "Signalement de données sensibles levé".to_owned(),
        "staff.barred" => format!("Personne mise en cause écartée{COLON} {}", name()),
        "staff.bar_lifted" => format!("Mise à l’écart levée{COLON} {}", name()),
        "case.held" => format!(
            "Conservation pour litige{}",
            dated(line, "until", "jusqu’au")
        ),
        "case.restricted" => "Traitement limité à la demande de la personne".to_owned(),
        "case.restriction_ended" => "Limitation du traitement levée".to_owned(),
        "case.hold_ended" => "Fin de la conservation pour litige".to_owned(),
        "dates.corrected" => format!(
            "Dates corrigées{COLON} accusé{}, réponse{}",
            dated(line, "ack_due", "dû le"),
            dated(line, "answer_due", "due le")
        ),
        "case.linked" => "Rattaché à un autre dossier".to_owned(),
        "case.unlinked" => "Détaché d’un autre dossier".to_owned(),
        "lateness.explained" => match fact(line, "cause").and_then(LateCause::from_code) {
            Some(cause) => format!("Cause du retard{COLON} {}", words::late_cause(cause)),
            None => "Cause du retard indiquée".to_owned(),
        },
        "case.reopened" => format!("Dossier rouvert, objectif{}", dated(line, "target", "au")),
        unknown => outside_lines::event(line)
            .unwrap_or_else(|| format!("Événement «\u{202f}{unknown}\u{202f}»")),
    }
}

/// What becomes of an answer.
fn of_answer(line: &Line, carried: &str) -> String {
    match line.kind.as_str() {
        "answer.drafted" => match fact(line, "grievances") {
            Some("1") => "Brouillon de réponse enregistré (1\u{a0}grief)".to_owned(),
            Some(n) => format!("Brouillon de réponse enregistré ({n}\u{a0}griefs)"),
            None => "Brouillon de réponse enregistré".to_owned(),
        },
        "answer.read" => "Réponse relue et approuvée".to_owned(),
        "answer.sent" => "Réponse passée au départ".to_owned(),
        "answer.cancelled" => "Envoi de la réponse annulé à temps".to_owned(),
        "answer.handed_over" => format!("Réponse remise{carried}{}", on(line)),
        "answer.disagreed" => "Désaccord de la personne avec la réponse".to_owned(),
        "answer.evaluated" => "Réponse évaluée par la personne".to_owned(),
        unknown => format!("Événement «\u{202f}{unknown}\u{202f}»"),
    }
}

fn file_event(kind: &str) -> &'static str {
    if kind == "file.quarantined" {
        "Pièce infectée, mise à l’écart"
    } else {
        "Pièce ajoutée"
    }
}

const COLON: &str = "\u{202f}:";

/// The value of a fact of the line.
pub(super) fn fact<'a>(line: &'a Line, name: &str) -> Option<&'a str> {
    line.facts
        .lines()
        .filter_map(|fact| fact.split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// ` le 4 mai 2026`, when the line tells of a day.
fn on(line: &Line) -> String {
    dated(line, "on", "le")
}

fn dated(line: &Line, name: &str, before: &str) -> String {
    let day: Option<NaiveDate> = fact(line, name).and_then(|day| day.parse().ok());
    day.map(|day| format!(" {before} {}", plain_date(day)))
        .unwrap_or_default()
}

/// `4 mai 2026`, the day that a fact of the line tells.
pub(super) fn day(line: &Line, name: &str) -> Option<String> {
    let day: Option<NaiveDate> = fact(line, name).and_then(|day| day.parse().ok());
    day.map(plain_date)
}
