//! E-mails that reach us: kept as they came, then understood, then filed, held or set aside.
//!
//! ```text
//! store ──▶ new ──take──▶ filed           in the thread of a case, or as a new case
//!                  ├────▶ held            staff decide: another address, several cases, …
//!                  ├────▶ set aside       machines, if certain: they are never answered
//!                  └────▶ not understood  kept and shown as it came
//! ```
//!
//! An e-mail joins a thread by itself only if it answers an e-mail of ours, whose id nobody can guess,
//! and comes from the address of that case. Whatever else it says of itself is a hint for staff.

mod act;
mod bounced;
mod decide;
mod fit;
mod forget;
mod leads;
mod list;
mod missing;
mod open_case;
mod pieces;
mod read;
mod readable;
mod reference;
mod refusals;
mod room;
mod settle;
mod store;
mod suggest;
mod take;
mod thread;

pub use act::{Attached, FileError, attach, open, set_aside};
pub use forget::forget;
pub use list::{COUNTED, Listed, Section, n_to_decide, page};
pub use missing::missing_until;
pub use read::{FileRow, Letter, Part, PieceRow, Read, original, read};
pub(in crate::case) use readable::{MAY_BE_OF_ANY, answers_nothing_hidden};
pub use refusals::{SteppedOver, given, refused, stepped_over};
pub use room::{Folder, Position, Reached, failed, folder, is_ours, reached, rooms};
pub use store::{Fetched, Stored, is_known, store};
pub use suggest::{Suggestion, Why, suggestions};
pub use take::{TakeError, take, waiting};

use crate::db::text_code;
use crate::files::Refused;

/// The id of an e-mail that reached us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IncomingId(pub i64);

text_code! {
    /// Where an e-mail stands.
    pub enum State {
        /// Kept, and not understood yet.
        New => "new",
        /// With a case.
        Filed => "filed",
        /// Staff are to decide.
        Held => "held",
        /// Nothing is to be done.
        SetAside => "set_aside",
        /// It could not be read; staff are to decide.
        NotUnderstood => "not_understood",
    }
}

text_code! {
    /// Why an e-mail is held, or was not understood.
    pub enum Reason {
        /// It answers an e-mail of ours, from another address than that of the case.
        OtherSender => "other_sender",
        /// It answers an e-mail of ours that is no longer there.
        UnknownToken => "unknown_token",
        /// Its sender has an open case, and it answers no e-mail of ours.
        SenderHasCases => "sender_has_cases",
        /// It names the reference of a case: anyone can.
        ReferenceNamed => "reference_named",
        /// It says that an e-mail of ours did not arrive, and nothing proves it.
        DoubtfulReturn => "doubtful_return",
        /// It says that an e-mail did not arrive, and none of ours that is known.
        UnknownReturn => "unknown_return",
        /// It says to be one of many.
        Bulk => "bulk",
        /// One of us sent it, for someone else perhaps: whoever is written about is not us.
        FromUs => "from_us",
        /// Nobody signs it whom one could answer.
        NoSender => "no_sender",
        /// It says nothing.
        NoText => "no_text",
        /// It is larger than what is taken whole.
        TooLarge => "too_large",
        /// It is built of more parts than are looked into, or cannot be read at all.
        TooManyParts => "too_many_parts",
    }
}

text_code! {
    /// Why a piece was not taken as a file.
    pub enum Refusal {
        /// Its name announces no format that is taken.
        UnknownFormat => "unknown_format",
        /// Its bytes are not what its name says.
        NotWhatItSays => "not_what_it_says",
        /// Not one byte.
        Empty => "empty",
        /// Larger than a file may be.
        TooLarge => "too_large",
        /// It runs programs.
        Macros => "macros",
        /// It would grow out of bounds.
        Bomb => "bomb",
        /// It cannot be read.
        Damaged => "damaged",
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::UnknownFormat => Self::UnknownFormat,
            Refused::NotWhatItSays { .. } => Self::NotWhatItSays,
            Refused::Empty => Self::Empty,
            Refused::TooLarge { .. } => Self::TooLarge,
            Refused::Macros => Self::Macros,
            Refused::Bomb => Self::Bomb,
            Refused::Damaged => Self::Damaged,
        }
    }
}
