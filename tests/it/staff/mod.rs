//! The back office through the front door.

mod absences;
mod access;
mod accounts;
mod cases;
mod emails;
mod enrolment;
mod entry;
mod help;
mod inbox;
mod journal;
mod labels;
mod own;
mod persons;
pub(crate) mod post;
mod post_enclosed;
mod post_pieces;
mod retention;
mod search;
mod session;
mod settings;
mod sign_in;
mod templates;
