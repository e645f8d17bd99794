//! The lines of a case that staff enter by hand, and of a complaint made by word of mouth.

use chrono::NaiveDate;

use crate::calendar::{LegalDates, RULE_VERSION, Start};
use crate::case::arrival::Arrival;
use crate::case::events::{FiledFacts, filed};
use crate::journal::{Entry, Hash};

/// Entered by hand: the first line of the case's chain, with the dates it was counted from.
pub(crate) fn entered(facts: &FiledFacts<'_>, arrival: Arrival) -> Entry {
    let entry = filed(facts);
    let entry = match arrival.first_written_on() {
        Some(on) => entry.date("written", on),
        None => entry,
    };
    match arrival.expressed_on() {
        Some(on) => entry.date("expressed", on),
        None => entry,
    }
}

/// The person was invited to write.
pub(crate) fn invited(on: NaiveDate) -> Entry {
    Entry::new("oral.invited").date("on", on)
}

/// The person was satisfied by word of mouth: the case is closed.
pub(crate) fn satisfied(how: &Hash) -> Entry {
    Entry::new("oral.satisfied").digest("how", how)
}

/// What was said is confirmed in writing: the legal dates count from it.
pub(crate) fn confirmed(start: Start, dates: &LegalDates) -> Entry {
    Entry::new("oral.confirmed")
        .code("rules", RULE_VERSION)
        .date("written", start.first_written_on())
        .date("received", start.received_on())
        .date("ack_due", dates.ack_due.date)
        .date("answer_due", dates.answer_due.date)
}
