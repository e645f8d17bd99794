//! Hand-overs whose consequences could not be recorded with them: the e-mail has left and must not
//! leave again, whatever fails on what is drawn from it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::mail::outbox::{HOLD, State};
use crate::mail::{Claimed, OutboxId};

/// A hand-over that something is owed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Its row.
    pub id: OutboxId,
    /// The caller's code for it.
    pub purpose: String,
    /// The case it is about, if any.
    pub about: Option<i64>,
    /// When it left.
    pub handed_over_at: Option<DateTime<Utc>>,
}

/// Records at `at` that an e-mail has left, and that its consequences are owed.
///
/// # Errors
/// When the database fails.
pub async fn owe(conn: &mut Conn, claimed: &Claimed, at: DateTime<Utc>) -> Result<(), DbError> {
    let unsettled = outbox::table
        .find(claimed.id.0)
        .filter(outbox::state.ne(State::HandedOver));
    diesel::update(unsettled)
        .set((
            outbox::state.eq(State::HandedOver),
            outbox::handed_over_at.eq(at),
            outbox::failed_at.eq(None::<DateTime<Utc>>),
            outbox::is_owed.eq(true),
            outbox::next_attempt_at.eq(at + HOLD),
            outbox::sealed.eq(None::<Vec<u8>>),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Takes one hand-over that something is owed for at `now`, and holds it for [`HOLD`].
///
/// # Errors
/// When the database fails.
pub async fn claim_owed(conn: &mut Conn, now: DateTime<Utc>) -> Result<Option<Owed>, DbError> {
    conn.transaction(async |conn| {
        let due: Option<Row> = outbox::table
            .filter(outbox::is_owed)
            .filter(outbox::next_attempt_at.le(now))
            .order((outbox::next_attempt_at, outbox::id))
            .select((
                outbox::id,
                outbox::purpose,
                outbox::about,
                outbox::handed_over_at,
            ))
            .for_update()
            .skip_locked()
            .first(conn)
            .await
            .optional()?;
        let Some((id, purpose, about, handed_over_at)) = due else {
            return Ok(None);
        };
        diesel::update(outbox::table.find(id))
            .set(outbox::next_attempt_at.eq(now + HOLD))
            .execute(conn)
            .await?;
        Ok(Some(Owed {
            id: OutboxId(id),
            purpose,
            about,
            handed_over_at,
        }))
    })
    .await
}

type Row = (i64, String, Option<i64>, Option<DateTime<Utc>>);

/// Nothing is owed for it any more.
///
/// # Errors
/// When the database fails.
pub async fn settle_owed(conn: &mut Conn, id: OutboxId) -> Result<(), DbError> {
    diesel::update(outbox::table.find(id.0))
        .set(outbox::is_owed.eq(false))
        .execute(conn)
        .await
        .map(drop)
}
