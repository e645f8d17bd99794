//! Holding an e-mail back for a moment, in which it can still be taken out of the outbox.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::mail::OutboxId;
use crate::mail::outbox::State;

/// Keeps an e-mail just queued from being tried before `until`.
///
/// # Errors
/// When the database fails.
pub async fn hold(conn: &mut Conn, id: OutboxId, until: DateTime<Utc>) -> Result<(), DbError> {
    let sooner = outbox::table
        .find(id.0)
        .filter(outbox::next_attempt_at.lt(until));
    diesel::update(sooner)
        .set((
            outbox::next_attempt_at.eq(until),
            outbox::held_until.eq(until),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Takes an e-mail out of the outbox, unless a worker has ever taken it: one of the two wins. Returns
/// whether it is out. Nothing may refer to its row any more.
///
/// # Errors
/// When the database fails.
pub async fn take_back(conn: &mut Conn, id: OutboxId) -> Result<bool, DbError> {
    let untouched = outbox::table
        .find(id.0)
        .filter(outbox::state.eq(State::Queued))
        .filter(outbox::n_attempts.eq(0));
    Ok(diesel::delete(untouched).execute(conn).await? == 1)
}
