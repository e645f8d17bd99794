//! What the form of an act held when it was sent, as typed.

use url::form_urlencoded;

use crate::web::AppError;
use crate::web::staff::cases::desk::Shown;

/// The fields of an act and what was typed in each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::web::staff) struct Typed(Vec<(String, String)>);

/// The fields that are the frame's own.
const FRAME: [&str; 4] = ["version", "vu", COMMAND, PREVIEWED];
/// Which button was pressed.
const COMMAND: &str = "faire";
/// What was typed when the consequences were last shown.
const PREVIEWED: &str = "apercu";

/// A form as it arrived.
pub(super) struct Posted {
    /// The case as it was shown.
    pub(super) shown: Shown,
    /// The fields of the act.
    pub(super) typed: Typed,
    /// Which button was pressed; empty for the one of the act.
    pub(super) command: String,
    /// Whether the consequences of just this were shown.
    pub(super) was_previewed: bool,
}

impl Posted {
    /// Tells the frame's fields from the act's.
    pub(super) fn read(pairs: Vec<(String, String)>) -> Result<Self, AppError> {
        let all = Typed(pairs);
        let shown = Shown {
            version: all.of("version").parse().ok().ok_or(AppError::BadForm)?,
            last_line: all.of("vu").parse().unwrap_or_default(),
        };
        let (command, previewed) = (all.of(COMMAND).to_owned(), all.of(PREVIEWED).to_owned());
        let typed = all.own();
        Ok(Self {
            shown,
            was_previewed: typed.fingerprint() == previewed,
            typed,
            command,
        })
    }
}

impl Typed {
    /// Of the query of an address.
    pub(super) fn asked(pairs: Vec<(String, String)>) -> Self {
        Self(pairs).own()
    }

    fn own(mut self) -> Self {
        self.0.retain(|(name, _)| !FRAME.contains(&name.as_str()));
        self
    }

    /// Its fields, to be kept.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// What was typed in a field; nothing when it is not there.
    pub(in crate::web::staff) fn of(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(its_name, _)| its_name == name)
            .map_or("", |(_, value)| value)
    }

    /// Every value of a field that can have several.
    pub(in crate::web::staff) fn every<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = &'a str> {
        let of_it = self.0.iter().filter(move |(its_name, _)| its_name == name);
        of_it.map(|(_, value)| value.as_str())
    }

    /// With this in a field.
    pub(in crate::web::staff) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(its_name, _)| its_name != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Where a field is empty here, what `other` has in it.
    pub(super) fn or(mut self, other: Self) -> Self {
        for (name, value) in other.0 {
            if self.of(&name).is_empty() {
                self = self.with(&name, value);
            }
        }
        self
    }

    /// The same text for the same fields.
    pub(super) fn fingerprint(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }
}
