//! The thread of a case: what was filed, messages, answers and e-mails, and internal notes apart.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::case::answer::{AnswerState, Written};
use crate::case::thread::{Item, ItemKind};
use crate::case::{Nature, PostalKind, Purpose};
use crate::mail::outbox::Tracked;
use crate::web::staff::cases::delivery::Delivery;
use crate::web::staff::cases::letters::{by_post, pdf_of_email, printed, tracking_of_answer};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::moment::Moment;
use crate::web::staff::words;

/// One entry of the thread.
pub(in crate::web::staff) struct Entry {
    at: DateTime<Utc>,
    pub(super) lane: Lane,
    /// Whether we wrote it.
    pub(super) is_ours: bool,
    pub(super) who: String,
    /// What it is, when it is no plain message.
    pub(super) what: Option<&'static str>,
    pub(super) moment: Moment,
    pub(super) text: String,
    /// What the person expects, on what they filed.
    pub(super) expectation: Option<String>,
    pub(super) delivery: Option<Delivery>,
    pub(super) is_letter: bool,
    /// Address of the letter as it is printed.
    pub(super) pdf: Option<String>,
}

/// Who can read an entry: each lane has its colour, its shape and its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web::staff) enum Lane {
    /// The person and us, on the page of the case.
    Public,
    /// What left by e-mail or by post, of which the page keeps no text.
    Carried,
    /// Staff only.
    Note,
}

impl Lane {
    /// The class of its entries.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Carried => "carried",
            Self::Note => "note",
        }
    }

    /// Whether only staff read it.
    pub(super) const fn is_note(self) -> bool {
        matches!(self, Self::Note)
    }

    /// Whether the person reads it on the page of the case.
    pub(super) const fn is_public(self) -> bool {
        matches!(self, Self::Public)
    }
}

impl Entry {
    fn new(at: DateTime<Utc>, who: String, text: String) -> Self {
        Self {
            at,
            lane: Lane::Public,
            is_ours: false,
            who,
            what: None,
            moment: Moment::of(at),
            text,
            expectation: None,
            delivery: None,
            is_letter: false,
            pdf: None,
        }
    }

    fn ours(mut self) -> Self {
        self.is_ours = true;
        self
    }

    fn on(mut self, lane: Lane) -> Self {
        self.lane = lane;
        self
    }

    fn what(mut self, what: &'static str) -> Self {
        self.what = Some(what);
        self
    }
}

/// The thread, newest first.
pub(super) fn entries(loaded: &Loaded) -> Vec<Entry> {
    let mut told: HashSet<i64> = loaded.items.iter().filter_map(|item| item.outbox).collect();
    told.extend(loaded.answers.iter().filter_map(|one| one.row.outbox_id));
    let is_told = |item: &Item| {
        item.kind == ItemKind::Letter(PostalKind::Answer) && !loaded.answers.is_empty()
    };
    let mut entries: Vec<Entry> = loaded
        .items
        .iter()
        .filter(|item| !is_told(item))
        .filter_map(|item| exchanged(loaded, item))
        .collect();
    entries.extend(
        loaded
            .answers
            .iter()
            .filter_map(|one| answered(loaded, one)),
    );
    entries.extend(
        loaded
            .emails
            .iter()
            .filter(|email| !told.contains(&email.id.0))
            .map(|one| email(loaded, one)),
    );
    // What answers a filing at once bears the same instant: it comes after.
    entries.push(filed(loaded));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    entries
}

fn person(loaded: &Loaded) -> String {
    let name = loaded.dossier.case.person_name.clone();
    name.unwrap_or_else(|| "Identité effacée".to_owned())
}

fn filed(loaded: &Loaded) -> Entry {
    let what = match loaded.dossier.case.nature_declared {
        Some(Nature::InformationRequest) => "Demande déposée",
        Some(Nature::Complaint) | None => "Réclamation déposée",
    };
    let filing = &loaded.dossier.filing;
    let mut entry = Entry::new(
        loaded.dossier.case.received_at,
        person(loaded),
        filing.facts.clone(),
    )
    .what(what);
    entry.expectation.clone_from(&filing.expectation);
    entry
}

