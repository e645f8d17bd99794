//! The dossier: one complaint or one request, from the form to its end.

pub mod draft;
pub mod filing;
mod ids;
mod nature;
mod reference;
mod status;

pub use ids::{CaseId, StaffId};
pub use nature::{Channel, Nature};
pub use reference::Reference;
pub use status::Status;
