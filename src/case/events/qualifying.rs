//! The lines of what a case is, and since when.

use chrono::NaiveDate;

use crate::calendar::{LegalDates, RULE_VERSION};
use crate::case::{CaseId, Nature};
use crate::journal::{Entry, Hash};

/// Its nature is confirmed; the digest of its product, its subject and its cause.
pub(crate) fn qualified(nature: Nature, about: &Hash) -> Entry {
    Entry::new("case.qualified")
        .code("nature", nature.code())
        .digest("about", about)
}

/// The dates were corrected: the legal dates before (acknowledgement, answer) and after.
pub(crate) fn dates_corrected(
    (ack_was, answer_was): (Option<NaiveDate>, Option<NaiveDate>),
    legal: &LegalDates,
) -> Entry {
    let mut entry = Entry::new("dates.corrected").code("rules", RULE_VERSION);
    if let Some(was) = ack_was {
        entry = entry.date("ack_was", was);
    }
    if let Some(was) = answer_was {
        entry = entry.date("answer_was", was);
    }
    entry
        .date("ack_due", legal.ack_due.date)
        .date("answer_due", legal.answer_due.date)
}

/// Belongs with another case.
pub(crate) fn linked(other: CaseId) -> Entry {
    Entry::new("case.linked").id("other", other.0)
}

/// No longer.
pub(crate) fn unlinked(other: CaseId) -> Entry {
    Entry::new("case.unlinked").id("other", other.0)
}