/// A message, a note or a letter that has left; a letter that waits is a task, elsewhere.
pub(super) fn exchanged(loaded: &Loaded, item: &Item) -> Option<Entry> {
    let name = item
        .author
        .map_or_else(String::new, |id| loaded.colleagues.name(id).to_owned());
    let text = item.body.clone();
    match item.kind {
        ItemKind::FromPerson => {
            let entry = Entry::new(item.at, person(loaded), text);
            Some(if item.body.is_empty() {
                entry.what("Envoi de pièces, sans texte")
            } else {
                entry
            })
        }
        ItemKind::Disagreement => {
            Some(Entry::new(item.at, person(loaded), text).what("Désaccord avec la réponse"))
        }
        ItemKind::Withdrawal => {
            Some(Entry::new(item.at, person(loaded), text).what("Retrait par la personne"))
        }
        ItemKind::ToPerson(kind) => {
            let mut entry = Entry::new(item.at, name, text)
                .ours()
                .what(words::message(kind));
            entry.is_letter = item.outbox.is_none();
            entry.pdf = item.outbox.and_then(|id| pdf_of_email(loaded, id));
            entry.delivery = Some(match item.outbox {
                Some(id) => of_email(loaded, id),
                None => by_post(item.posted_on, None),
            });
            Some(entry)
        }
        ItemKind::Note => Some(Entry::new(item.at, name, text).on(Lane::Note)),
        ItemKind::Letter(kind) => item.posted_on.map(|on| {
            let mut entry = Entry::new(item.at, name, String::new())
                .ours()
                .on(Lane::Carried)
                .what(words::letter(kind));
            entry.is_letter = true;
            entry.pdf = printed(loaded, |file| file.postal_task == Some(item.id));
            entry.delivery = Some(by_post(Some(on), item.tracking.as_deref()));
            entry
        }),
    }
}

fn answered(loaded: &Loaded, written: &Written) -> Option<Entry> {
    let row = &written.row;
    let letter = row.letter.clone()?;
    let sent_at = row.sent_at.unwrap_or(row.written_at);
    let name = loaded.colleagues.name(row.author()).to_owned();
    let mut entry = Entry::new(sent_at, name, letter)
        .ours()
        .what("Réponse motivée");
    entry.is_letter = row.outbox_id.is_none();
    entry.pdf = printed(loaded, |file| file.answer == Some(row.id));
    let is_held = row.held_until.is_some_and(|until| {
        let email = row.outbox_id.and_then(|id| loaded.email(id));
        email.is_some_and(|email| email.standing.is_held_until(until))
    });
    entry.delivery = Some(match (row.outbox_id, row.state) {
        _ if is_held => Delivery::held(),
        (Some(id), AnswerState::Draft | AnswerState::Leaving) => of_email(loaded, id),
        (_, AnswerState::HandedOver) => handed_over(
            row.outbox_id.map(|id| of_email(loaded, id)),
            (
                row.handed_over_on,
                tracking_of_answer(loaded, row.handed_over_on),
            ),
        ),
        (None, AnswerState::Draft | AnswerState::Leaving) => by_post(None, None),
    });
    Some(entry)
}

/// An answer that left by post after its e-mail failed is told by the post.
fn handed_over(
    email: Option<Delivery>,
    (on, tracking): (Option<NaiveDate>, Option<&str>),
) -> Delivery {
    match email {
        Some(email) if email.tone == "ok" => email,
        Some(_) | None => by_post(on, tracking),
    }
}

fn email(loaded: &Loaded, email: &Tracked) -> Entry {
    let what = Purpose::from_code(&email.purpose).map_or("Courriel", words::purpose);
    let mut entry = Entry::new(
        email.queued_at,
        "Courriel automatique".to_owned(),
        String::new(),
    )
    .ours()
    .on(Lane::Carried)
    .what(what);
    entry.delivery = Some(Delivery::of(email.standing));
    entry.pdf = pdf_of_email(loaded, email.id.0);
    entry
}

fn of_email(loaded: &Loaded, id: i64) -> Delivery {
    loaded.email(id).map_or_else(
        || Delivery {
            tone: "",
            badge: "Courriel ancien",
            words: "Voir le journal.".to_owned(),
        },
        |email| Delivery::of(email.standing),
    )
}

/// The letters that wait to be posted, oldest first, but those of `shown`.
pub(super) fn to_post(items: &[Item], shown: Option<PostalKind>) -> Vec<&Item> {
    items
        .iter()
        .rev()
        .filter(|item| match item.kind {
            ItemKind::Letter(kind) => item.posted_on.is_none() && Some(kind) != shown,
            ItemKind::FromPerson
            | ItemKind::Disagreement
            | ItemKind::Withdrawal
            | ItemKind::ToPerson(_)
            | ItemKind::Note => false,
        })
        .collect()
}
