//! The lines of the end of a case, and of what comes after.

use chrono::NaiveDate;

use crate::journal::Entry;

/// Open again, with a target of our own on this day of the Paris calendar.
pub(crate) fn reopened(target_on: NaiveDate) -> Entry {
    Entry::new("case.reopened").date("target", target_on)
}
