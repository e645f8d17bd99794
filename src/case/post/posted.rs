//! The act *posté le*: a letter has left, on a day someone vouches for.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, Touch, guarded, refusal};
use crate::case::events::{self, Carrier};
use crate::case::failure;
use crate::case::files::{self, LeavesAs};
use crate::case::hand_over::{acknowledged, answered, ask_for_letter};
use crate::case::post::TrackingNumber;
use crate::case::post::messages::unposted;
use crate::case::requalification::told;
use crate::case::{CaseId, Nature, PostalKind, StaffId, Status};
use crate::db::schema::{cases, messages, postal_tasks, requalifications};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// A letter that has left.
#[derive(Clone, Debug)]
pub struct Posting {
    /// What letter.
    pub kind: PostalKind,
    /// The day, Paris calendar.
    pub posted_on: NaiveDate,
    /// By which the post office follows it.
    pub tracking: Option<TrackingNumber>,
}

/// Records that a letter was posted on its day (Paris calendar). The acknowledgement and the
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
    posting: &Posting,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    let (kind, posted_on) = (posting.kind, posting.posted_on);
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
        let ticked = tick_off(conn, seen, posting, by).await?;
        let was_asked = ticked.is_some();
        let actor = Actor::Staff(by.0);
        match kind {
            PostalKind::Acknowledgement => {
                acknowledged(conn, seen.case, posted_on, Carrier::Post, (actor, at)).await?;
            }
            PostalKind::Answer if was_asked => {
                answered(conn, seen.case, posted_on, Carrier::Post, (actor, at)).await?;
                date_held(conn, ticked.map(|ticked| ticked.task), posted_on).await?;
            }
            PostalKind::Requalification if was_asked => {
                told(conn, seen.case, posted_on, Carrier::Post, (actor, at)).await?;
            }
            PostalKind::Copy | PostalKind::Message | PostalKind::Conversion if was_asked => {
                let entry = events::letter_posted(kind, posted_on);
                journal::append(conn, seen.case.0, entry, actor, at).await?;
                if kind == PostalKind::Message {
                    let printed = ticked.filter(|ticked| ticked.made_at.is_some());
                    date_messages(conn, seen.case, (posted_on, printed), (actor, at)).await?;
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
        // One posted before the person withdrew may be noted after; one whose e-mail came back is
        // posted whatever the case has become.
        PostalKind::Answer
        | PostalKind::Copy
        | PostalKind::Message
        | PostalKind::Requalification
        | PostalKind::Conversion => Status::ALL,
    }
}

/// A letter that is off the list.
#[derive(Clone, Copy)]
struct Ticked {
    /// Its row.
    task: i64,
    /// When its pages were made, if they were.
    made_at: Option<DateTime<Utc>>,
}

/// Ticks the letter off the list, if it was on it; it cannot have left before it was asked for.
async fn tick_off(
    conn: &mut Conn,
    seen: Seen,
    posting: &Posting,
    by: StaffId,
) -> Result<Option<Ticked>, ActError> {
    let (kind, posted_on) = (posting.kind, posting.posted_on);
    let tracking = posting.tracking.as_ref().map(TrackingNumber::as_str);
    let asked = postal_tasks::table
        .filter(postal_tasks::case_id.eq(seen.case.0))
        .filter(postal_tasks::kind.eq(kind))
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    let ticked: Option<(i64, DateTime<Utc>)> = diesel::update(asked)
        .set((
            postal_tasks::done_on.eq(posted_on),
            postal_tasks::done_by.eq(by.0),
            postal_tasks::tracking.eq(tracking),
        ))
        .returning((postal_tasks::id, postal_tasks::created_at))
        .get_result(conn)
        .await
        .optional()?;
    let Some((task, asked_at)) = ticked else {
        return Ok(None);
    };
    let counts_from_reception = kind == PostalKind::Acknowledgement;
    if !counts_from_reception && posted_on < calendar::paris_date(asked_at) {
        return Err(ActError::BadDate);
    }
    let made_at = files::letter_left(conn, LeavesAs::Task(task, kind)).await?;
    // Pages bear the day they were made: they cannot have left before it.
    if made_at.is_some_and(|made_at| posted_on < calendar::paris_date(made_at)) {
        return Err(ActError::BadDate);
    }
    failure::ends(conn, seen.case).await?;
    Ok(Some(Ticked { task, made_at }))
}

/// Dates the messages that the pages of a letter hold, if it has any.
async fn date_held(
    conn: &mut Conn,
    task: Option<i64>,
    posted_on: NaiveDate,
) -> Result<(), DbError> {
    let held = messages::table
        .filter(messages::postal_task.eq_any(task))
        .filter(messages::posted_on.is_null());
    diesel::update(held)
        .set(messages::posted_on.eq(posted_on))
        .execute(conn)
        .await
        .map(drop)
}

/// Dates the messages that were in the envelope: those that its printed pages hold, else those written
/// by that day. Another asks for another letter.
async fn date_messages(
    conn: &mut Conn,
    case: CaseId,
    (posted_on, printed): (NaiveDate, Option<Ticked>),
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    if let Some(letter) = printed {
        // Also one whose e-mail was being tried anew meanwhile: it is in the envelope.
        date_held(conn, Some(letter.task), posted_on).await?;
    } else {
        let waiting = unposted(conn, case).await?.into_iter();
        let written = waiting.filter(|one| calendar::paris_date(one.written_at) <= posted_on);
        let posted: Vec<i64> = written.map(|one| one.id).collect();
        diesel::update(messages::table.filter(messages::id.eq_any(posted)))
            .set(messages::posted_on.eq(posted_on))
            .execute(conn)
            .await?;
    }
    if unposted(conn, case).await?.is_empty() {
        return Ok(());
    }
    ask_for_letter(conn, case, PostalKind::Message, actor, at).await
}
