//! The lines of the system's journal in French words; one without words yet is shown by its code.

use crate::calendar::plain_date;
use crate::journal::Line;
use crate::settings::Key;
use crate::staff::{Role, StaffId};
use crate::web::staff::accounts::words as account_words;
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::settings::label as setting_label;

/// A part of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// As the address says it.
    pub(super) code: &'static str,
    /// What it is called.
    pub(super) label: &'static str,
    /// What the kinds of its lines begin with, before the dot.
    pub(super) families: &'static [&'static str],
}

const fn part(code: &'static str, label: &'static str, families: &'static [&'static str]) -> Part {
    Part {
        code,
        label,
        families,
    }
}

/// The parts, in the order of the list: every line is in one of them.
pub(super) const PARTS: &[Part] = &[
    part("connexions", "Connexions", &["signin"]),
    part("comptes", "Comptes", &["account"]),
    part("absences", "Absences", &["absence"]),
    part(
        "reglages",
        "Réglages, listes et étiquettes",
        &["setting", "list", "label"],
    ),
    part("courriels", "Courriels", &["relay", "incoming"]),
    part("modeles", "Modèles", &["template"]),
    part("personnes", "Droits des personnes", &["rights"]),
    part("verifications", "Vérifications", &["journal"]),
];

/// Who did it.
pub(super) fn actor(line: &Line, colleagues: &Colleagues) -> String {
    match line.actor.as_str() {
        "person" => "Quelqu’un, sans être connecté".to_owned(),
        "system" => "Automatique".to_owned(),
        "operator" => "Exploitant du serveur".to_owned(),
        code => match code.strip_prefix("staff:").and_then(|id| id.parse().ok()) {
            Some(id) => colleagues.name(StaffId(id)).to_owned(),
            None => code.to_owned(),
        },
    }
}

/// What happened.
pub(super) fn event(line: &Line, colleagues: &Colleagues) -> String {
    let who = someone(line, "account", colleagues);
    match line.kind.as_str() {
        "signin.succeeded" => format!("Connexion{COLON} {who}"),
        "signin.by_recovery_code" => format!("Connexion avec un code de secours{COLON} {who}"),
        "signin.failed" => format!("Connexion manquée{COLON} {who} ({})", factor(line)),
        "signin.locked" => format!(
            "Compte verrouillé après trop d’essais manqués{COLON} {who} ({})",
            factor(line)
        ),
        "absence.recorded" => format!(
            "Absence{COLON} {who}, du {} au {}, suppléance{COLON} {}",
            date(line, "from"),
            date(line, "until"),
            someone(line, "deputy", colleagues)
        ),
        "absence.ended" => format!("Absence retirée{COLON} {who}"),
        "journal.verified" => format!(
            "Journal vérifié, intact{COLON} {}, {}, {}",
            several(fact(line, "chains"), "chaîne"),
            several(fact(line, "lines"), "ligne"),
            several(fact(line, "seals"), "scellé")
        ),
        _ => account_event(line, who),
    }
}

/// « 1 ligne », « 2 lignes ».
fn several(count: &str, noun: &str) -> String {
    let mark = if matches!(count, "0" | "1") { "" } else { "s" };
    format!("{count} {noun}{mark}")
}

/// What happened to an account.
fn account_event(line: &Line, who: &str) -> String {
    let done = match line.kind.as_str() {
        "account.added" => {
            return format!("Compte créé{COLON} {who} ({})", roles(line, "role"));
        }
        "account.roles_changed" => {
            return format!(
                "Rôles changés{COLON} {who}, désormais {}, auparavant {}",
                roles(line, "after"),
                roles(line, "before")
            );
        }
        "account.enrolled" => "Compte activé",
        "account.reset" => "Compte réinitialisé, nouveau lien",
        "account.disabled" => "Compte désactivé",
        "account.enabled" => "Compte réactivé",
        "account.unlocked" => "Compte déverrouillé",
        "account.password_changed" => "Mot de passe changé",
        "account.sessions_closed" => "Connexions fermées",
        "account.recovery_codes_made" => "Codes de secours renouvelés",
        _ => return office_event(line),
    };
    format!("{done}{COLON} {who}")
}

