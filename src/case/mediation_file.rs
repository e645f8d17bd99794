//! The act of making our file for the mediator: what it holds is told by one line of the journal.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::dossier::digest;
use crate::case::exchange::{MessageKind, Side};
use crate::case::post::TaskId;
use crate::case::{CaseId, Dossier, PostalKind, StaffId, Status, events};
use crate::db::schema::{mediations, messages, postal_tasks};
use crate::db::{Condition, Conn, DbError};
use crate::journal::{self, Actor};

/// A letter that was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Which.
    pub task: TaskId,
    /// What it was.
    pub kind: PostalKind,
    /// The day, Paris calendar.
    pub on: NaiveDate,
    /// By which the post office followed it.
    pub tracking: Option<String>,
}

/// A message of ours, as the file for the mediator tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OurMessage {
    /// Its row.
    pub id: i64,
    /// When it was written, UTC.
    pub written_at: DateTime<Utc>,
    /// Whether it has reached nobody yet: its e-mail waits, failed or came back, or its letter waits.
    pub is_pending: bool,
    /// The letter whose pages hold it.
    pub letter: Option<TaskId>,
    /// The day its letter was posted, Paris calendar.
    pub posted_on: Option<NaiveDate>,
}

/// In a statement on `messages`: nobody has been handed it. One that a letter was to carry waits as long
/// as a letter does.
const PENDING: &str = "messages.posted_on IS NULL AND CASE WHEN messages.outbox_id IS NULL \
     THEN EXISTS (SELECT FROM postal_tasks WHERE postal_tasks.case_id = messages.case_id \
                  AND postal_tasks.kind IN ('message', 'answer') \
                  AND postal_tasks.done_on IS NULL AND postal_tasks.dropped_at IS NULL) \
     ELSE EXISTS (SELECT FROM outbox WHERE outbox.id = messages.outbox_id \
                  AND (outbox.handed_over_at IS NULL OR outbox.bounced_at IS NOT NULL)) END";

/// The messages of ours to the person of a case, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn our_messages(conn: &mut Conn, case: CaseId) -> Result<Vec<OurMessage>, DbError> {
    type Row = (i64, DateTime<Utc>, Option<i64>, Option<NaiveDate>);
    let ours = MessageKind::ALL
        .iter()
        .filter(|kind| kind.side() == Side::Office);
    let written = messages::table
        .filter(messages::case_id.eq(case.0))
        .filter(messages::kind.eq_any(ours))
        .order(messages::id.asc())
        .select((
            messages::id,
            messages::written_at,
            messages::postal_task,
            messages::posted_on,
        ));
    let rows: Vec<Row> = written.load(conn).await?;
    let pending: Vec<i64> = messages::table
        .filter(messages::case_id.eq(case.0))
        .filter(Condition::of(PENDING).fixed())
        .select(messages::id)
        .load(conn)
        .await?;
    let message = |(id, written_at, letter, posted_on): Row| OurMessage {
        id,
        written_at,
        is_pending: pending.contains(&id),
        letter: letter.map(TaskId),
        posted_on,
    };
    Ok(rows.into_iter().map(message).collect())
}

/// The letters of a case that were posted, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn letters_posted(conn: &mut Conn, case: CaseId) -> Result<Vec<Posted>, DbError> {
    let rows: Vec<(i64, PostalKind, Option<NaiveDate>, Option<String>)> = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::done_on.is_not_null())
        .order((postal_tasks::done_on.asc(), postal_tasks::id.asc()))
        .select((
            postal_tasks::id,
            postal_tasks::kind,
            postal_tasks::done_on,
            postal_tasks::tracking,
        ))
        .load(conn)
        .await?;
    let posted = |(task, kind, on, tracking): (_, _, Option<_>, _)| {
        Some(Posted {
            task: TaskId(task),
            kind,
            on: on?,
            tracking,
        })
    };
    Ok(rows.into_iter().filter_map(posted).collect())
}

/// The mediator's number of the case, as far as we know it.
///
/// # Errors
/// When the database fails.
pub async fn mediator_number(conn: &mut Conn, case: CaseId) -> Result<Option<String>, DbError> {
    let last: Option<Option<String>> = mediations::table
        .filter(mediations::case_id.eq(case.0))
        .order(mediations::id.desc())
        .select(mediations::number)
        .first(conn)
        .await
        .optional()?;
    Ok(last.flatten())
}

/// Tells that our file for the mediator was made: a digest of its cover, which names every piece with
/// its own.
///
/// # Errors
/// When the case has changed since it was shown, or the database fails.
pub async fn mediation_file_made(
    conn: &mut Conn,
    (seen, dossier): (Seen, &Dossier),
    cover: &[u8],
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let cover = digest(dossier.case.secret.as_deref(), cover);
        let entry = events::mediation_file_made(&cover);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}
