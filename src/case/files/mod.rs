//! Files of a case: with the draft, filed with it, waiting for a message, sent with one.
//!
//! ```text
//! draft ──▶ filed            the person, in the form
//! pending ──▶ sent           the person or staff, on the case: it goes with a message, or staff's
//!                            with a reasoned answer
//! prepared ──▶ sent          a letter, made by the program: the person finds it once it has left
//! ```
//!
//! A draft's and a pending file can be removed by who added it; a filed and a sent one stay, each
//! told of by one line in the journal.

mod add;
mod arrive;
mod find;
mod go;
mod letter;
mod list;
mod pages;
mod remove;
mod scanned;
mod with_answer;

pub use add::{AddError, add_pending, add_to_draft};
pub use arrive::arrive;
pub use find::{find, find_for_staff, proofs};
pub use go::{file_with_case, send_pending, waiting_names};
pub(in crate::case) use letter::{
    KeptLetter, LeavesAs, NewLetter, drop_letter, keep_letter, letter_left,
};
pub use list::{CaseFile, Whole, of_case, of_draft, with_dossier};
pub use pages::{CountError, count_pages};
pub use remove::{erase_stale_pending, remove_from_draft, remove_pending};
pub use scanned::quarantined;
pub use with_answer::{join_to_answer, leave_with_answer, part_from_answer};

use crate::case::StaffId;
use crate::db::text_code;

text_code! {
    /// Where a file stands.
    pub enum FileStage {
        /// With a draft, not sent yet.
        Draft => "draft",
        /// Filed with the case.
        Filed => "filed",
        /// On a case, waiting for the message or the answer it goes with.
        Pending => "pending",
        /// Sent with a message or an answer; a letter that has left.
        Sent => "sent",
        /// A letter of ours that has not left.
        Prepared => "prepared",
        /// The proof that a letter was posted: staff read it.
        Proof => "proof",
    }
}

/// Who adds a file to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileAuthor {
    /// The person.
    Person,
    /// A member of staff.
    Staff(StaffId),
}

impl FileAuthor {
    const fn id(self) -> Option<i64> {
        match self {
            Self::Person => None,
            Self::Staff(StaffId(id)) => Some(id),
        }
    }
}
