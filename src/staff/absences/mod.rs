//! Absences: who is away, from when until when, and who stands in.
//!
//! Dates are days of the Paris calendar, both included. On a day at most one deputy stands in for
//! someone; standing in does not pass on: a deputy who is away too is refused, and one who goes away
//! later leaves the cases to the supervisors.

mod acts;
mod queries;

pub use acts::{AbsenceError, NewAbsence, end, record};
pub use queries::{Absence, in_charge_of, of_account, stood_in_for, to_come};

/// The id of an absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbsenceId(pub i64);
