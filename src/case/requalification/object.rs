//! The act of the person for whom a complaint stays one: in one click, without a reason.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::ActError;
use crate::case::dossier;
use crate::case::hand_over::lock;
use crate::case::links::{Claim, LinkError, LinkPurpose};
use crate::case::way_in::{WayError, claimed};
use crate::case::{CaseId, Office, events};
use crate::db::schema::{cases, requalifications};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// Why an objection came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// The link cannot be used.
    #[error(transparent)]
    Way(#[from] WayError),
    /// The ten days have passed, or there is nothing to object to.
    #[error("nothing to object to any more")]
    Over,
}

impl From<DbError> for ObjectError {
    fn from(error: DbError) -> Self {
        Self::Way(error.into())
    }
}

/// Objects to the requalification that waits; again changes nothing. It is accepted as long as the
/// requalification has not taken effect.
///
/// # Errors
/// [`ActError::NotNow`] when nothing waits for an objection, or the database fails.
pub async fn object(conn: &mut Conn, case: CaseId, at: DateTime<Utc>) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        lock(conn, case).await?;
        let dossier = dossier::by_id(conn, case).await?;
        match &dossier.requalification {
            Some(last) if last.was_refused() => Ok(()),
            Some(last) if last.is_pending() && dossier.case.status.is_open() => {
                let id = last.id;
                diesel::update(requalifications::table.find(id))
                    .set(requalifications::objected_at.eq(at))
                    .execute(conn)
                    .await?;
                diesel::update(cases::table.find(case.0))
                    .set((
                        cases::version.eq(cases::version + 1),
                        cases::last_event_at.eq(at),
                        cases::person_wrote_at.eq(at),
                    ))
                    .execute(conn)
                    .await?;
                let entry = events::requalification_objected(id);
                journal::append(conn, case.0, entry, Actor::Person, at).await?;
                Ok(())
            }
            _ => Err(ActError::NotNow(dossier.case.status)),
        }
    })
    .await
}

/// Whether a link to object can be used: for the page that asks before acting.
///
/// # Errors
/// When the link cannot be used.
pub async fn to_object(
    conn: &mut Conn,
    office: &Office,
    token: &str,
    at: DateTime<Utc>,
) -> Result<CaseId, WayError> {
    let claim: Claim = office.links.read(LinkPurpose::Object, token, at)?;
    let dossier = claimed(conn, &claim).await?;
    let email = dossier.filing.email.as_deref().unwrap_or_default();
    if office.links.was_sent_to(&claim, email) {
        Ok(dossier.case.id())
    } else {
        Err(LinkError::Expired.into())
    }
}

/// Objects by the link of the notice, which asks for no code: it only keeps what the law gives.
///
/// # Errors
/// When the link cannot be used, or nothing waits for an objection any more.
pub async fn object_by_link(
    conn: &mut Conn,
    office: &Office,
    token: &str,
    at: DateTime<Utc>,
) -> Result<(), ObjectError> {
    let case = to_object(conn, office, token, at).await?;
    match object(conn, case, at).await {
        Ok(()) => Ok(()),
        Err(ActError::Database(error)) => Err(error.into()),
        Err(_) => Err(ObjectError::Over),
    }
}
