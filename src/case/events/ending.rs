//! The lines of the end of a case, and of what comes after.

use chrono::NaiveDate;

use crate::case::{LateCause, LateClock};
use crate::journal::{Entry, Hash};

/// Open again, with a target of our own on this day of the Paris calendar.
pub(crate) fn reopened(target_on: NaiveDate) -> Entry {
    Entry::new("case.reopened").date("target", target_on)
}

/// Why a legal date was not kept.
pub(crate) fn lateness_explained(clock: LateClock, cause: LateCause, said: &Hash) -> Entry {
    Entry::new("lateness.explained")
        .code("clock", clock.code())
        .code("cause", cause.code())
        .digest("said", said)
}
