//! `/gestion/dossiers/nouveau`: registering by hand, in two pages. What is typed is kept at each
//! step; nothing is registered before the second page has shown what follows from it.

pub(super) mod check;
pub(super) mod draft;
mod facts;
pub(super) mod files;
pub(super) mod form;
mod messages;
mod page;
mod preview;
pub(super) mod register;

use uuid::Uuid;

use crate::case::draft::DraftId;
use crate::web::{AppError, urls};

/// The second page of a draft; what is done with it is below.
fn check_address(draft: DraftId) -> String {
    format!("{}/{}", urls::STAFF_ENTRY, draft.0)
}

/// The form of a draft, to go on typing.
fn form_address(draft: DraftId) -> String {
    format!("{}?brouillon={}", urls::STAFF_ENTRY, draft.0)
}

/// The draft that an address names.
fn parse_draft(text: &str) -> Result<DraftId, AppError> {
    Uuid::try_parse(text)
        .map(DraftId)
        .map_err(|_unreadable| AppError::NotFound)
}
