//! `/gestion/reglages`: what administrators set, and what the law still waits for.

mod catalogue;
mod index;
mod list_change;
mod setting;
mod words;

pub(super) use catalogue::show as show_list;
pub(super) use index::index;
pub(super) use list_change::create as change_list;
pub(super) use setting::{show, update};
pub(super) use words::label;
