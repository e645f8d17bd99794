//! What our answers promised to the person, and how it stands.

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::case::answer::MadeCommitment;

/// A commitment as its person reads it.
pub(super) struct PromiseLine {
    /// What we promised.
    pub(super) text: String,
    /// « 15 juin 2026 ».
    pub(super) due: String,
    /// The same for machines.
    pub(super) due_iso: String,
    /// The day it was kept, in words.
    pub(super) kept: Option<String>,
    /// Its day has passed and it is not kept.
    pub(super) is_late: bool,
}

impl PromiseLine {
    /// As it stands today.
    pub(super) fn of(made: MadeCommitment, today: NaiveDate) -> Self {
        Self {
            due: plain_date(made.due_on()),
            due_iso: made.due_on().to_string(),
            kept: made.kept_on.map(plain_date),
            is_late: made.is_late(today),
            text: made.text,
        }
    }
}
