//! What stands beside the status of a case, as staff read it: each note with the act that follows.

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::case::outside::{Asked, Beside, HoldingLetterRow, Issue, MediationRow, TransferRow};
use crate::case::{Dossier, Status};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::words;

/// A note.
pub(in crate::web::staff) struct BesideNote {
    /// ` warning` or ` late`, or nothing: the words say it too.
    pub(super) tone: &'static str,
    /// What, since when, until when.
    pub(super) words: String,
    /// What was said, to unfold: its title, and the text.
    pub(super) said: Option<(&'static str, String)>,
    /// The acts that follow: where, and what their links say.
    pub(super) acts: Vec<(&'static str, &'static str)>,
}

impl BesideNote {
    fn new(words: String) -> Self {
        Self {
            tone: "",
            words,
            said: None,
            acts: Vec::new(),
        }
    }

    /// With a day to watch: it is late once past, and asks for attention until then.
    fn watching(mut self, day: NaiveDate, today: NaiveDate) -> Self {
        self.tone = if day < today { " late" } else { " warning" };
        self
    }

    fn said(mut self, title: &'static str, text: Option<&str>) -> Self {
        self.said = text.map(|text| (title, text.to_owned()));
        self
    }

    fn act(mut self, part: &'static str, caption: &'static str) -> Self {
        self.acts.push((part, caption));
        self
    }
}

/// The notes of a case, on `today` (Paris).
pub(super) fn notes(loaded: &Loaded, today: NaiveDate) -> Vec<BesideNote> {
    let (dossier, beside) = (&loaded.dossier, &loaded.beside);
    let is_open = dossier.case.status.is_open();
    let asked = beside.asked.as_ref().filter(|_| is_open);
    let letter = beside.holding_letter.as_ref().filter(|_| is_open);
    let transfer = beside.transfer.as_ref();
    [
        asked.map(|asked| of_ask(asked, today)),
        letter.map(|letter| of_letter(letter, today)),
        transfer
            .filter(|last| last.returned_on.is_none())
            .map(of_transfer),
        beside
            .mediation
            .as_ref()
            .map(|last| of_mediation(last, today)),
        of_withdrawal(dossier, beside),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_ask(asked: &Asked, today: NaiveDate) -> BesideNote {
    let reminded = asked.reminded_on.map_or_else(String::new, |on| {
        format!(" Rappel envoyé le {}.", plain_date(on))
    });
    let words = format!(
        "Nous attendons un élément de la personne depuis le {}, pour le {}. Les délais courent.{reminded}",
        plain_date(asked.asked_on),
        plain_date(asked.expected_on)
    );
    let note = BesideNote::new(words)
        .watching(asked.expected_on, today)
        .said("Ce qui est demandé", asked.what.as_deref());
    let note = if asked.may_remind(today) {
        note.act("rappel", "Rappeler")
    } else {
        note
    };
    note.act("fin-de-l-attente", "Ne plus attendre")
}

fn of_letter(letter: &HoldingLetterRow, today: NaiveDate) -> BesideNote {
    let rank = match letter.rank {
        1 => "lettre d’attente".to_owned(),
        rank => format!("{rank}e lettre d’attente"),
    };
    let words = format!(
        "Réponse annoncée pour le {} ({rank} du {}). Suivi interne\u{202f}: aucune date légale n’a changé.",
        plain_date(letter.announced_on),
        plain_date(letter.written_on)
    );
    BesideNote::new(words)
        .watching(letter.announced_on, today)
        .said("La raison donnée", letter.reason.as_deref())
}

fn of_transfer(transfer: &TransferRow) -> BesideNote {
    let names: Vec<&str> = [&transfer.name, &transfer.service]
        .into_iter()
        .filter_map(Option::as_deref)
        .collect();
    let words = format!(
        "Transmis {} ({}) le {}, sans retour noté. Les délais courent.",
        words::transferred_to(transfer.recipient),
        names.join(", "),
        plain_date(transfer.transferred_on)
    );
    BesideNote::new(words)
        .said("Pourquoi", transfer.purpose.as_deref())
        .act("retour-de-transmission", "Noter le retour")
}

fn of_mediation(last: &MediationRow, today: NaiveDate) -> BesideNote {
    let number = last.number.as_ref();
    let number = number.map_or_else(String::new, |number| format!(", numéro {number}"));
    let referral = format!(
        "Médiateur saisi {} le {}{number}.",
        words::referred_by(last.referred_by),
        plain_date(last.referred_on)
    );
    let parts = [
        Some(referral),
        documents(last),
        opinion(last),
        follow_up(last),
    ];
    let words: Vec<String> = parts.into_iter().flatten().collect();
    let note = BesideNote::new(words.join(" ")).said("L’avis", last.opinion.as_deref());
    let awaits_documents = last.is_open() && last.documents_sent_on.is_none();
    let due_on = match last.follow_up_on.filter(|_| last.awaits_follow_up()) {
        None => Some(last.documents_due_on).filter(|_| awaits_documents),
        due_on => due_on,
    };
    let note = match due_on {
        Some(day) => note.watching(day, today),
        None => note,
    };
    let note = if awaits_documents {
        note.act("mediation-documents", "Noter l’envoi des documents")
    } else {
        note
    };
    if last.is_open() {
        note.act("mediation-avis", "Noter l’avis")
    } else if last.awaits_follow_up() {
        note.act("mediation-suites", "Noter que c’est fait")
    } else {
        note
    }
}

fn documents(last: &MediationRow) -> Option<String> {
    match (last.documents_sent_on, last.is_open()) {
        (Some(on), _) => Some(format!("Documents envoyés le {}.", plain_date(on))),
        (None, true) => Some(format!(
            "Documents à envoyer au plus tard le {}.",
            plain_date(last.documents_due_on)
        )),
        (None, false) => None,
    }
}

fn opinion(last: &MediationRow) -> Option<String> {
    let on = plain_date(last.opinion_on?);
    Some(match last.issue? {
        Issue::NoOpinion => format!("Médiation finie le {on}, sans avis."),
        issue @ (Issue::Followed | Issue::NotFollowed) => {
            format!("Avis rendu le {on}, {}.", words::issue(issue))
        }
    })
}

fn follow_up(last: &MediationRow) -> Option<String> {
    match (last.follow_up_on, last.followed_up_on) {
        (_, Some(on)) => Some(format!("Suites faites le {}.", plain_date(on))),
        (Some(on), None) => Some(format!(
            "Suites à faire au plus tard le {}.",
            plain_date(on)
        )),
        (None, None) => None,
    }
}

fn of_withdrawal(dossier: &Dossier, beside: &Beside) -> Option<BesideNote> {
    let taken = beside.withdrawal.as_ref()?;
    if dossier.case.status != Status::Withdrawn || taken.objected_at.is_some() {
        return None;
    }
    let words = format!(
        "Retiré à la demande de la personne, {} le {}. Elle est prévenue et peut s’y opposer.",
        words::asked_through(taken.channel),
        plain_date(taken.asked_on)
    );
    Some(BesideNote::new(words).act("annulation-du-retrait", "Noter une opposition"))
}
