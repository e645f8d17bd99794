//! The act of confirming an e-mail address: the link in the first e-mail proves that the address
//! is the person's, and the full dated copy leaves (R19).

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::dossier::{self, Dossier};
use crate::case::events;
use crate::case::files;
use crate::case::hand_over::{ask_for_letter, lock};
use crate::case::links::{LinkError, LinkPurpose};
use crate::case::notify::{NotifyError, to_person};
use crate::case::requalification::told_at_last;
use crate::case::{AsFiled, Office, PostalKind, Purpose, Reference, as_filed};
use crate::db::schema::filings;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};
use crate::mail::words::WordsError;
use crate::mail::{Composed, EmailAddress};

/// Why an address was not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// The link cannot be used.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The copy could not be written or queued.
    #[error(transparent)]
    Notify(#[from] NotifyError),
}

impl From<DbError> for ConfirmError {
    fn from(error: DbError) -> Self {
        Self::Notify(error.into())
    }
}

impl From<WordsError> for ConfirmError {
    fn from(error: WordsError) -> Self {
        Self::Notify(error.into())
    }
}

/// The case that a link would confirm, for the page that asks before acting.
///
/// # Errors
/// When the link is forged, expired, or was sent to an address that has changed since.
pub async fn to_confirm(
    conn: &mut Conn,
    office: &Office,
    token: &str,
    at: DateTime<Utc>,
) -> Result<Dossier, ConfirmError> {
    let claim = office.links.read(LinkPurpose::ConfirmAddress, token, at)?;
    let dossier = match dossier::by_id(conn, claim.case).await {
        Err(DbError::NotFound) => return Err(LinkError::Forged.into()),
        other => other?,
    };
    let email = dossier.filing.email.as_deref().unwrap_or_default();
    if !office.links.was_sent_to(&claim, email) {
        return Err(LinkError::Expired.into());
    }
    Ok(dossier)
}

/// Confirms the address and queues the full copy, once; confirming again changes nothing.
/// `copy` writes the copy's words: what the form asked is for the site to say.
///
/// # Errors
/// When the link cannot be used, or the copy cannot be written or queued.
pub async fn confirm_address(
    conn: &mut Conn,
    office: &Office,
    token: &str,
    at: DateTime<Utc>,
    copy: impl Fn(AsFiled<'_>) -> Result<Composed, WordsError>,
) -> Result<Reference, ConfirmError> {
    let dossier = to_confirm(conn, office, token, at).await?;
    let (case, reference) = (dossier.case.id(), dossier.case.reference());
    let email = dossier
        .filing
        .email
        .as_deref()
        .and_then(|email| EmailAddress::parse(email).ok());
    let Some(email) = email else {
        return Err(LinkError::Forged.into());
    };
    let files = files::of_case(conn, case, None).await?;
    let filing = as_filed(conn, &dossier).await?;
    let words = copy(AsFiled {
        dossier: &dossier,
        filing: &filing,
        files: &files,
    })?;
    conn.transaction(async |conn| {
        lock(conn, case).await?;
        let unconfirmed = filings::table
            .find(case.0)
            .filter(filings::email_confirmed_at.is_null())
            .filter(filings::email.eq(email.as_str()));
        let confirmed = diesel::update(unconfirmed)
            .set(filings::email_confirmed_at.eq(at))
            .execute(conn)
            .await?;
        if confirmed == 1 {
            let entry = events::address_confirmed();
            journal::append(conn, case.0, entry, Actor::Person, at).await?;
            told_at_last(conn, case, email.as_str(), at).await?;
            if dossier.case.is_sensitive {
                copy_by_post(conn, &dossier, at).await?;
            } else {
                to_person(conn, office, case, (Purpose::Copy, &email, words), at).await?;
            }
        }
        Ok(reference)
    })
    .await
}

/// The copy of a case with sensitive data goes by no e-mail: by post if it can, else it is read behind
/// the code.
pub(super) async fn copy_by_post(
    conn: &mut Conn,
    dossier: &Dossier,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    if dossier.filing.postal_address.is_none() {
        return Ok(());
    }
    let case = dossier.case.id();
    ask_for_letter(conn, case, PostalKind::Copy, Actor::System, at).await
}
