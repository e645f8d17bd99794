//! A case that staff enter by hand: a letter, an e-mail, a call, a visit (R7, R8).
//!
//! What is typed is kept in a draft of the member of staff until it is registered; registering is
//! one act, with the same rows, the same journal and the same acknowledgement as a case filed on
//! the site.

mod dated;
mod draft;
mod enter;
mod faults;
mod parse;
mod typed;

pub use dated::Dated;
pub use draft::{Unfinished, discard, keep, load, unfinished};
pub(in crate::case) use enter::acknowledge;
pub use enter::{enter, registered};
pub use faults::{EntryFault, EntryFaults, EntryProblem, Spoken};
pub use parse::{ByHand, parse, parse_dated};
pub use typed::{EntryField, TypedEntry};
