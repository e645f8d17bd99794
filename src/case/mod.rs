//! The dossier: one complaint or one request, from the form to its end.
//!
//! ```text
//! complaint   received ──▶ acknowledged ──▶ answered ──▶ closed
//!                 └───────────────────────────▲ │
//!                          acknowledged ◀───────┴─ disagreement ──┘
//! request     received ────────────────────▶ answered ──▶ closed
//!             withdrawn, from any state that is not over
//! ```
//!
//! A request can become a complaint, and a complaint a request ([`requalification`]).
//!
//! A state changes only in an act: one transaction, the guard in its UPDATE, one line in the
//! journal of the case. A clock stops at hand-over, never before ([`hand_over`]).

mod access_code;
pub mod act;
mod add_address;
pub mod answer;
mod arrival;
mod as_filed;
mod as_letter;
mod assign;
mod bar;
mod bounced;
pub mod catalogue;
mod clocks;
mod close;
mod confirm_address;
mod contact;
mod correct_dates;
pub mod correspondence;
mod disagree;
pub mod dossier;
pub mod draft;
mod drop_answer;
pub mod entry;
pub mod erase;
mod evaluate;
pub(crate) mod events;
pub mod exchange;
mod failure;
mod file;
pub mod files;
pub mod filing;
pub mod hand_over;
mod hold;
mod ids;
pub mod inbox;
pub mod incoming;
pub mod label;
pub mod label_change;
mod lateness;
mod letter_need;
mod link_cases;
pub mod links;
mod mediation_file;
mod message;
pub mod motive;
mod nature;
mod new_case;
mod new_code;
mod note;
pub mod notices;
pub(crate) mod notify;
pub mod office;
pub mod oral;
pub mod outside;
mod owed_letter;
mod particulars;
pub mod persons;
pub mod post;
pub mod public_events;
mod purpose;
mod qualify;
mod read_message;
mod reference;
mod reopen;
pub mod requalification;
mod restrict;
pub mod retry_mail;
mod said;
pub mod search;
mod sensitive;
pub mod sight;
mod staff_draft;
pub mod stages;
mod status;
pub mod templates;
pub mod thread;
pub mod unconfirmed;
mod way_in;
mod withdraw;
mod withheld;
mod write;

pub use access_code::AccessCode;
pub use act::{ActError, Seen};
pub use add_address::add_address;
pub use arrival::Arrival;
pub use as_filed::{AsFiled, as_filed};
pub use assign::assign;
pub use bar::{bar, lift_bar};
pub use bounced::email_bounced;
pub use catalogue::Catalogue;
pub use clocks::{ClockState, Dues, Milestones, acknowledgement_clock, answer_clock, next_due_on};
pub use close::close;
pub use confirm_address::{ConfirmError, confirm_address, to_confirm};
pub use contact::change_contact;
pub use correct_dates::{CorrectedDates, correct_dates};
pub use disagree::{disagree, disagreement_received, may_disagree};
pub use dossier::Dossier;
pub use drop_answer::drop_answer;
pub use evaluate::{Comment, Evaluation, Satisfaction, evaluate, last_day_to_evaluate};
pub use file::{Filed, file};
pub use hold::{end_hold, hold};
pub use ids::{CaseId, StaffId};
pub use lateness::{Late, LateCause, LateClock, LatenessText, explain_lateness, missed};
pub use link_cases::{link, unlink};
pub use mediation_file::{
    OurMessage, Posted, letters_posted, mediation_file_made, mediator_number, our_messages,
};
pub use message::{MessageRole, MessageText, message};
pub use nature::{Channel, Nature};
pub use new_code::{LOST_CODE_MAILS_PER_DAY, lost_code, renew_code, to_renew_code};
pub use note::{NoteText, note};
pub use notify::NotifyError;
pub use office::Office;
pub use particulars::{Particulars, StaffDraft};
pub use purpose::{PostalKind, Purpose};
pub use qualify::{Cause, Qualification, qualify, qualify_as};
pub use read_message::read_message;
pub use reference::Reference;
pub use reopen::reopen;
pub use restrict::{end_restriction, restrict};
pub use said::{PersonText, Said, Submission};
pub use sensitive::flag;
pub use staff_draft::{DraftOf, forget_draft, save_draft};
pub use status::Status;
pub use way_in::{WayError, WayIn, WayThrough, through_link};
pub use withdraw::{Reason, answer_may_arrive, withdraw};
pub use write::write;
