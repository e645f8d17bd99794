//! The dossier: one complaint or one request, from the form to its end.

mod clocks;
pub mod draft;
pub mod filing;
mod ids;
mod nature;
mod reference;
mod status;

pub use clocks::{ClockState, Dues, Milestones, acknowledgement_clock, answer_clock, next_due_on};
pub use ids::{CaseId, StaffId};
pub use nature::{Channel, Nature};
pub use reference::Reference;
pub use status::Status;
