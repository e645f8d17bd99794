//! One case: its page, and its acts.

pub(super) mod acts;
mod alerts;
pub(super) mod answer;
mod answer_view;
mod beside_notes;
mod clock_cards;
pub(in crate::web::staff) mod delivery;
pub(in crate::web::staff) mod desk;
mod erased;
pub(super) mod file;
pub(super) mod files;
mod forms;
mod header;
mod journal_lines;
mod letters;
mod loaded;
pub(super) mod mediation_file;
mod menu;
mod nature_note;
mod next_step;
mod opinion;
mod outside_lines;
mod page;
pub(in crate::web::staff) mod person;
mod refused;
pub(super) mod show;
mod thread_entries;
