//! The faults of a form, and the reader that collects them.

use crate::case::catalogue::ListError;
use crate::case::filing::situation::DateError;
use crate::case::filing::text::TextError;
use crate::case::filing::typed::{Field, TypedFiling};
use crate::mail::AddressError;

/// A field, and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field to correct.
    pub field: Field,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing was typed, nothing was chosen, or something that was not offered.
    #[error("an answer is missing")]
    Missing,
    /// Neither e-mail nor postal address: said of the e-mail field.
    #[error("neither e-mail nor postal address")]
    NowhereToAnswer,
    /// Too long, too short, or with control characters.
    #[error(transparent)]
    Text(TextError),
    /// Not an e-mail address.
    #[error(transparent)]
    Email(#[from] AddressError),
    /// Prefers to be answered in a way that was not given: said of the field of that way.
    #[error("no address for the preferred way")]
    NoAddressForPreference,
    /// Not on the list, or no longer.
    #[error(transparent)]
    List(#[from] ListError),
    /// Not a date, or one to come.
    #[error(transparent)]
    Date(#[from] DateError),
}

impl From<TextError> for Problem {
    fn from(error: TextError) -> Self {
        if error == TextError::Missing {
            Self::Missing
        } else {
            Self::Text(error)
        }
    }
}

/// All the faults of a form or of a step, in the order of its fields; never empty.
pub type FieldErrors = Vec<FieldError>;

pub(super) fn choice<T>(read: impl Fn(&str) -> Option<T>) -> impl Fn(&str) -> Result<T, Problem> {
    move |typed| read(typed).ok_or(Problem::Missing)
}

pub(super) fn yes_or_no(typed: &str) -> Option<bool> {
    match typed {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// Reads fields one after the other and keeps the faults.
pub(super) struct Reader<'a> {
    pub(super) typed: &'a TypedFiling,
    faults: FieldErrors,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(typed: &'a TypedFiling) -> Self {
        Self {
            typed,
            faults: Vec::new(),
        }
    }

    /// The value of a field, or nothing and a fault noted.
    pub(super) fn take<T, E: Into<Problem>>(
        &mut self,
        field: Field,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match parse(self.typed.get(field)) {
            Ok(value) => Some(value),
            Err(error) => {
                self.note(field, error.into());
                None
            }
        }
    }

    pub(super) fn note(&mut self, field: Field, problem: Problem) {
        self.faults.push(FieldError { field, problem });
    }

    /// The whole, unless a fault was noted.
    pub(super) fn finish<T>(self, whole: impl FnOnce() -> Option<T>) -> Result<T, FieldErrors> {
        if self.faults.is_empty() {
            whole().ok_or(self.faults)
        } else {
            Err(self.faults)
        }
    }
}
