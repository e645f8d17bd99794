//! What a list can be narrowed by, as addresses and the page name it.

use crate::case::answer::Outcome;
use crate::case::catalogue::{Catalogue, Listed, label_of};
use crate::case::inbox::{DueWindow, Filters, HandledBy};
use crate::case::label::{Label, LabelId};
use crate::case::{Channel, Nature, Status};
use crate::staff::{Right, StaffId};
use crate::web::staff::colleagues::Colleagues;

/// A filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Text,
    Nature,
    State,
    Due,
    Handler,
    Product,
    Subject,
    Channel,
    Intermediary,
    Outcome,
    Label,
}

/// What the values of an address can mean.
pub(super) struct Known<'a> {
    /// Who reads.
    pub(super) me: StaffId,
    /// The people of the back office.
    pub(super) colleagues: &'a Colleagues,
    /// Products and subjects.
    pub(super) catalogue: &'a Catalogue,
    /// Labels, by name.
    pub(super) labels: &'a [Label],
}

/// A value and what people read.
pub(super) type Choice = (String, String);

/// A closed list: its name in addresses, what people read, what it means.
type Values<T> = &'static [(&'static str, &'static str, T)];

const NATURES: Values<Nature> = &[
    ("reclamation", "Réclamation", Nature::Complaint),
    (
        "demande",
        "Demande d’information",
        Nature::InformationRequest,
    ),
];
const STATES: Values<Status> = &[
    ("recue", "Reçue", Status::Received),
    ("accusee", "Accusée", Status::Acknowledged),
    ("repondue", "Répondue", Status::Answered),
    ("close", "Close", Status::Closed),
    ("retiree", "Retirée", Status::Withdrawn),
];
const WINDOWS: Values<DueWindow> = &[
    ("passee", "Passée", DueWindow::Late),
    ("aujourd-hui", "Aujourd’hui au plus tard", DueWindow::Today),
    ("3-jours", "Dans les 3\u{a0}jours", DueWindow::ThreeDays),
    ("7-jours", "Dans les 7\u{a0}jours", DueWindow::Week),
    ("30-jours", "Dans les 30\u{a0}jours", DueWindow::Month),
];
const CHANNELS: Values<Channel> = &[
    ("site", "Site", Channel::Web),
    ("e-mail", "Courriel", Channel::Email),
    ("courrier", "Courrier", Channel::Post),
    ("telephone", "Téléphone", Channel::Phone),
    ("guichet", "Guichet", Channel::Counter),
];
const OUTCOMES: Values<Outcome> = &[
    ("satisfaction", "Satisfaction", Outcome::Upheld),
    ("partielle", "Satisfaction partielle", Outcome::PartlyUpheld),
    ("refus", "Refus", Outcome::Rejected),
    ("sans-suite", "Sans suite", Outcome::NoAction),
];

/// Longest text that is looked for, in characters.
const MAX_TEXT: usize = 200;
const ME: &str = "moi";
const NOBODY: &str = "personne";

impl Field {
    /// In the order of the page.
    pub(super) const ALL: [Self; 11] = [
        Self::Text,
        Self::Nature,
        Self::State,
        Self::Due,
        Self::Handler,
        Self::Product,
        Self::Subject,
        Self::Channel,
        Self::Intermediary,
        Self::Outcome,
        Self::Label,
    ];

    /// Its name in addresses.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Text => "q",
            Self::Nature => "nature",
            Self::State => "etat",
            Self::Due => "echeance",
            Self::Handler => "gestionnaire",
            Self::Product => "produit",
            Self::Subject => "sujet",
            Self::Channel => "canal",
            Self::Intermediary => "intermediaire",
            Self::Outcome => "decision",
            Self::Label => "etiquette",
        }
    }

    /// Its name.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Text => "Recherche",
            Self::Nature => "Nature",
            Self::State => "État",
            Self::Due => "Échéance",
            Self::Handler => "Gestionnaire",
            Self::Product => "Produit",
            Self::Subject => "Sujet",
            Self::Channel => "Canal",
            Self::Intermediary => "Intermédiaire",
            Self::Outcome => "Décision",
            Self::Label => "Étiquette",
        }
    }

    /// What it offers; none when it is typed.
    pub(super) fn choices(self, known: &Known<'_>) -> Option<Vec<Choice>> {
        match self {
            Self::Text | Self::Intermediary => None,
            Self::Nature => Some(all(NATURES)),
            Self::State => Some(all(STATES)),
            Self::Due => Some(all(WINDOWS)),
            Self::Handler => Some(handlers(known)),
            Self::Product => Some(listed(&known.catalogue.products)),
            Self::Subject => Some(listed(&known.catalogue.subjects)),
            Self::Channel => Some(all(CHANNELS)),
            Self::Outcome => Some(all(OUTCOMES)),
            Self::Label => Some(labels(known)),
        }
    }

    /// Narrows by a value of the address, and says it in words; none when it means nothing.
    pub(super) fn apply(
        self,
        value: &str,
        known: &Known<'_>,
        filters: &mut Filters,
    ) -> Option<String> {
        match self {
            Self::Text => text(value, &mut filters.text),
            Self::Intermediary => text(value, &mut filters.intermediary),
            Self::Nature => choose(NATURES, value, &mut filters.nature),
            Self::State => choose(STATES, value, &mut filters.status),
            Self::Due => choose(WINDOWS, value, &mut filters.due),
            Self::Channel => choose(CHANNELS, value, &mut filters.channel),
            Self::Outcome => choose(OUTCOMES, value, &mut filters.outcome),
            Self::Product => line(&known.catalogue.products, value, &mut filters.product),
            Self::Subject => line(&known.catalogue.subjects, value, &mut filters.subject),
            Self::Handler => handler(value, known, &mut filters.handler),
            Self::Label => label(value, known, &mut filters.label),
        }
    }
}

