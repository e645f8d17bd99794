//! The post: letters that wait, are made ready to print, and leave on a day someone vouches for.
//!
//! ```text
//! asked ──▶ prepared ──▶ posted      a letter: its pages are made once, and kept as they are printed
//!    └──────────────────▶ posted     one that somebody wrote otherwise
//! ```
//!
//! A scan that was kept proves what was posted. What left by e-mail is kept as a letter too.

mod compose;
mod emailed;
mod list;
mod messages;
mod pieces;
mod posted;
mod prepare;
mod prove;
mod remaining;
mod run;
mod tracking;

pub use emailed::keep_emailed;
pub use list::{Place, Waiting, WaitingPage, page, visible};
pub use pieces::{
    Enclosing, Piece, enclose, of_run as pieces_of_run, of_tasks as pieces, print_apart,
};
pub use posted::{Posting, posted};
pub use prepare::{Cannot, prepare};
pub use prove::prove;
pub(in crate::case) use remaining::unposted_emails;
pub use run::{Printed, begin_run, of_run, sheets};
pub use tracking::{NoTrackingNumber, TrackingNumber};

/// The id of a letter on the list of what must be posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaskId(pub i64);

/// The id of a printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunId(pub i64);

/// Most letters of one printing.
pub const MOST_PRINTED: usize = 50;
