//! The lines that acts write in the journal of a case: one constructor each, so that whoever makes
//! a case (an act, the demonstration) tells of it in the same words.

mod answer;
pub(crate) mod ending;
pub(crate) mod entry;
pub(crate) mod erase;
pub(crate) mod incoming;
mod letter;
mod lists;
mod outside;
pub(crate) mod persons;
pub(crate) mod protecting;
pub(crate) mod qualifying;
mod stage;

pub(crate) use answer::{
    AnswerDigests, answer_cancelled, answer_drafted, answer_sent, commitment_kept,
};
pub(crate) use letter::{
    letter_asked, letter_dropped, letter_kept, letter_posted, letter_prepared, letter_proved,
};
pub(crate) use lists::{label_created, labelled, list_exported, unlabelled};
pub(crate) use outside::{
    holding_letter_written, mediation_documents_sent, mediation_file_made, mediation_followed_up,
    mediation_opinion, mediation_referred, person_asked, person_reminded, transfer_returned,
    transferred, waiting_ended, withdrawal_objected, withdrawal_taken,
};
pub(crate) use stage::stage_told;

use chrono::NaiveDate;

use crate::calendar::{LegalDates, RULE_VERSION};
use crate::case::{Channel, Nature, PostalKind, Purpose, Satisfaction, StaffId};
use crate::files::ScanState;
use crate::journal::{Entry, Hash};

/// How something left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// By e-mail: the id of its row in the outbox.
    Email(i64),
    /// By post.
    Post,
}

impl Carrier {
    fn on(self, entry: Entry) -> Entry {
        match self {
            Self::Email(id) => entry.code("by", "email").id("outbox", id),
            Self::Post => entry.code("by", "post"),
        }
    }
}

/// What the first line of a case tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FiledFacts<'a> {
    /// How it reached us.
    pub(crate) channel: Channel,
    /// What it counts as.
    pub(crate) nature: Nature,
    /// Paris calendar.
    pub(crate) received_on: NaiveDate,
    /// Of a complaint.
    pub(crate) legal: Option<&'a LegalDates>,
    /// Digest of what was written.
    pub(crate) facts: Hash,
    /// Digest of the person's name.
    pub(crate) person: Hash,
}

/// Filed: the first line of the case's chain.
pub(crate) fn filed(filed: &FiledFacts<'_>) -> Entry {
    let entry = Entry::new("case.filed")
        .code("channel", filed.channel.code())
        .code("nature", filed.nature.code())
        .code("rules", RULE_VERSION)
        .date("received", filed.received_on);
    let entry = match filed.legal {
        Some(dates) => entry
            .date("ack_due", dates.ack_due.date)
            .date("answer_due", dates.answer_due.date),
        None => entry,
    };
    entry
        .digest("facts", &filed.facts)
        .digest("person", &filed.person)
}

/// The person proved that the address is theirs.
pub(crate) fn address_confirmed() -> Entry {
    Entry::new("address.confirmed")
}

/// Someone who knows the reference and the address told that the code is lost; an e-mail leaves.
pub(crate) fn code_lost(outbox: i64) -> Entry {
    Entry::new("code.lost").id("outbox", outbox)
}

/// The person obtained a new access code: the one before opens nothing any more.
pub(crate) fn code_renewed(generation: i32) -> Entry {
    Entry::new("code.renewed").id("generation", generation.into())
}

/// The case is of the other nature from now on; its legal dates, when it is a complaint.
pub(crate) fn requalified(row: i64, to: Nature, legal: Option<&LegalDates>) -> Entry {
    let entry = Entry::new("case.requalified")
        .id("requalification", row)
        .code("to", to.code());
    match legal {
        Some(dates) => entry
            .code("rules", RULE_VERSION)
            .date("ack_due", dates.ack_due.date)
            .date("answer_due", dates.answer_due.date),
        None => entry,
    }
}

/// Staff hold that a complaint is a request: the person is to be told.
pub(crate) fn requalification_decided(row: i64, motive: &Hash) -> Entry {
    Entry::new("requalification.decided")
        .id("requalification", row)
        .digest("motive", motive)
}

/// The person was told, and can object until a day.
pub(crate) fn requalification_told(
    row: i64,
    on: NaiveDate,
    until: NaiveDate,
    by: Carrier,
) -> Entry {
    let entry = Entry::new("requalification.told").id("requalification", row);
    by.on(entry.date("on", on).date("until", until))
}

/// The person objected, on this day of the Paris calendar: it stays a complaint.
pub(crate) fn requalification_objected(row: i64, on: NaiveDate) -> Entry {
    Entry::new("requalification.objected")
        .id("requalification", row)
        .date("on", on)
}

/// The case was answered or over before the requalification could take effect.
pub(crate) fn requalification_lapsed(row: i64) -> Entry {
    Entry::new("requalification.lapsed").id("requalification", row)
}

/// The daily cap puts an e-mail off to this day.
pub(crate) fn mail_delayed(purpose: Purpose, outbox: i64, until: NaiveDate) -> Entry {
    Entry::new("mail.delayed")
        .code("purpose", purpose.code())
        .id("outbox", outbox)
        .date("until", until)
}

