//! The dossier: one complaint or one request, from the form to its end.
//!
//! ```text
//! complaint   received ──▶ acknowledged ──▶ answered ──▶ closed
//!                 └───────────────────────────▲ │
//!                          acknowledged ◀───────┘ disagreement
//! request     received ────────────────────▶ answered ──▶ closed
//!             withdrawn, from any state that is not over
//! ```
//!
//! A state changes only in an act: one transaction, the guard in its UPDATE, one line in the
//! journal of the case. A clock stops at hand-over, never before ([`hand_over`]).

mod access_code;
pub mod act;
pub mod answer;
mod assign;
mod clocks;
mod close;
pub mod dossier;
pub mod draft;
pub(crate) mod events;
pub mod filing;
pub mod hand_over;
mod ids;
pub mod inbox;
pub mod links;
mod nature;
mod note;
pub mod office;
mod posted;
mod purpose;
mod reference;
mod status;

pub use access_code::AccessCode;
pub use act::{ActError, Seen};
pub use assign::assign;
pub use clocks::{ClockState, Dues, Milestones, acknowledgement_clock, answer_clock, next_due_on};
pub use close::close;
pub use dossier::Dossier;
pub use ids::{CaseId, StaffId};
pub use nature::{Channel, Nature};
pub use note::{NoteText, note};
pub use office::Office;
pub use posted::posted;
pub use purpose::{PostalKind, Purpose};
pub use reference::Reference;
pub use status::Status;
