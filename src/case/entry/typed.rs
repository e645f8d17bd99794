//! What staff typed of a case, before anything is checked.

use std::collections::BTreeMap;

use crate::case::filing::{Field, TypedFiling};
use crate::db::text_code;

text_code! {
    /// A field that the form of the site does not have; its code is also its name in the page.
    pub enum EntryField {
        /// How it reached us.
        Channel => "channel",
        /// Complaint, request, or `open`: to be qualified.
        Nature => "nature",
        /// Postmark, or date of the e-mail.
        WrittenOn => "written_on",
        /// When it reached us.
        ReceivedOn => "received_on",
        /// When it was said.
        ExpressedOn => "expressed_on",
        /// Whether what was said was satisfied at once: `yes` or `no`.
        Satisfied => "satisfied",
        /// How.
        HowSatisfied => "how_satisfied",
        /// When the person was invited to write.
        InvitedOn => "invited_on",
    }
}

/// Longest text kept of a field: beyond any that can be registered.
const MAX_CHARS: usize = 10_000;

/// Everything typed, by the name of its field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedEntry(BTreeMap<String, String>);

impl TypedEntry {
    /// What a form sent: names that are no field are left out, and what the database cannot keep.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let is_known =
            |name: &str| Field::from_code(name).is_some() || EntryField::from_code(name).is_some();
        let kept = |text: String| {
            text.chars()
                .filter(|c| *c != '\0')
                .take(MAX_CHARS)
                .collect()
        };
        Self(
            pairs
                .into_iter()
                .filter(|(name, _)| is_known(name))
                .map(|(name, text)| (name, kept(text)))
                .collect(),
        )
    }

    /// What was typed in a field of this form alone.
    pub fn own(&self, field: EntryField) -> &str {
        self.get(field.code())
    }

    /// What was typed in a field that the form of the site has too.
    pub fn shared(&self, field: Field) -> &str {
        self.get(field.code())
    }

    /// What was typed under a name.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The fields that the form of the site has too.
    pub fn filing(&self) -> TypedFiling {
        TypedFiling::from(self.0.clone())
    }

    /// As a draft keeps it.
    pub(super) const fn named(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}
