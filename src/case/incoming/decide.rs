//! What becomes of an e-mail that was understood. Reads, and changes nothing.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::incoming::{Reason, bounced, fit, reference};
use crate::case::persons::find::lower_known;
use crate::case::{CaseId, Reference, Status};
use crate::db::schema::{cases, filings};
use crate::db::{Conn, DbError};
use crate::firm;
use crate::mail::incoming::{Mail, Sort};
use crate::mail::{EmailAddress, outbox};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// It is a message of the person of this case.
    Join(CaseId),
    /// It is a case of its own.
    Open,
    /// Staff decide; the case it seems to be about, if any.
    Hold(Reason, Option<CaseId>),
    /// Nothing; the case it answers, if any.
    SetAside(Option<CaseId>),
    /// It is shown as it came.
    NotUnderstood(Reason),
}

/// Decides on an e-mail; `has_pieces` when something of it was taken as a file.
pub(super) async fn decide(
    conn: &mut Conn,
    mail: &Mail,
    (is_whole, has_pieces): (bool, bool),
) -> Result<Decision, DbError> {
    let answered = outbox::subjects(conn, &mail.answers).await?;
    let answered = answered.into_iter().next().map(CaseId);
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
        return Ok(Decision::Hold(Reason::NoSender, answered));
    };
    if is_ours(sender) {
        return Ok(Decision::Hold(Reason::FromUs, answered));
    }
    if mail.is_bulk {
        return Ok(Decision::Hold(Reason::Bulk, answered));
    }
    if let Some(case) = answered {
        return Ok(if is_of(conn, case, sender).await? {
            Decision::Join(case)
        } else {
            Decision::Hold(Reason::OtherSender, Some(case))
        });
    }
    if !mail.answers.is_empty() {
        return Ok(Decision::Hold(Reason::UnknownToken, None));
    }
    if let Some(case) = open_case_of(conn, sender).await? {
        return Ok(Decision::Hold(Reason::SenderHasCases, Some(case)));
    }
    if let Some(case) = named(conn, mail).await? {
        return Ok(Decision::Hold(Reason::ReferenceNamed, Some(case)));
    }
    let says_something = !fit::whole(&mail.subject, &mail.text).trim().is_empty();
    Ok(if says_something && (has_pieces || !mail.text.is_empty()) {
        Decision::Open
    } else {
        Decision::Hold(Reason::NoText, None)
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

/// The newest case of this address that is not over.
async fn open_case_of(conn: &mut Conn, sender: &EmailAddress) -> Result<Option<CaseId>, DbError> {
    let id: Option<i64> = filings::table
        .inner_join(cases::table)
        .filter(lower_known(filings::email).eq(Some(sender.comparison_key())))
        .filter(cases::status.eq_any(not_over()))
        .order(cases::id.desc())
        .select(cases::id)
        .first(conn)
        .await
        .optional()?;
    Ok(id.map(CaseId))
}

pub(super) fn not_over() -> Vec<Status> {
    let all = Status::ALL.iter().copied();
    all.filter(|status| !status.has_ended()).collect()
}

/// A case whose reference it names.
async fn named(conn: &mut Conn, mail: &Mail) -> Result<Option<CaseId>, DbError> {
    let text = fit::whole(&mail.subject, &mail.text);
    for reference in reference::named(&text) {
        if exists(conn, reference).await? {
            return Ok(Some(reference.case()));
        }
    }
    Ok(None)
}

async fn exists(conn: &mut Conn, reference: Reference) -> Result<bool, DbError> {
    let year: Option<i16> = cases::table
        .find(reference.case().0)
        .select(cases::reference_year)
        .first(conn)
        .await
        .optional()?;
    Ok(year == Some(reference.year()))
}
