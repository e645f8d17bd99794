//! Trying an e-mail anew that could not be delivered, and what the ledger of e-mails tells of their cases.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Touch};
use crate::case::as_letter::AsLetter;
use crate::case::dossier;
use crate::case::events::{mail_retried, other_mail_retried};
use crate::case::failure;
use crate::case::hand_over::drop_letters;
use crate::case::post::unposted_emails;
use crate::case::requalification::is_told;
use crate::case::sight::{Viewer, in_sight};
use crate::case::withheld::withhold;
use crate::case::{CaseId, Office, PostalKind, Purpose, Reference};
use crate::db::schema::{cases, filings};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, SYSTEM_CHAIN};
use crate::mail::outbox::ledger;
use crate::mail::outbox::retry;
use crate::mail::{OutboxId, outbox};

/// Why an e-mail is not tried anew.
#[derive(Debug, thiserror::Error)]
pub enum RetryError {
    /// There is none, as far as they may know.
    #[error("no such e-mail")]
    NotThere,
    /// It did not fail nor come back, or someone had it tried anew before.
    #[error("the e-mail has not failed")]
    NotFailed,
    /// The letter in its place has left, or nothing of the kind is needed any more.
    #[error("a letter has left in its place")]
    LetterLeft,
    /// The person can be reached elsewhere since then.
    #[error("the address has changed")]
    AddressChanged,
    /// It carries what the case, sensitive since then, gives to no e-mail.
    #[error("the case is sensitive")]
    Withheld,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
    /// Its words could not be written anew.
    #[error(transparent)]
    Act(#[from] ActError),
}

/// The references of those of these cases that someone may see.
///
/// # Errors
/// When the database fails.
pub async fn references_in_sight(
    conn: &mut Conn,
    ids: &[i64],
    viewer: Viewer,
) -> Result<HashMap<i64, Reference>, DbError> {
    let seen: Vec<(i64, i16)> = cases::table
        .filter(cases::id.eq_any(ids))
        .filter(in_sight(viewer).fixed())
        .select((cases::id, cases::reference_year))
        .load(conn)
        .await?;
    let named = |(id, year)| (id, Reference::new(year, CaseId(id)));
    Ok(seen.into_iter().map(named).collect())
}

/// Has an e-mail tried anew that failed or came back: it leaves under the Message-ID it had. What was asked
/// for in its place stays on its list until the e-mail has left. One of a case that is sensitive by now
/// leaves without its content.
///
/// # Errors
/// Why not: see [`RetryError`].
pub async fn retry_mail(
    conn: &mut Conn,
    office: &Office,
    id: OutboxId,
    (viewer, at): (Viewer, DateTime<Utc>),
) -> Result<(), RetryError> {
    conn.transaction(async |conn| {
        let entry = ledger::entry(conn, id, at).await?;
        let entry = entry.ok_or(RetryError::NotThere)?;
        let case = entry.mail.about.map(CaseId);
        if let Some(case) = case {
            let seen = references_in_sight(conn, &[case.0], viewer).await?;
            if seen.is_empty() {
                return Err(RetryError::NotThere);
            }
            diesel::update(cases::table.find(case.0))
                .set((cases::version.eq(cases::version + 1), Touch::at(at)))
                .execute(conn)
                .await?;
        }
        if !entry.mail.standing.is_undelivered() {
            return Err(RetryError::NotFailed);
        }
        let purpose = Purpose::from_code(&entry.mail.purpose);
        if let (Some(case), Some(purpose)) = (case, purpose) {
            is_still_needed(conn, case, (purpose, id), &entry.recipient).await?;
        }
        if !retry(conn, id, at).await? {
            return Err(RetryError::NotFailed);
        }
        if let Some(case) = case {
            without_content(conn, office, (case, purpose), at).await?;
        }
        // One of no case is told by the system's journal.
        let (chain, line) = match (case, purpose) {
            (Some(case), Some(purpose)) => (case.0, mail_retried(purpose, id.0)),
            (Some(_), None) | (None, _) => (SYSTEM_CHAIN, other_mail_retried(id.0)),
        };
        journal::append(conn, chain, line, Actor::Staff(viewer.id.0), at).await?;
        Ok(())
    })
    .await
}

/// What waits of a case that is sensitive leaves as a notice; its dated copy leaves on paper alone.
async fn without_content(
    conn: &mut Conn,
    office: &Office,
    (case, purpose): (CaseId, Option<Purpose>),
    at: DateTime<Utc>,
) -> Result<(), RetryError> {
    let dossier = dossier::by_id(conn, case).await?;
    if !dossier.case.is_sensitive {
        return Ok(());
    }
    if purpose == Some(Purpose::Copy) {
        return Err(RetryError::Withheld);
    }
    Ok(withhold(conn, office, &dossier, at).await?)
}

/// Whether the e-mail still has its use: the letter in its place waits, and the person is still reached
/// at this address.
async fn is_still_needed(
    conn: &mut Conn,
    case: CaseId,
    (purpose, id): (Purpose, OutboxId),
    recipient: &str,
) -> Result<(), RetryError> {
    let Some(letter) = AsLetter::of(conn, case, (purpose, id.0)).await? else {
        return Ok(());
    };
    let kinds = letter.stand_ins();
    let waits_since = failure::letter_waits_since(conn, case, &kinds).await?;
    let has_left = match letter {
        // Another letter may wait, when the one that held its message was posted.
        AsLetter::Messages(_) => !unposted_emails(conn, case).await?.contains(&Some(id.0)),
        AsLetter::Acknowledgement | AsLetter::Answer | AsLetter::Other(_) => false,
    };
    if waits_since.is_none() || has_left {
        return Err(RetryError::LetterLeft);
    }
    let email: Option<String> = filings::table
        .find(case.0)
        .select(filings::email)
        .first(conn)
        .await?;
    if email.as_deref() == Some(recipient) {
        Ok(())
    } else {
        Err(RetryError::AddressChanged)
    }
}

/// An e-mail that was tried anew has left after all: the letter asked for in its place is not needed
/// any more, unless it carries something else.
pub(super) async fn left_after_all(
    conn: &mut Conn,
    case: CaseId,
    (purpose, outbox): (Purpose, i64),
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    let Some(letter) = AsLetter::of(conn, case, (purpose, outbox)).await? else {
        return Ok(());
    };
    let kinds = letter.stand_ins();
    let Some(since) = failure::letter_waits_since(conn, case, &kinds).await? else {
        return Ok(());
    };
    let is_needed = match letter {
        AsLetter::Messages(_) => match unposted_emails(conn, case).await?.as_slice() {
            [] => false,
            waiting if waiting.iter().all(Option::is_none) => {
                return failure::replaces_none(conn, case, &kinds).await;
            }
            _ => true,
        },
        // What left for an address that nobody confirmed has told nobody.
        AsLetter::Other(PostalKind::Requalification) => !is_told(conn, case).await?,
        AsLetter::Acknowledgement | AsLetter::Answer | AsLetter::Other(_) => {
            outbox::has_failed_since(conn, (purpose.code(), case.0), since).await?
        }
    };
    if is_needed {
        return Ok(());
    }
    drop_letters(conn, case, &kinds, (actor, at))
        .await
        .map(drop)
}
