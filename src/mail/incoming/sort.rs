//! What sort of e-mail it is: from a person, or from a machine that must never be answered.

use mail_parser::{HeaderValue, Message, MimeHeaders};

use super::{bounce, header};
use crate::db::text_code;
use crate::firm;

text_code! {
    /// Who speaks in an e-mail.
    pub enum Sort {
        /// A person, as far as one can tell.
        Person => "person",
        /// A machine that answers by itself (RFC 3834), or sends to many.
        AutoReply => "auto_reply",
        /// A mailing list.
        List => "list",
        /// A server that could not deliver an e-mail.
        Bounce => "bounce",
        /// It cannot be read.
        NotUnderstood => "not_understood",
    }
}

/// Beginnings of the subjects of automatic replies; in lower case.
const AUTOMATIC: [&str; 11] = [
    "réponse automatique",
    "reponse automatique",
    "absence du bureau",
    "absent du bureau",
    "absente du bureau",
    "message d'absence",
    "message d’absence",
    "automatic reply",
    "auto-reply",
    "autoreply",
    "out of office",
];

/// What sort of e-mail it is. `subject` as it is kept, `sender` as it is written.
pub(super) fn of(mail: &Message<'_>, subject: &str, sender: &str) -> Sort {
    let names_failed = header::topmost(mail, bounce::FAILED_RECIPIENTS).is_some();
    if bounce::is_report(mail) || names_failed || is_server(sender) {
        return Sort::Bounce;
    }
    if is_list(mail) {
        return Sort::List;
    }
    if is_automatic(mail, subject) {
        return Sort::AutoReply;
    }
    Sort::Person
}

fn is_server(sender: &str) -> bool {
    let name = sender.split('@').next().unwrap_or_default().to_lowercase();
    matches!(
        name.as_str(),
        "mailer-daemon" | "postmaster" | "mail-daemon"
    )
}

/// An e-mail that wants no answer has an empty envelope sender (RFC 5321, 4.5.5).
fn is_from_nobody(mail: &Message<'_>) -> bool {
    header::topmost(mail, "Return-Path") == Some("<>")
}

/// Whether it says to be one of many, and nothing else tells a machine: persons' tools say so too.
pub(super) fn is_bulk(mail: &Message<'_>) -> bool {
    is_one_of(mail, "Precedence", &["bulk", "junk"])
}

fn is_list(mail: &Message<'_>) -> bool {
    let id = mail
        .header_raw("List-Id")
        .map(|id| id.trim().to_lowercase());
    // A list of our own mailbox's is no list: a mailbox that is a group bears one.
    let ours = |id: &String| id.trim_end_matches('>').ends_with(firm::DOMAIN);
    if id.is_some_and(|id| !ours(&id)) {
        return true;
    }
    *mail.list_unsubscribe() != HeaderValue::Empty
        && is_one_of(mail, "Precedence", &["bulk", "list"])
}

/// That it wants no automatic answer (`X-Auto-Response-Suppress`) is no sign: persons' e-mails say so.
fn is_automatic(mail: &Message<'_>, subject: &str) -> bool {
    let is_submitted = mail
        .header_raw("Auto-Submitted")
        .is_some_and(|how| !how.trim().to_lowercase().starts_with("no"));
    let subject = subject.to_lowercase();
    is_submitted
        || is_receipt(mail)
        || is_one_of(mail, "Precedence", &["auto_reply", "list"])
        || is_from_nobody(mail)
        || AUTOMATIC.iter().any(|start| subject.starts_with(start))
}

/// A report of another kind: that an e-mail was read, or taken for junk.
fn is_receipt(mail: &Message<'_>) -> bool {
    mail.content_type().is_some_and(|kind| {
        kind.subtype()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("report"))
    })
}

fn is_one_of(mail: &Message<'_>, header: &'static str, words: &[&str]) -> bool {
    mail.header_raw(header).is_some_and(|value| {
        let value = value.trim().to_lowercase();
        words.contains(&value.as_str())
    })
}
