//! The lines of the acts that speak to the outside: ids, codes, dates, digests of what was said.

use chrono::NaiveDate;

use crate::case::Channel;
use crate::case::outside::{Issue, Recipient, ReferredBy};
use crate::journal::{Entry, Hash};

/// The person was asked for something, by this day.
pub(crate) fn person_asked(ask: i64, expected_on: NaiveDate, text: &Hash) -> Entry {
    Entry::new("person.asked")
        .id("ask", ask)
        .date("expected", expected_on)
        .digest("text", text)
}

/// The person was reminded of it.
pub(crate) fn person_reminded(ask: i64, text: &Hash) -> Entry {
    Entry::new("person.reminded")
        .id("ask", ask)
        .digest("text", text)
}

/// Staff no longer wait for it.
pub(crate) fn waiting_ended(ask: i64) -> Entry {
    Entry::new("waiting.ended").id("ask", ask)
}

/// A holding letter, the `rank`th, announced an answer by this day.
pub(crate) fn holding_letter_written(
    letter: i64,
    rank: i32,
    announced_on: NaiveDate,
    text: &Hash,
) -> Entry {
    Entry::new("holding_letter.written")
        .id("letter", letter)
        .id("rank", rank.into())
        .date("announced", announced_on)
        .digest("text", text)
}

/// The case, or mail of it, was passed on.
pub(crate) fn transferred(transfer: i64, to: Recipient, on: NaiveDate, text: &Hash) -> Entry {
    Entry::new("case.transferred")
        .id("transfer", transfer)
        .code("to", to.code())
        .date("on", on)
        .digest("text", text)
}

/// The answer of whoever it was passed on to came back.
pub(crate) fn transfer_returned(transfer: i64, on: NaiveDate) -> Entry {
    Entry::new("transfer.returned")
        .id("transfer", transfer)
        .date("on", on)
}

/// Staff noted that the person withdraws.
pub(crate) fn withdrawal_taken(channel: Channel, asked_on: NaiveDate, text: &Hash) -> Entry {
    Entry::new("withdrawal.taken")
        .code("channel", channel.code())
        .date("asked", asked_on)
        .digest("text", text)
}

/// The person said that it was a mistake.
pub(crate) fn withdrawal_objected() -> Entry {
    Entry::new("withdrawal.objected")
}

/// The mediator was referred to.
pub(crate) fn mediation_referred(
    mediation: i64,
    by: ReferredBy,
    on: NaiveDate,
    documents_due_on: NaiveDate,
) -> Entry {
    Entry::new("mediation.referred")
        .id("mediation", mediation)
        .code("by", by.code())
        .date("on", on)
        .date("documents_due", documents_due_on)
}

/// Our documents left for the mediator.
pub(crate) fn mediation_documents_sent(mediation: i64, on: NaiveDate) -> Entry {
    Entry::new("mediation.documents_sent")
        .id("mediation", mediation)
        .date("on", on)
}

/// The mediator gave an opinion, or the mediation ended without one.
pub(crate) fn mediation_opinion(mediation: i64, issue: Issue, on: NaiveDate) -> Entry {
    Entry::new("mediation.opinion")
        .id("mediation", mediation)
        .code("issue", issue.code())
        .date("on", on)
}

/// What the opinion asked of us was done.
pub(crate) fn mediation_followed_up(mediation: i64, on: NaiveDate) -> Entry {
    Entry::new("mediation.followed_up")
        .id("mediation", mediation)
        .date("on", on)
}

/// Our file for the mediator was made: a digest of its cover.
pub(crate) fn mediation_file_made(cover: &Hash) -> Entry {
    Entry::new("mediation.file_made").digest("cover", cover)
}