fn all<T>(values: Values<T>) -> Vec<Choice> {
    let choice = |(code, words, _): &(&str, &str, T)| ((*code).to_owned(), (*words).to_owned());
    values.iter().map(choice).collect()
}

fn listed(list: &[Listed]) -> Vec<Choice> {
    let choice = |line: &Listed| (line.code.clone(), line.label.clone());
    list.iter().map(choice).collect()
}

fn handlers(known: &Known<'_>) -> Vec<Choice> {
    let able = known.colleagues.who_may(Right::WorkCases);
    let others = able.into_iter().filter(|one| one.id != known.me);
    [
        (ME.to_owned(), "Moi".to_owned()),
        (NOBODY.to_owned(), "Personne".to_owned()),
    ]
    .into_iter()
    .chain(others.map(|one| (one.id.0.to_string(), one.display_name.clone())))
    .collect()
}

fn labels(known: &Known<'_>) -> Vec<Choice> {
    let choice = |label: &Label| {
        let retired = if label.is_retired { " (retirée)" } else { "" };
        (label.id.0.to_string(), format!("{}{retired}", label.name))
    };
    known.labels.iter().map(choice).collect()
}

fn label(value: &str, known: &Known<'_>, into: &mut Option<LabelId>) -> Option<String> {
    let id: i64 = value.parse().ok()?;
    let label = known.labels.iter().find(|label| label.id.0 == id)?;
    *into = Some(label.id);
    Some(label.name.clone())
}

fn choose<T: Copy>(values: Values<T>, value: &str, into: &mut Option<T>) -> Option<String> {
    let (_, words, meant) = values.iter().find(|(code, ..)| *code == value)?;
    *into = Some(*meant);
    Some((*words).to_owned())
}

fn line(list: &[Listed], code: &str, into: &mut Option<String>) -> Option<String> {
    let label = label_of(list, code)?;
    *into = Some(code.to_owned());
    Some(label.to_owned())
}

fn text(value: &str, into: &mut Option<String>) -> Option<String> {
    let is_text = value.chars().count() <= MAX_TEXT && !value.contains(char::is_control);
    is_text.then(|| {
        *into = Some(value.to_owned());
        value.to_owned()
    })
}

fn handler(value: &str, known: &Known<'_>, into: &mut Option<HandledBy>) -> Option<String> {
    let (meant, words) = match value {
        ME => (HandledBy::Staff(known.me), "Moi".to_owned()),
        NOBODY => (HandledBy::Nobody, "Personne".to_owned()),
        id => {
            let id = StaffId(id.parse().ok()?);
            let name = known.colleagues.find(id)?.display_name.clone();
            (HandledBy::Staff(id), name)
        }
    };
    *into = Some(meant);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_name_in_addresses() {
        fn meant<T: Copy>(values: Values<T>) -> Vec<T> {
            values.iter().map(|(.., meant)| *meant).collect()
        }
        assert_eq!(meant(NATURES), Nature::ALL);
        assert_eq!(meant(STATES), Status::ALL);
        assert_eq!(meant(CHANNELS), Channel::ALL);
        assert_eq!(meant(OUTCOMES), Outcome::ALL);
    }

    #[test]
    fn a_text_is_short_and_has_no_control_character() {
        let mut into = None;
        assert_eq!(text("Dupont\0", &mut into), None);
        assert_eq!(text(&"é".repeat(201), &mut into), None);
        assert_eq!(into, None);
        assert_eq!(text("Dupont", &mut into).as_deref(), Some("Dupont"));
    }
}
