//! What staff see of the outbox.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::mail::outbox::State;
use crate::mail::{Obstacle, OutboxId};

/// A row of the outbox, as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracked {
    /// Its row.
    pub id: OutboxId,
    /// The caller's code for it.
    pub purpose: String,
    /// The case it is about, if any.
    pub about: Option<i64>,
    /// When it was put in the outbox.
    pub queued_at: DateTime<Utc>,
    /// Where it stands.
    pub standing: Standing,
}

/// Where an e-mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It leaves as soon as a worker takes it, or is leaving.
    Waiting,
    /// The daily cap, or an attempt that met an obstacle, puts it off.
    PutOff {
        /// The next attempt.
        until: DateTime<Utc>,
        /// What stood in the way; none for the daily cap.
        obstacle: Option<Obstacle>,
    },
    /// *Non envoyé, aucun relais configuré*: it lies in a file since this instant.
    Written(DateTime<Utc>),
    /// The relay took charge of it at this instant.
    HandedOver(DateTime<Utc>),
    /// It will not be tried again.
    Failed {
        /// Since when.
        at: DateTime<Utc>,
        /// Why.
        obstacle: Obstacle,
    },
}

impl Standing {
    /// Whether nothing but its hour keeps it, until this instant.
    pub fn is_put_off_until(self, instant: DateTime<Utc>) -> bool {
        self == Self::PutOff {
            until: instant,
            obstacle: None,
        }
    }
}

/// Most rows that a page shows.
pub const PAGE: i64 = 50;

/// The e-mails about a case, newest first, at most [`PAGE`].
///
/// # Errors
/// When the database fails.
pub async fn for_case(
    conn: &mut Conn,
    about: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Tracked>, DbError> {
    let rows: Vec<Row> = outbox::table
        .filter(outbox::about.eq(about))
        .order(outbox::id.desc())
        .limit(PAGE)
        .select(Row::as_select())
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.tracked(now)).collect())
}

/// How many e-mails for this purpose, about this case, were put in the outbox since that instant.
///
/// # Errors
/// When the database fails.
pub async fn count_since(
    conn: &mut Conn,
    about: i64,
    purpose: &str,
    since: DateTime<Utc>,
) -> Result<i64, DbError> {
    outbox::table
        .filter(outbox::about.eq(about))
        .filter(outbox::purpose.eq(purpose))
        .filter(outbox::queued_at.gt(since))
        .count()
        .get_result(conn)
        .await
}

/// To whom an e-mail goes.
///
/// # Errors
/// `NotFound` when there is none, or the database fails.
pub async fn recipient(conn: &mut Conn, id: OutboxId) -> Result<String, DbError> {
    outbox::table
        .find(id.0)
        .select(outbox::recipient)
        .first(conn)
        .await
}

/// The e-mail for this purpose, about this case, that was put in the outbox since that instant and
/// has been handed over for this address.
///
/// # Errors
/// When the database fails.
pub async fn handed_over_to(
    conn: &mut Conn,
    (purpose, about): (&str, i64),
    recipient: &str,
    since: DateTime<Utc>,
) -> Result<Option<OutboxId>, DbError> {
    let id: Option<i64> = outbox::table
        .filter(outbox::about.eq(about))
        .filter(outbox::purpose.eq(purpose))
        .filter(outbox::recipient.eq(recipient))
        .filter(outbox::queued_at.ge(since))
        .filter(outbox::state.eq(State::HandedOver))
        .order(outbox::id.desc())
        .select(outbox::id)
        .first(conn)
        .await
        .optional()?;
    Ok(id.map(OutboxId))
}

/// Whether an e-mail for this purpose, about this case, waits to leave.
///
/// # Errors
/// When the database fails.
pub async fn waits(conn: &mut Conn, purpose: &str, about: i64) -> Result<bool, DbError> {
    let queued = outbox::table
        .filter(outbox::about.eq(about))
        .filter(outbox::purpose.eq(purpose))
        .filter(outbox::state.eq(State::Queued));
    diesel::select(diesel::dsl::exists(queued))
        .get_result(conn)
        .await
}

/// A page of all e-mails, newest first: those before `before`, at most [`PAGE`]. The caller leaves
/// out the cases its reader may not see.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    before: Option<OutboxId>,
    now: DateTime<Utc>,
) -> Result<Vec<Tracked>, DbError> {
    let rows: Vec<Row> = outbox::table
        .filter(outbox::id.lt(before.map_or(i64::MAX, |id| id.0)))
        .order(outbox::id.desc())
        .limit(PAGE)
        .select(Row::as_select())
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.tracked(now)).collect())
}

/// Where one e-mail stands at `now`, if it exists.
///
/// # Errors
/// When the database fails.
pub async fn standing(
    conn: &mut Conn,
    id: OutboxId,
    now: DateTime<Utc>,
) -> Result<Option<Standing>, DbError> {
    let row: Option<Row> = outbox::table
        .find(id.0)
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|row| row.tracked(now).standing))
}

/// A row without its address and text.
#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: i64,
    purpose: String,
    about: Option<i64>,
    state: State,
    queued_at: DateTime<Utc>,
    next_attempt_at: DateTime<Utc>,
    n_attempts: i32,
    written_at: Option<DateTime<Utc>>,
    handed_over_at: Option<DateTime<Utc>>,
    failed_at: Option<DateTime<Utc>>,
    last_error: Option<String>,
}

impl Row {
    fn tracked(self, now: DateTime<Utc>) -> Tracked {
        Tracked {
            standing: self.standing(now),
            id: OutboxId(self.id),
            purpose: self.purpose,
            about: self.about,
            queued_at: self.queued_at,
        }
    }

    fn standing(&self, now: DateTime<Utc>) -> Standing {
        let obstacle = self.last_error.as_deref().map(Obstacle::from_code);
        match self.state {
            State::HandedOver => {
                Standing::HandedOver(self.handed_over_at.unwrap_or(self.queued_at))
            }
            State::Failed => Standing::Failed {
                at: self.failed_at.unwrap_or(self.queued_at),
                obstacle: obstacle.unwrap_or(Obstacle::Protocol),
            },
            State::Queued => match self.written_at {
                Some(written_at) if self.n_attempts == 0 => Standing::Written(written_at),
                // A row that a worker holds for the first time has no obstacle yet: it is leaving.
                _ if self.next_attempt_at > now && (obstacle.is_some() || self.n_attempts == 0) => {
                    Standing::PutOff {
                        until: self.next_attempt_at,
                        obstacle,
                    }
                }
                _ => Standing::Waiting,
            },
        }
    }
}

/// Which of these e-mails are still in the outbox.
///
/// # Errors
/// When the database fails.
pub async fn known(conn: &mut Conn, ids: &[OutboxId]) -> Result<Vec<OutboxId>, DbError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let known: Vec<i64> = outbox::table
        .filter(outbox::id.eq_any(ids))
        .select(outbox::id)
        .load(conn)
        .await?;
    Ok(known.into_iter().map(OutboxId).collect())
}
