//! The lines of a case that staff enter by hand, and of a complaint made by word of mouth.

use crate::case::arrival::Arrival;
use crate::case::events::{FiledFacts, filed};
use crate::journal::Entry;

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
