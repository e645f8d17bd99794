//! `/gestion/reglages`: what administrators set, and what the law still waits for.

mod catalogue;
mod index;
mod labels;
mod list_change;
mod setting;
mod words;

pub(super) use catalogue::show as show_list;
pub(super) use index::index;
pub(super) use labels::{show as show_labels, update as change_label};
pub(super) use list_change::create as change_list;
pub(super) use setting::{show, update};
pub(super) use words::label;
