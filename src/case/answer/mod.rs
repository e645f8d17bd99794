//! The reasoned answer (*réponse motivée*): numbered grievances, a position with its grounds on
//! each, an outcome; written, read by a second person if it refuses, sent through the gate.

mod amount;
mod awaiting;
mod cancel;
mod commitment;
mod comparable;
mod departure;
mod draft;
mod gate;
mod leave;
mod letter;
mod read;
mod save;
mod send;
mod written;

pub use amount::{Amount, AmountError};
pub use awaiting::change_setting;
pub(in crate::case) use awaiting::recount;
pub use cancel::cancel;
pub(in crate::case) use cancel::make_draft;
pub use commitment::{Commitment, MadeCommitment, keep as keep_commitment, made as commitments};
pub use comparable::{Comparable, FEWEST, common_outcome, comparable};
pub use departure::{Departure, PostReason, departure};
pub use draft::{AnswerDraft, AnswerRow, AnswerState, Point, in_hand, is_leaving};
pub(in crate::case) use draft::{is_carried_by, is_last, is_sent};
pub use gate::{
    Circumstances, Cleared, ClearedCommitment, ClearedPoint, MIN_GROUNDS_CHARS, Missing, check,
    diverges,
};
pub(in crate::case) use leave::let_go;
pub(crate) use letter::{outcome_words, position_words};
pub use read::approve;
pub use save::save;
pub(in crate::case) use send::mail;
pub use send::{Route, SendError, Sending, send};
pub use written::{Promise, Written, settled_grievances, written};

use crate::db::text_code;

text_code! {
    /// What the answer decides, R22.
    pub enum Outcome {
        /// The complaint is granted in full.
        Upheld => "upheld",
        /// Granted in part.
        PartlyUpheld => "partly_upheld",
        /// Refused.
        Rejected => "rejected",
        /// Nothing to decide any more.
        NoAction => "no_action",
    }
}

impl Outcome {
    /// Whether it refuses something: a second reader is then needed.
    pub const fn refuses(self) -> bool {
        matches!(self, Self::PartlyUpheld | Self::Rejected)
    }
}

text_code! {
    /// The position taken on one grievance.
    pub enum Position {
        /// The grievance is founded.
        Accepted => "accepted",
        /// Founded in part.
        PartlyAccepted => "partly_accepted",
        /// Not founded.
        Refused => "refused",
    }
}
