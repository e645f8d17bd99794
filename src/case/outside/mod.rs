//! What staff do on a case that speaks to the outside: asking the person, announcing a delay,
//! passing the case on, noting a withdrawal asked for otherwise than on the site, the mediator.
//!
//! Each is a dated row beside the status and a message to the person. None moves a legal date: the
//! clocks of a case never wait.

mod ask;
mod beside;
mod follow_up;
mod holding_letter;
mod lapse;
mod mediation;
mod mediation_end;
mod take_withdrawal;
mod tell;
mod transfer;
mod undo_withdrawal;

pub use ask::{Asked, Ending, NewAsk, Note, What, ask, remind, stop_waiting};
pub use beside::{Beside, beside};
pub use follow_up::FollowUpKind;
pub use holding_letter::{HoldingLetterRow, NewHoldingLetter, Reason, write_holding_letter};
pub use mediation::{MediationRow, NewReferral, Number, ReferredBy, documents_sent, refer};
pub use mediation_end::{Grounds, Issue, NewOpinion, Summary, followed_up, opinion};
pub use take_withdrawal::{Circumstances, NewWithdrawal, WithdrawalTakenRow, take_withdrawal};
pub use tell::{Way, due};
pub use transfer::{
    Name, NewTransfer, PostalAddress, Recipient, TransferPurpose, TransferRow, returned, transfer,
    transfers_of,
};
pub use undo_withdrawal::{object_to_withdrawal, objection_received};

pub(super) use ask::heard;
pub(super) use beside::COLUMN as BESIDE;
pub(super) use lapse::lapse;

use crate::case::Status;

/// The states in which an answer of ours is owed.
const OPEN: [Status; 2] = [Status::Received, Status::Acknowledged];
