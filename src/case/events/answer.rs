//! The lines of an answer: what it becomes before it leaves, and what it promises after.

use chrono::NaiveDate;

use crate::case::answer::Outcome;
use crate::journal::{Entry, Hash};

/// The answer was written or changed: how many grievances it has, and a digest of its text.
pub(crate) fn answer_drafted(answer: i64, n_grievances: i64, text: &Hash) -> Entry {
    Entry::new("answer.drafted")
        .id("answer", answer)
        .id("grievances", n_grievances)
        .digest("text", text)
}

/// What the journal tells of an answer that leaves, without its words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AnswerDigests {
    /// Of its text.
    pub(crate) letter: Hash,
    /// Of the letter as it is printed; the demonstration prints none.
    pub(crate) pdf: Option<Hash>,
    /// Of why it decides otherwise than comparable cases.
    pub(crate) divergence: Option<Hash>,
}

/// The answer went through the gate.
pub(crate) fn answer_sent(answer: i64, outcome: Outcome, digests: &AnswerDigests) -> Entry {
    let entry = Entry::new("answer.sent")
        .id("answer", answer)
        .code("outcome", outcome.code())
        .digest("letter", &digests.letter);
    let more = [("pdf", &digests.pdf), ("divergence", &digests.divergence)];
    more.into_iter()
        .filter_map(|(name, digest)| Some((name, digest.as_ref()?)))
        .fold(entry, |entry, (name, digest)| entry.digest(name, digest))
}

/// The sending was cancelled in time: the answer is a draft again.
pub(crate) fn answer_cancelled(answer: i64) -> Entry {
    Entry::new("answer.cancelled").id("answer", answer)
}

/// A commitment made to the person was kept on this day of the Paris calendar.
pub(crate) fn commitment_kept(commitment: i64, on: NaiveDate) -> Entry {
    Entry::new("commitment.kept")
        .id("commitment", commitment)
        .date("on", on)
}
