//! What a step's form sends: the fields of the person, and a few of ours.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::case::Nature;
use crate::case::filing::{Field, TypedFiling};
use crate::web::public::deposit::seen::Seen;

/// A posted form, before anything is checked.
#[derive(Deserialize)]
#[serde(from = "BTreeMap<String, String>")]
pub(super) struct Posted {
    /// The anti-forgery token.
    pub(super) csrf: String,
    /// What the form was shown for, kept in it so that it can be shown again when the draft
    /// cannot be read.
    pub(super) shown_for: Option<Nature>,
    /// What the form was shown with.
    pub(super) seen: Option<Seen>,
    /// What to do once the step is saved.
    pub(super) then: Then,
    /// The trap: no person sees it, so no person fills it in.
    pub(super) trap: String,
    /// Sent from the page that asks for one more confirmation.
    pub(super) is_confirmed: bool,
    /// The fields of the person.
    pub(super) typed: TypedFiling,
}

/// What to do once a step is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// Go on: the step must be right.
    Continue,
    /// Turn the request into a complaint: the step is kept as it is.
    Complaint,
    /// Ask for a link to take the draft up later: the step is kept as it is.
    Resume,
}

impl Then {
    fn of(button: &str) -> Self {
        match button {
            "complaint" => Self::Complaint,
            "resume" => Self::Resume,
            _ => Self::Continue,
        }
    }
}

impl From<BTreeMap<String, String>> for Posted {
    fn from(mut named: BTreeMap<String, String>) -> Self {
        let mut take = |name: &str| named.remove(name).unwrap_or_default();
        Self {
            csrf: take("csrf"),
            shown_for: Nature::from_code(&take("shown_for")),
            seen: Seen::parse(&take("version")),
            then: Then::of(&take("then")),
            trap: take("site_web"),
            is_confirmed: take("confirmed") == "yes",
            typed: TypedFiling::from(named),
        }
    }
}

impl Posted {
    /// What was typed, as far as the form alone can tell: for a draft that is gone.
    pub(super) fn alone(&self) -> TypedFiling {
        let mut typed = self.typed.clone();
        if let (Some(nature), true) = (self.shown_for, typed.get(Field::Intent).is_empty()) {
            typed.set(Field::Intent, nature.code());
        }
        typed
    }
}
