//! Taking rows to deliver, so that no two workers send the same one.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::keys::{Key, SealError};
use crate::mail::outbox::queue::coalesce;
use crate::mail::outbox::{SECRET_MARK, State};
use crate::mail::{Desk, Enclosure, Origin, OutboxId};

/// How long a worker holds a row. Longer than an attempt can last; a dead worker's rows come back
/// after it.
pub const HOLD: TimeDelta = TimeDelta::minutes(15);

/// A row held by a worker until [`HOLD`] has passed or [`crate::mail::outbox::settle()`] is called.
#[derive(Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Its row.
    pub id: OutboxId,
    /// The caller's code for it.
    pub purpose: String,
    /// The case it is about, if any.
    pub about: Option<i64>,
    /// Which attempt this is, from 1.
    pub attempt: i32,
    /// When it was first taken: it is given up some time after.
    pub(in crate::mail) tried_since: DateTime<Utc>,
    pub(in crate::mail) recipient: String,
    pub(in crate::mail) subject: String,
    pub(in crate::mail) body: String,
    sealed: Option<Vec<u8>>,
    /// The file that travels with it, by its row.
    pub enclosed: Option<i64>,
    /// The same, once it was read.
    pub(in crate::mail) enclosure: Option<Enclosure>,
    pub(in crate::mail) origin: Origin,
    pub(in crate::mail) desk: Desk,
    pub(in crate::mail) message_id: String,
}

impl Claimed {
    /// Puts in the letter that travels with it; only this copy has it.
    pub fn enclose(&mut self, letter: Enclosure) {
        self.enclosure = Some(letter);
    }

    /// Puts the secret of the text, if it has one, in its place; only this copy of the text has it.
    ///
    /// # Errors
    /// When another key sealed it.
    pub fn unseal(&mut self, key: &Key) -> Result<(), SealError> {
        let Some(sealed) = self.sealed.take() else {
            return Ok(());
        };
        let secret = key.open(&sealed, self.id.0)?;
        let secret = String::from_utf8(secret).map_err(|_foreign| SealError)?;
        self.body = self.body.replace(SECRET_MARK, &secret);
        Ok(())
    }
}

/// Takes at most `limit` rows due at `now`, oldest first, and holds them for [`HOLD`]: take no more
/// than can be tried in that time. Without a relay, only rows never written as a file.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    conn: &mut Conn,
    now: DateTime<Utc>,
    limit: u16,
    with_relay: bool,
) -> Result<Vec<Claimed>, DbError> {
    conn.transaction(async |conn| {
        let due = outbox::table
            .filter(outbox::state.eq(State::Queued))
            .filter(outbox::next_attempt_at.le(now))
            .order((outbox::next_attempt_at, outbox::id))
            .limit(limit.into())
            .select(outbox::id);
        // Two statements, so that each has its own partial index.
        let ids: Vec<i64> = if with_relay {
            due.for_update().skip_locked().load(conn).await?
        } else {
            let unwritten = due.filter(outbox::written_at.is_null());
            unwritten.for_update().skip_locked().load(conn).await?
        };
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows: Vec<Row> = diesel::update(outbox::table.filter(outbox::id.eq_any(ids)))
            .set((
                outbox::n_attempts.eq(outbox::n_attempts + 1),
                outbox::next_attempt_at.eq(now + HOLD),
                outbox::tried_since.eq(coalesce(outbox::tried_since, now).nullable()),
            ))
            .returning(Row::as_returning())
            .get_results(conn)
            .await?;
        rows.sort_by_key(|row| row.id);
        Ok(rows.into_iter().map(|row| row.claimed(now)).collect())
    })
    .await
}

/// What a worker needs of a row.
#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: i64,
    purpose: String,
    about: Option<i64>,
    n_attempts: i32,
    tried_since: Option<DateTime<Utc>>,
    recipient: String,
    subject: String,
    body: String,
    sealed: Option<Vec<u8>>,
    enclosed: Option<i64>,
    origin: Origin,
    desk: Desk,
    message_id: String,
}

impl Row {
    fn claimed(self, now: DateTime<Utc>) -> Claimed {
        Claimed {
            id: OutboxId(self.id),
            purpose: self.purpose,
            about: self.about,
            attempt: self.n_attempts,
            tried_since: self.tried_since.unwrap_or(now),
            recipient: self.recipient,
            subject: self.subject,
            body: self.body,
            sealed: self.sealed,
            enclosed: self.enclosed,
            enclosure: None,
            origin: self.origin,
            desk: self.desk,
            message_id: self.message_id,
        }
    }
}

/// Addresses and texts stay out of logs.
impl std::fmt::Debug for Claimed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claimed")
            .field("id", &self.id)
            .field("purpose", &self.purpose)
            .field("about", &self.about)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}
