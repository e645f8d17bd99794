//! How an answer will leave, told before it does.

use crate::case::Dossier;
use crate::case::message::content;
use crate::mail::words::Content;

/// The way of an answer to its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// By e-mail, in full.
    Email,
    /// By an e-mail that announces it: it is read behind the code.
    Notice,
    /// By post, to be posted by someone.
    Post(PostReason),
}

/// Why an answer goes by post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostReason {
    /// The person prefers it.
    Preferred,
    /// Nobody confirmed the e-mail address, and there is a postal one.
    Unconfirmed,
    /// There is no e-mail address that can be used.
    NoEmail,
}

/// How an answer sent now would leave.
pub fn departure(dossier: &Dossier) -> Departure {
    if dossier.email_to_rely_on().is_some() {
        return match content(dossier, "") {
            Content::Full(_) => Departure::Email,
            Content::Notice(_) => Departure::Notice,
        };
    }
    Departure::Post(if dossier.prefers_post() {
        PostReason::Preferred
    } else if dossier.filing.email.is_some() {
        PostReason::Unconfirmed
    } else {
        PostReason::NoEmail
    })
}
