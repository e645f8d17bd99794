//! The lines of a letter to post: asked for, made ready, posted, proved, dropped.

use chrono::NaiveDate;

use crate::case::PostalKind;
use crate::journal::{Entry, Hash};

/// A letter must be posted.
pub(crate) fn letter_asked(kind: PostalKind, due_on: NaiveDate) -> Entry {
    Entry::new("letter.asked")
        .code("kind", kind.code())
        .date("due", due_on)
}

/// The pages of a letter were made ready to print: a digest of them.
pub(crate) fn letter_prepared(kind: PostalKind, task: i64, pages: &Hash) -> Entry {
    Entry::new("letter.prepared")
        .code("kind", kind.code())
        .id("letter", task)
        .digest("pdf", pages)
}

/// The letter of an e-mail that has left was made and kept: a digest of its pages.
pub(crate) fn letter_kept(kind: PostalKind, outbox: i64, pages: &Hash) -> Entry {
    Entry::new("letter.kept")
        .code("kind", kind.code())
        .id("mail", outbox)
        .digest("pdf", pages)
}

/// A file was kept as the proof that a letter was posted: a digest of its bytes.
pub(crate) fn letter_proved(task: i64, file: i64, scan: &Hash) -> Entry {
    Entry::new("letter.proved")
        .id("letter", task)
        .id("file", file)
        .digest("sha256", scan)
}

/// A letter that stops no clock was posted.
pub(crate) fn letter_posted(kind: PostalKind, posted_on: NaiveDate) -> Entry {
    Entry::new("letter.posted")
        .code("kind", kind.code())
        .date("on", posted_on)
}

/// A letter is no longer needed.
pub(crate) fn letter_dropped(kind: PostalKind) -> Entry {
    Entry::new("letter.dropped").code("kind", kind.code())
}
