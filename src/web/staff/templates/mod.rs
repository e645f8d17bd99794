//! `/gestion/modeles`: the texts that staff start from, and what they become on a case.

mod edit;
mod index;
mod insert;
mod show;
mod words;

pub(super) use edit::{create, new, revise, update};
pub(super) use index::index;
pub(in crate::web::staff) use insert::{Known, filled};
pub(super) use show::{restore, retire, show};

use crate::case::templates::TemplateError;
use crate::web::{AppError, urls};

fn address(id: i64) -> String {
    format!("{}/{id}", urls::STAFF_TEMPLATES)
}

fn failure(error: TemplateError) -> AppError {
    match error {
        TemplateError::Unknown => AppError::NotFound,
        TemplateError::Stale => AppError::Internal(error.into()),
        TemplateError::Database(error) => error.into(),
    }
}
