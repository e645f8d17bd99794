//! The lines that acts write in the journal of a case: one constructor each, so that whoever makes
//! a case (an act, the demonstration) tells of it in the same words.

use chrono::NaiveDate;

use crate::case::{PostalKind, Purpose, StaffId};
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

/// A letter must be posted.
pub(crate) fn letter_asked(kind: PostalKind, due_on: NaiveDate) -> Entry {
    Entry::new("letter.asked")
        .code("kind", kind.code())
        .date("due", due_on)
}

/// A letter that stops no clock was posted.
pub(crate) fn letter_posted(kind: PostalKind, posted_on: NaiveDate) -> Entry {
    Entry::new("letter.posted")
        .code("kind", kind.code())
        .date("on", posted_on)
}

/// The acknowledgement has left.
pub(crate) fn acknowledgement_handed_over(on: NaiveDate, by: Carrier) -> Entry {
    by.on(Entry::new("acknowledgement.handed_over").date("on", on))
}

/// The answer was written or changed.
pub(crate) fn answer_drafted(answer: i64) -> Entry {
    Entry::new("answer.drafted").id("answer", answer)
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
