//! The act *posté le*: a letter has left, on a day someone vouches for.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, Touch, guarded, refusal};
use crate::case::events::{self, Carrier};
use crate::case::exchange::{MessageKind, Side};
use crate::case::failure;
use crate::case::hand_over::{acknowledged, answered, ask_for_letter};
use crate::case::requalification::told;
use crate::case::{CaseId, Nature, PostalKind, StaffId, Status};
use crate::db::schema::{cases, messages, postal_tasks, requalifications};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// Records that a letter was posted on `posted_on` (Paris calendar). The acknowledgement and the
/// answer stop their clocks on that day; the acknowledgement can be posted without being asked for.
///
/// # Errors
/// [`ActError::BadDate`] when the day is to come or before the case was received, or before it was a
/// complaint for its acknowledgement;
/// [`ActError::NothingToPost`] when no such letter is ready; or the case has changed since it was
/// shown, or the database fails.
pub async fn posted(
    conn: &mut Conn,
    seen: Seen,
    kind: PostalKind,
    posted_on: NaiveDate,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        let received_at: Option<DateTime<Utc>> = diesel::update(guarded(seen, from(kind)))
            .set((cases::version.eq(cases::version + 1), Touch::at(at)))
            .returning(cases::received_at)
            .get_result(conn)
            .await
            .optional()?;
        let Some(received_at) = received_at else {
            return Err(refusal(conn, seen).await?);
        };
        let earliest = earliest(conn, seen.case, kind, received_at).await?;
        if posted_on < earliest || calendar::paris_date(at) < posted_on {
            return Err(ActError::BadDate);
        }
        let was_asked = tick_off(conn, seen, kind, posted_on, by).await?;
        let actor = Actor::Staff(by.0);
        match kind {
            PostalKind::Acknowledgement => {
                acknowledged(conn, seen.case, posted_on, Carrier::Post, (actor, at)).await?;
            }
            PostalKind::Answer if was_asked => {
                answered(conn, seen.case, posted_on, Carrier::Post, (actor, at)).await?;
            }
            PostalKind::Requalification if was_asked => {
                told(conn, seen.case, posted_on, Carrier::Post, (actor, at)).await?;
            }
            PostalKind::Copy | PostalKind::Message | PostalKind::Conversion if was_asked => {
                let entry = events::letter_posted(kind, posted_on);
                journal::append(conn, seen.case.0, entry, actor, at).await?;
                if kind == PostalKind::Message {
                    date_messages(conn, seen.case, posted_on, (actor, at)).await?;
                }
            }
            PostalKind::Answer
            | PostalKind::Copy
            | PostalKind::Message
            | PostalKind::Requalification
            | PostalKind::Conversion => {
                return Err(ActError::NothingToPost);
            }
        }
        Ok(())
    })
    .await
}

/// The first day on which a letter of this kind can have left. What acknowledged the request that
/// the case was before does not acknowledge the complaint.
async fn earliest(
    conn: &mut Conn,
    case: CaseId,
    kind: PostalKind,
    received_at: DateTime<Utc>,
) -> Result<NaiveDate, DbError> {
    if kind != PostalKind::Acknowledgement {
        return Ok(calendar::paris_date(received_at));
    }
    let converted_at: Option<DateTime<Utc>> = requalifications::table
        .filter(requalifications::case_id.eq(case.0))
        .filter(requalifications::to_nature.eq(Nature::Complaint))
        .select(diesel::dsl::max(requalifications::decided_at))
        .first(conn)
        .await?;
    Ok(calendar::paris_date(converted_at.unwrap_or(received_at)))
}

/// The states in which a letter of this kind can leave.
const fn from(kind: PostalKind) -> &'static [Status] {
    match kind {
        PostalKind::Acknowledgement => &[Status::Received],
        // One posted before the person withdrew may be noted after.
        PostalKind::Answer => &[Status::Received, Status::Acknowledged, Status::Withdrawn],
        PostalKind::Copy
        | PostalKind::Message
        | PostalKind::Requalification
        | PostalKind::Conversion => Status::ALL,
    }
}

/// Ticks the letter off the list, if it was on it; it cannot have left before it was asked for.
async fn tick_off(
    conn: &mut Conn,
    seen: Seen,
    kind: PostalKind,
    posted_on: NaiveDate,
    by: StaffId,
) -> Result<bool, ActError> {
    let asked = postal_tasks::table
        .filter(postal_tasks::case_id.eq(seen.case.0))
        .filter(postal_tasks::kind.eq(kind))
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    let ticked: Option<DateTime<Utc>> = diesel::update(asked)
        .set((
            postal_tasks::done_on.eq(posted_on),
            postal_tasks::done_by.eq(by.0),
        ))
        .returning(postal_tasks::created_at)
        .get_result(conn)
        .await
        .optional()?;
    let Some(asked_at) = ticked else {
        return Ok(false);
    };
    let counts_from_reception = kind == PostalKind::Acknowledgement;
    if !counts_from_reception && posted_on < calendar::paris_date(asked_at) {
        return Err(ActError::BadDate);
    }
    failure::ends(conn, seen.case).await?;
    Ok(true)
}

/// Dates the messages that were in the envelope; one written later asks for another.
async fn date_messages(
    conn: &mut Conn,
    case: CaseId,
    posted_on: NaiveDate,
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    let ours = MessageKind::ALL
        .iter()
        .filter(|kind| kind.side() == Side::Office);
    let waiting: Vec<(i64, DateTime<Utc>)> = messages::table
        .filter(messages::case_id.eq(case.0))
        .filter(messages::kind.eq_any(ours))
        .filter(messages::outbox_id.is_null())
        .filter(messages::posted_on.is_null())
        .select((messages::id, messages::written_at))
        .load(conn)
        .await?;
    let (posted, left): (Vec<_>, Vec<_>) = waiting
        .into_iter()
        .partition(|(_, written_at)| calendar::paris_date(*written_at) <= posted_on);
    let posted: Vec<i64> = posted.into_iter().map(|(id, _)| id).collect();
    diesel::update(messages::table.filter(messages::id.eq_any(posted)))
        .set(messages::posted_on.eq(posted_on))
        .execute(conn)
        .await?;
    if left.is_empty() {
        return Ok(());
    }
    ask_for_letter(conn, case, PostalKind::Message, actor, at).await
}
