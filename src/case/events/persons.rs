//! The lines of the desk of persons' rights.

use chrono::NaiveDate;

use crate::case::persons::{RightKind, Settlement};
use crate::journal::{Entry, Hash};

/// Someone uses a right: the month to answer begins. For the system's chain.
pub(crate) fn registered(
    id: i64,
    kind: RightKind,
    received_on: NaiveDate,
    due_on: NaiveDate,
) -> Entry {
    Entry::new("rights.registered")
        .id("request", id)
        .code("right", kind.code())
        .date("received", received_on)
        .date("due", due_on)
}

/// They were answered. For the system's chain.
pub(crate) fn settled(id: i64, settlement: Settlement, on: NaiveDate) -> Entry {
    Entry::new("rights.settled")
        .id("request", id)
        .code("settlement", settlement.code())
        .date("on", on)
}

/// What is held on the person was corrected: which parts, and digests of what they are now.
pub(crate) fn corrected(changed: &[(&'static str, Hash)]) -> Entry {
    let entry = Entry::new("person.corrected");
    changed
        .iter()
        .fold(entry, |entry, (part, digest)| entry.digest(part, digest))
}
