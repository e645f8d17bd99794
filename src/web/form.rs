//! What a refused form shows: the message of each field, in the order of the page.

use std::borrow::Cow;

/// A message tied to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldMessage {
    /// Id of the field on the page, the target of the summary's link.
    pub(crate) field: Cow<'static, str>,
    /// What to do, in French: « Indiquez… ».
    pub(crate) message: String,
}

/// The messages of a refused form; none when it is shown for the first time.
#[derive(Clone, Debug, Default)]
pub(crate) struct FormErrors(Vec<FieldMessage>);

impl FormErrors {
    /// Adds a message, after those that are there.
    pub(crate) fn push(&mut self, field: impl Into<Cow<'static, str>>, message: impl Into<String>) {
        self.0.push(FieldMessage {
            field: field.into(),
            message: message.into(),
        });
    }

    /// Whether the form can be taken.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every message, for the summary.
    pub(crate) fn all(&self) -> &[FieldMessage] {
        &self.0
    }

    /// The message of one field.
    pub(crate) fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }
}

impl FromIterator<FieldMessage> for FormErrors {
    fn from_iter<T: IntoIterator<Item = FieldMessage>>(messages: T) -> Self {
        Self(messages.into_iter().collect())
    }
}
