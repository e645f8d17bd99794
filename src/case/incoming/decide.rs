//! What becomes of an e-mail that was understood. Reads, and changes nothing.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::incoming::leads::Leads;
use crate::case::incoming::{Reason, bounced, fit};
use crate::db::schema::filings;
use crate::db::{Conn, DbError};
use crate::firm;
use crate::mail::EmailAddress;
use crate::mail::incoming::{Mail, Sort};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// It is a message of the person of this case.
    Join(CaseId),
    /// It is a case of its own.
    Open,
    /// Staff decide.
    Hold(Reason),
    /// Nothing; the case it answers, if any.
    SetAside(Option<CaseId>),
    /// It is shown as it came.
    NotUnderstood(Reason),
}

/// Decides on an e-mail and its leads; `has_pieces` when something of it was taken as a file.
pub(super) async fn decide(
    conn: &mut Conn,
    (mail, leads): (&Mail, &Leads),
    (is_whole, has_pieces): (bool, bool),
) -> Result<Decision, DbError> {
    let answered = leads.answered.as_slice().first().copied();
    match mail.sort {
        Sort::NotUnderstood if is_whole => {
            return Ok(Decision::NotUnderstood(Reason::TooManyParts));
        }
        Sort::NotUnderstood => return Ok(Decision::NotUnderstood(Reason::TooLarge)),
        Sort::Bounce => {
            let report = mail.bounce.clone().unwrap_or_default();
            return bounced::judge(conn, &report).await;
        }
        Sort::AutoReply | Sort::List => return Ok(Decision::SetAside(answered)),
        Sort::Person => {}
    }
    let Some(sender) = &mail.sender else {
        return Ok(Decision::Hold(Reason::NoSender));
    };
    if is_ours(sender) {
        return Ok(Decision::Hold(Reason::FromUs));
    }
    if mail.is_bulk {
        return Ok(Decision::Hold(Reason::Bulk));
    }
    if let Some(case) = answered {
        return Ok(if is_of(conn, case, sender).await? {
            Decision::Join(case)
        } else {
            Decision::Hold(Reason::OtherSender)
        });
    }
    if !mail.answers.is_empty() {
        return Ok(Decision::Hold(Reason::UnknownToken));
    }
    if !leads.of_sender.is_empty() {
        return Ok(Decision::Hold(Reason::SenderHasCases));
    }
    if !leads.named.is_empty() {
        return Ok(Decision::Hold(Reason::ReferenceNamed));
    }
    let says_something = !fit::whole(&mail.subject, &mail.text).trim().is_empty();
    Ok(if says_something && (has_pieces || !mail.text.is_empty()) {
        Decision::Open
    } else {
        Decision::Hold(Reason::NoText)
    })
}

/// Whether it can be the person's own: not of one of us, nor of a server, whom no acknowledgement is to
/// reach in the person's place.
pub(super) fn can_be_a_persons(sort: Option<Sort>, sender: &EmailAddress) -> bool {
    sort != Some(Sort::Bounce) && !is_ours(sender)
}

/// Whether the address is one of the firm's: an acknowledgement would come back to us.
fn is_ours(sender: &EmailAddress) -> bool {
    let domain = sender.as_str().rsplit('@').next();
    domain.is_some_and(|domain| domain.eq_ignore_ascii_case(firm::DOMAIN))
}

/// Whether the address is that of the case (R86).
pub(super) async fn is_of(
    conn: &mut Conn,
    case: CaseId,
    sender: &EmailAddress,
) -> Result<bool, DbError> {
    let email: Option<Option<String>> = filings::table
        .find(case.0)
        .select(filings::email)
        .first(conn)
        .await
        .optional()?;
    let email = email
        .flatten()
        .and_then(|email| EmailAddress::parse(&email).ok());
    Ok(email.is_some_and(|email| email.comparison_key() == sender.comparison_key()))
}