/// What happened to what the office works with; its texts stand in no journal, their numbers do.
fn office_event(line: &Line) -> String {
    let numbered = |what: &str, name: &str| format!("{what}, n°\u{a0}{}", fact(line, name));
    match line.kind.as_str() {
        "setting.changed" => {
            let label = Key::from_code(fact(line, "setting")).map(setting_label);
            format!("Réglage changé{COLON} {}", label.unwrap_or("?"))
        }
        "list.changed" => match fact(line, "list") {
            "products" => "Liste des produits changée".to_owned(),
            _ => "Liste des sujets changée".to_owned(),
        },
        "incoming.set_aside" => numbered("Courriel reçu mis de côté", "mail"),
        "relay.tried" if fact(line, "outcome") == "handed_over" => {
            "Relais de courriel essayé, l’essai est parti".to_owned()
        }
        "relay.tried" => "Relais de courriel essayé, sans succès".to_owned(),
        "relay.retried" => "Courriel sans dossier à nouveau tenté".to_owned(),
        "list.exported" => "Liste de dossiers téléchargée".to_owned(),
        "label.changed" => numbered("Étiquette renommée, retirée ou remise", "label"),
        "label.created" => numbered("Étiquette créée", "label"),
        "template.created" => numbered("Modèle créé", "template"),
        "template.saved" => numbered("Modèle revu", "template"),
        "template.retired" => numbered("Modèle retiré", "template"),
        "template.restored" => numbered("Modèle remis en service", "template"),
        "rights.registered" => format!(
            "{}, réponse due le {}",
            numbered("Demande d’une personne enregistrée", "request"),
            date(line, "due")
        ),
        "rights.settled" => numbered("Demande d’une personne traitée", "request"),
        _ => format!("{} ({})", line.kind, line.facts.replace('\n', ", ")),
    }
}

const COLON: &str = "\u{202f}:";

fn facts<'a>(line: &'a Line, name: &'a str) -> impl Iterator<Item = &'a str> {
    let pairs = line.facts.lines().filter_map(|fact| fact.split_once('='));
    pairs
        .filter(move |(key, _)| *key == name)
        .map(|(_, value)| value)
}

fn fact<'a>(line: &'a Line, name: &'a str) -> &'a str {
    facts(line, name).next().unwrap_or("?")
}

fn someone<'a>(line: &Line, name: &str, colleagues: &'a Colleagues) -> &'a str {
    let id = fact(line, name).parse().unwrap_or_default();
    colleagues.name(StaffId(id))
}

fn factor(line: &Line) -> &'static str {
    match fact(line, "factor") {
        "password" => "mot de passe",
        _ => "code",
    }
}

fn roles(line: &Line, name: &str) -> String {
    let known = facts(line, name).filter_map(Role::from_code);
    let names: Vec<String> = known
        .map(|role| account_words::role(role).to_lowercase())
        .collect();
    names.join(", ")
}

fn date(line: &Line, name: &str) -> String {
    let text = fact(line, name);
    text.parse().map_or_else(|_| text.to_owned(), plain_date)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// What the kinds of a case's journal begin with.
    const OF_A_CASE: &[&str] = &[
        "acknowledgement",
        "address",
        "answer",
        "case",
        "clock",
        "code",
        "commitment",
        "contact",
        "dates",
        "file",
        "holding_letter",
        "lateness",
        "letter",
        "mail",
        "mediation",
        "message",
        "note",
        "oral",
        "person",
        "requalification",
        "staff",
        "transfer",
        "waiting",
        "withdrawal",
    ];

    /// The families of what the sources hand to the journal, here and below.
    fn written(folder: &Path, families: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                written(&path, families);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            if !source.contains("Entry") {
                continue;
            }
            let kinds = source.split('"').skip(1).step_by(2);
            let dotted = kinds.filter_map(|kind| kind.split_once('.'));
            let is_word = |text: &str| {
                !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            };
            let named = dotted.filter(|(family, act)| is_word(family) && is_word(act));
            families.extend(named.map(|(family, _)| family.to_owned()));
        }
    }

    #[test]
    fn every_line_is_of_a_case_or_in_one_part() {
        let mut families = BTreeSet::new();
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for below in ["case", "journal", "settings", "staff"] {
            written(&sources.join(below), &mut families);
        }
        let parts = PARTS.iter().flat_map(|part| part.families);
        let placed: Vec<&str> = OF_A_CASE.iter().chain(parts).copied().collect();
        let once: BTreeSet<String> = placed.iter().map(|family| (*family).to_owned()).collect();
        assert_eq!(once.len(), placed.len(), "in two places");
        assert_eq!(families, once);
    }
}
