//! One case: its page, and one file for each act on it.

pub(super) mod acknowledgement;
pub(super) mod answer;
mod answer_view;
pub(super) mod assignment;
mod attempt;
mod clock_cards;
pub(super) mod delivery;
mod desk;
pub(super) mod file;
pub(super) mod files;
mod forms;
mod journal_lines;
mod loaded;
pub(super) mod message;
mod nature_note;
mod next_step;
pub(super) mod note;
mod opinion;
mod page;
mod person;
pub(super) mod posting;
pub(super) mod pressed;
mod refused;
pub(super) mod requalification;
pub(super) mod search;
pub(super) mod show;
mod thread_entries;
