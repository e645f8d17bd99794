//! The pages where one chooses how it reached us, and types what it says.

use askama::Template;

use crate::case::Channel;
use crate::case::catalogue::{Catalogue, Listed};
use crate::case::draft::DraftId;
use crate::case::entry::{EntryField, TypedEntry, Unfinished};
use crate::case::filing::{Capacity, Field, SubscriptionPath};
use crate::web::form::FormErrors;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::entry::form_address;
use crate::web::staff::entry::preview::Preview;
use crate::web::staff::moment::Moment;
use crate::web::staff::words;
use crate::web::{AppState, urls};

/// `templates/staff/entry/choose.html`.
#[derive(Template)]
#[template(path = "staff/entry/choose.html")]
pub(super) struct ChoosePage {
    shell: Shell,
    channels: Vec<Way>,
    unfinished: Vec<Begun>,
    /// One was just given up.
    is_gone: bool,
}

/// A way to reach us.
struct Way {
    address: String,
    label: &'static str,
    hint: &'static str,
}

/// A draft that was not registered.
struct Begun {
    address: String,
    label: String,
    changed: Moment,
    kept_until: Moment,
}

impl ChoosePage {
    pub(super) fn new(
        state: &AppState,
        current: &CurrentStaff,
        unfinished: &[Unfinished],
        is_gone: bool,
    ) -> Self {
        let channels = Channel::ALL
            .iter()
            .filter(|channel| **channel != Channel::Web);
        Self {
            shell: current.shell(state),
            channels: channels.map(|channel| Way::of(*channel)).collect(),
            unfinished: unfinished.iter().map(Begun::of).collect(),
            is_gone,
        }
    }
}

impl Way {
    fn of(channel: Channel) -> Self {
        Self {
            address: format!("{}?canal={}", urls::STAFF_ENTRY, channel.code()),
            label: words::channel(channel),
            hint: match channel {
                Channel::Post => {
                    "Une lettre. Gardez l’enveloppe\u{202f}: le cachet de la poste fait foi."
                }
                Channel::Email => "Un courriel reçu hors du site.",
                Channel::Phone => "Un appel. Aucun délai légal tant que rien n’est écrit.",
                Channel::Counter => "Une visite. Aucun délai légal tant que rien n’est écrit.",
                Channel::Web => "",
            },
        }
    }
}

impl Begun {
    fn of(draft: &Unfinished) -> Self {
        let channel = Channel::from_code(draft.typed.own(EntryField::Channel));
        let name = format!(
            "{} {}",
            draft.typed.shared(Field::FirstName),
            draft.typed.shared(Field::LastName)
        );
        let name = match name.trim() {
            "" => "sans nom",
            name => name,
        };
        Self {
            address: form_address(draft.id),
            label: format!("{}, {name}", channel.map_or("Sans canal", words::channel)),
            changed: Moment::of(draft.updated_at),
            kept_until: Moment::of(draft.expires_at),
        }
    }
}

/// `templates/staff/entry/form.html`.
#[derive(Template)]
#[template(path = "staff/entry/form.html")]
pub(super) struct FormPage {
    shell: Shell,
    pub(super) errors: FormErrors,
    draft: String,
    typed: TypedEntry,
    channel: Channel,
    /// The other channel of the same kind: a letter or an e-mail, a call or a visit.
    channels: Vec<Choice>,
    capacities: Vec<Choice>,
    paths: Vec<Choice>,
    products: Vec<Choice>,
    subjects: Vec<Choice>,
    pub(super) preview: Option<Preview>,
}

/// A line of a closed list.
struct Choice {
    /// On the page, of a radio button; the first has the name of its field.
    id: String,
    code: String,
    label: String,
    is_chosen: bool,
}

impl FormPage {
    pub(super) fn new(
        state: &AppState,
        current: &CurrentStaff,
        (draft, typed): (DraftId, &TypedEntry),
        catalogue: &Catalogue,
    ) -> Self {
        let channel = Channel::from_code(typed.own(EntryField::Channel));
        let channel = channel.filter(|channel| *channel != Channel::Web);
        let channel = channel.unwrap_or(Channel::Post);
        let capacity = typed.shared(Field::Capacity);
        let path = typed.shared(Field::SubscriptionPath);
        Self {
            shell: current.shell(state),
            errors: FormErrors::default(),
            draft: draft.0.to_string(),
            channels: channels(channel),
            capacities: Capacity::ALL
                .iter()
                .map(|one| Choice::new(one.code(), words::capacity(*one), capacity))
                .collect(),
            paths: SubscriptionPath::ALL
                .iter()
                .map(|one| Choice::new(one.code(), words::subscription_path(*one), path))
                .collect(),
            products: listed(&catalogue.products, typed.shared(Field::Product)),
            subjects: listed(&catalogue.subjects, typed.shared(Field::Subject)),
            typed: typed.clone(),
            channel,
            preview: None,
        }
    }

    fn of(&self, name: &str) -> &str {
        self.typed.get(name)
    }

    const fn reach_hint(&self) -> &'static str {
        if self.channel.is_oral() {
            "E-mail, adresse postale ou téléphone\u{202f}: il en faut au moins un."
        } else {
            "E-mail ou adresse postale\u{202f}: il en faut au moins une."
        }
    }

    const fn facts_caption(&self) -> &'static str {
        if self.channel.is_oral() {
            "Ce qu’elle a dit"
        } else {
            "Ce qu’elle a écrit"
        }
    }
}

impl Choice {
    fn new(code: &str, label: &str, chosen: &str) -> Self {
        Self {
            id: code.to_owned(),
            code: code.to_owned(),
            label: label.to_owned(),
            is_chosen: code == chosen,
        }
    }
}

/// The channels of the same kind as this one.
fn channels(chosen: Channel) -> Vec<Choice> {
    let same_kind = Channel::ALL
        .iter()
        .filter(|one| **one != Channel::Web && one.is_oral() == chosen.is_oral());
    let name = EntryField::Channel.code();
    same_kind
        .enumerate()
        .map(|(place, one)| Choice {
            id: match place {
                0 => name.to_owned(),
                _ => format!("{name}-{}", one.code()),
            },
            ..Choice::new(one.code(), words::channel(*one), chosen.code())
        })
        .collect()
}

/// What is offered, and what was chosen even if it is offered no more.
fn listed(list: &[Listed], chosen: &str) -> Vec<Choice> {
    list.iter()
        .filter(|line| !line.is_retired || line.code == chosen)
        .map(|line| Choice::new(&line.code, &line.label, chosen))
        .collect()
}
