//! The act of the person for whom a complaint stays one: in one click, without a reason.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, count};
use crate::case::dossier::{self, Dossier};
use crate::case::hand_over::{drop_letters, lock};
use crate::case::links::{Claim, LinkError, LinkPurpose};
use crate::case::requalification::Requalification;
use crate::case::way_in::{WayError, claimed};
use crate::case::{CaseId, Office, PostalKind, StaffId, Status, events};
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
                diesel::update(cases::table.find(case.0))
                    .set((
                        cases::version.eq(cases::version + 1),
                        cases::last_event_at.eq(at),
                        cases::person_wrote_at.eq(at),
                    ))
                    .execute(conn)
                    .await?;
                let on = calendar::paris_date(at);
                keep_complaint(conn, (case, last.id), (on, at), (Actor::Person, at)).await
            }
            _ => Err(ActError::NotNow(dossier.case.status)),
        }
    })
    .await
}

/// Whether an objection can still be noted: the requalification waits and nothing ended meanwhile.
pub fn can_be_objected_to(dossier: &Dossier) -> bool {
    let last = dossier.requalification.as_ref();
    dossier.case.status.is_open() && last.is_some_and(Requalification::is_pending)
}

/// Records an objection that came by letter, by telephone or in a message, on `received_on` (Paris
/// calendar). It is accepted as long as the requalification has not taken effect.
///
/// # Errors
/// [`ActError::BadDate`] when the day is to come or before the decision; [`ActError::NotNow`] when
/// nothing waits for an objection; or the case has changed since it was shown, or the database
/// fails.
pub async fn object_received(
    conn: &mut Conn,
    seen: Seen,
    received_on: NaiveDate,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    const FROM: [Status; 2] = [Status::Received, Status::Acknowledged];
    conn.transaction(async |conn| {
        count(conn, seen, &FROM, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        let pending = dossier.requalification.as_ref();
        let Some(last) = pending.filter(|last| last.is_pending()) else {
            return Err(ActError::NotNow(dossier.case.status));
        };
        let today = calendar::paris_date(at);
        if received_on < calendar::paris_date(last.decided_at) || today < received_on {
            return Err(ActError::BadDate);
        }
        // The hour of a letter is not known: noon is on the same day in Paris.
        let noon = received_on.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(12);
        let objected_at = if received_on == today { at } else { noon };
        let row = (seen.case, last.id);
        let actor = Actor::Staff(by.0);
        keep_complaint(conn, row, (received_on, objected_at), (actor, at)).await
    })
    .await
}

/// The complaint stays one: the notice that would still be posted has lost its use.
async fn keep_complaint(
    conn: &mut Conn,
    (case, row): (CaseId, i64),
    (on, objected_at): (NaiveDate, DateTime<Utc>),
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), ActError> {
    diesel::update(requalifications::table.find(row))
        .set(requalifications::objected_at.eq(objected_at))
        .execute(conn)
        .await?;
    let entry = events::requalification_objected(row, on);
    journal::append(conn, case.0, entry, actor, at).await?;
    let notice = [PostalKind::Requalification];
    drop_letters(conn, case, &notice, (actor, at)).await?;
    Ok(())
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
