//! What became of what was said, and what can be wrong with a case entered by hand.

use chrono::NaiveDate;

use crate::case::entry::typed::EntryField;
use crate::case::filing::{DateError, FieldError, Text, TextError};

/// What became of a complaint by word of mouth on the day itself (R8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// The person was satisfied at once: how.
    Satisfied(Text<1, 2_000>),
    /// They were not; when they were invited to write, if they were.
    Invited(Option<NaiveDate>),
}

/// A field and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryFault {
    /// A field of the form of the site.
    Shared(FieldError),
    /// A field of this form alone.
    Own(EntryField, EntryProblem),
}

/// What can be wrong with a field of this form alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryProblem {
    /// Nothing was typed, or something that was not offered.
    #[error("an answer is missing")]
    Missing,
    /// Not a date, or one to come.
    #[error(transparent)]
    Date(#[from] DateError),
    /// Received before it was written.
    #[error("received before it was written")]
    ReceivedBeforeWritten,
    /// Invited to write before the complaint was made.
    #[error("before it was said")]
    BeforeSaid,
    /// Too long, or with control characters.
    #[error(transparent)]
    Text(TextError),
}

impl From<TextError> for EntryProblem {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Missing => Self::Missing,
            TextError::TooShort { .. }
            | TextError::TooLong { .. }
            | TextError::ControlCharacter { .. } => Self::Text(error),
        }
    }
}

/// All the faults, in the order of the page; never empty.
pub type EntryFaults = Vec<EntryFault>;