/// A message to the person.
pub(crate) fn message_written(message: i64, purpose: Purpose, text: &Hash) -> Entry {
    Entry::new("message.written")
        .id("message", message)
        .code("purpose", purpose.code())
        .digest("text", text)
}

/// Given to a handler.
pub(crate) fn assigned(handler: StaffId) -> Entry {
    Entry::new("case.assigned").id("handler", handler.0)
}

/// Nothing more is owed.
pub(crate) fn closed() -> Entry {
    Entry::new("case.closed")
}

/// An internal note.
pub(crate) fn note_written(note: i64, text: &Hash) -> Entry {
    Entry::new("note.written")
        .id("note", note)
        .digest("text", text)
}

/// An e-mail that stops no clock has left.
pub(crate) fn mail_handed_over(purpose: Purpose, by: Carrier) -> Entry {
    by.on(Entry::new("mail.handed_over").code("purpose", purpose.code()))
}

/// An e-mail will never leave.
pub(crate) fn mail_failed(purpose: Purpose, outbox: i64) -> Entry {
    Entry::new("mail.failed")
        .code("purpose", purpose.code())
        .id("outbox", outbox)
}

/// An e-mail that failed is tried anew.
pub(crate) fn mail_retried(purpose: Purpose, outbox: i64) -> Entry {
    Entry::new("mail.retried")
        .code("purpose", purpose.code())
        .id("outbox", outbox)
}

/// An e-mail of no case is tried anew.
pub(crate) fn other_mail_retried(outbox: i64) -> Entry {
    Entry::new("relay.retried").id("outbox", outbox)
}

/// An e-mail that had left came back; the letter that takes its place, if one does.
pub(crate) fn mail_bounced(purpose: Purpose, outbox: i64, letter: Option<PostalKind>) -> Entry {
    let entry = Entry::new("mail.bounced")
        .code("purpose", purpose.code())
        .id("outbox", outbox);
    letter
        .into_iter()
        .fold(entry, |entry, kind| entry.code("letter", kind.code()))
}

/// The acknowledgement has left.
pub(crate) fn acknowledgement_handed_over(on: NaiveDate, by: Carrier) -> Entry {
    by.on(Entry::new("acknowledgement.handed_over").date("on", on))
}

/// A second person read the answer and agreed.
pub(crate) fn answer_read(answer: i64) -> Entry {
    Entry::new("answer.read").id("answer", answer)
}

/// The answer has left.
pub(crate) fn answer_handed_over(on: NaiveDate, by: Carrier, answer: Option<i64>) -> Entry {
    let entry = by.on(Entry::new("answer.handed_over").date("on", on));
    answer
        .into_iter()
        .fold(entry, |entry, id| entry.id("answer", id))
}

/// The person withdrew the complaint.
pub(crate) fn withdrawn() -> Entry {
    Entry::new("case.withdrawn")
}

/// A file came with the filing or with a message; what the scanner had said of it by then.
pub(crate) fn file_added(file: i64, scan: ScanState, sha256: &Hash) -> Entry {
    Entry::new("file.added")
        .id("file", file)
        .code("scan", scan.code())
        .digest("sha256", sha256)
}

/// The scanner found something in a file: it is kept apart and never given out.
pub(crate) fn file_quarantined(file: i64) -> Entry {
    Entry::new("file.quarantined").id("file", file)
}

/// The person wrote to us.
pub(crate) fn message_received(message: i64, text: &Hash) -> Entry {
    Entry::new("message.received")
        .id("message", message)
        .digest("text", text)
}

/// What the person last wrote was read and calls for no answer.
pub(crate) fn message_read() -> Entry {
    Entry::new("message.read")
}

/// The person contests the answer: the case is open again.
pub(crate) fn disagreed(message: i64, target_on: NaiveDate, reason: &Hash) -> Entry {
    Entry::new("answer.disagreed")
        .id("message", message)
        .date("target", target_on)
        .digest("reason", reason)
}

/// The same, as staff note that it reached us on `on`.
pub(crate) fn disagreement_received(
    (message, on): (i64, NaiveDate),
    target_on: NaiveDate,
    reason: &Hash,
) -> Entry {
    disagreed(message, target_on, reason).date("on", on)
}

/// The person said what they think of the answer.
pub(crate) fn evaluated(level: Satisfaction, comment: Option<&Hash>) -> Entry {
    let entry = Entry::new("answer.evaluated").code("level", level.code());
    match comment {
        Some(comment) => entry.digest("comment", comment),
        None => entry,
    }
}

/// The person changed how to reach them: which parts, and digests of what they are now.
pub(crate) fn contact_changed(version: i32, changed: &[(&'static str, Hash)]) -> Entry {
    let entry = Entry::new("contact.changed").id("version", i64::from(version));
    changed
        .iter()
        .fold(entry, |entry, (part, digest)| entry.digest(part, digest))
}
