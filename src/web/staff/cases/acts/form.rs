//! What the page of an act says and asks, and why the act was not done.

use crate::case::ActError;
use crate::db::DbError;
use crate::web::AppError;
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::Field;

/// What the page of an act says and asks.
#[derive(Debug, Default)]
pub(in crate::web::staff) struct ActForm {
    /// What it does, in a sentence or two.
    pub(super) what: String,
    /// What follows from it, on this case.
    pub(super) effects: Vec<Effect>,
    /// What it asks.
    pub(super) fields: Vec<Field>,
    /// Where to get what it needs: a page below the case, and what its link says.
    pub(super) source: Option<(&'static str, &'static str)>,
    /// Whether something is still missing that only another page gives.
    pub(super) is_not_yet: bool,
}

impl ActForm {
    /// An act that does `what`.
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..Self::default()
        }
    }

    /// With a consequence.
    pub(super) fn effect(mut self, words: impl Into<String>) -> Self {
        self.effects.push(Effect {
            words: words.into(),
            why: Vec::new(),
        });
        self
    }

    /// With where to get what it needs.
    pub(super) fn leading_to(mut self, source: (&'static str, &'static str)) -> Self {
        self.source = Some(source);
        self
    }

    /// That cannot be done yet: its button is not offered.
    pub(super) fn not_yet(mut self) -> Self {
        self.is_not_yet = true;
        self
    }

    /// With a field.
    pub(super) fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }
}

/// A consequence of an act.
#[derive(Debug)]
pub(in crate::web::staff) struct Effect {
    /// What will be.
    pub(super) words: String,
    /// Why, to unfold.
    pub(super) why: Vec<String>,
}

/// Why an act was not done.
pub(in crate::web::staff) enum Refused {
    /// Something typed is to be corrected.
    Fields(FormErrors),
    /// The case stands in the way.
    Act(ActError),
    /// The page fails.
    Page(AppError),
}

impl Refused {
    /// One field is to be corrected.
    pub(super) fn at(field: &'static str, message: impl Into<String>) -> Self {
        let mut errors = FormErrors::default();
        errors.push(field, message);
        Self::Fields(errors)
    }
}

impl From<ActError> for Refused {
    fn from(error: ActError) -> Self {
        Self::Act(error)
    }
}

impl From<AppError> for Refused {
    fn from(error: AppError) -> Self {
        Self::Page(error)
    }
}

impl From<DbError> for Refused {
    fn from(error: DbError) -> Self {
        Self::Page(error.into())
    }
}
