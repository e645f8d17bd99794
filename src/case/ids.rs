//! Ids that cannot be mistaken for one another.

/// The id of a case, also the number in its reference and its chain in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CaseId(pub i64);

pub use crate::staff::StaffId;
