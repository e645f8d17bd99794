//! Trying an e-mail anew that was given up, or that came back.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::mail::OutboxId;
use crate::mail::outbox::{SECRET_MARK, State};

/// Puts an e-mail that failed or came back among those that wait, with all its attempts before it and
/// under the Message-ID it always had. Returns whether it was one: of two who ask, one finds it so. One
/// whose secret was erased is not tried again.
///
/// # Errors
/// When the database fails.
pub async fn retry(conn: &mut Conn, id: OutboxId, at: DateTime<Utc>) -> Result<bool, DbError> {
    let came_back = outbox::bounced_at.is_not_null();
    let undelivered = outbox::table
        .find(id.0)
        .filter(outbox::state.eq(State::Failed).or(came_back))
        .filter(outbox::body.not_like(format!("%{SECRET_MARK}%")));
    let changed = diesel::update(undelivered)
        .set((
            outbox::state.eq(State::Queued),
            outbox::failed_at.eq(None::<DateTime<Utc>>),
            outbox::handed_over_at.eq(None::<DateTime<Utc>>),
            outbox::came_back_at.eq(coalesce(outbox::bounced_at, outbox::came_back_at)),
            outbox::bounced_at.eq(None::<DateTime<Utc>>),
            outbox::last_error.eq(None::<String>),
            outbox::n_attempts.eq(0),
            outbox::tried_since.eq(None::<DateTime<Utc>>),
            outbox::next_attempt_at.eq(at),
        ))
        .execute(conn)
        .await?;
    Ok(changed == 1)
}

diesel::define_sql_function! {
    /// The first of the two that is known.
    fn coalesce(
        known: Nullable<Timestamptz>,
        otherwise: Nullable<Timestamptz>,
    ) -> Nullable<Timestamptz>;
}
