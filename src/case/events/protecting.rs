//! The lines of who may read a case, and how long it is kept.

use chrono::NaiveDate;

use crate::case::StaffId;
use crate::journal::Entry;

/// Someone whom the case complains about no longer sees it; whether they handled it.
pub(crate) fn barred(account: StaffId, was_handler: bool) -> Entry {
    let entry = Entry::new("staff.barred").id("account", account.0);
    if was_handler {
        entry.code("was", "handler")
    } else {
        entry
    }
}

/// They see it again.
pub(crate) fn bar_lifted(account: StaffId) -> Entry {
    Entry::new("staff.bar_lifted").id("account", account.0)
}

/// Few may read the case from now on, or whoever reads cases again.
pub(crate) fn sensitivity(is_sensitive: bool) -> Entry {
    Entry::new(if is_sensitive {
        "case.sensitive"
    } else {
        "case.not_sensitive"
    })
}

/// Kept from being erased until this day of the Paris calendar.
pub(crate) fn held(until_on: NaiveDate) -> Entry {
    Entry::new("case.held").date("until", until_on)
}

/// Its processing is restricted, as its person asked.
pub(crate) fn restricted() -> Entry {
    Entry::new("case.restricted")
}

/// Its processing is restricted no more.
pub(crate) fn restriction_ended() -> Entry {
    Entry::new("case.restriction_ended")
}

/// Nothing keeps it any more.
pub(crate) fn hold_ended() -> Entry {
    Entry::new("case.hold_ended")
}
