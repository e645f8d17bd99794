//! Putting other words in an e-mail that has not left.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::mail::outbox::State;
use crate::mail::{Composed, OutboxId};

/// An e-mail that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its row.
    pub id: OutboxId,
    /// The caller's code for it.
    pub purpose: String,
}

/// The e-mails about a case that have not left, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(conn: &mut Conn, about: i64) -> Result<Vec<Waiting>, DbError> {
    let rows: Vec<(i64, String)> = outbox::table
        .filter(outbox::about.eq(about))
        .filter(outbox::state.eq(State::Queued))
        .order(outbox::id)
        .select((outbox::id, outbox::purpose))
        .load(conn)
        .await?;
    let waiting = |(id, purpose)| Waiting {
        id: OutboxId(id),
        purpose,
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Replaces the text of an e-mail that waits, and takes out what is enclosed; its subject stays. One that a
/// worker is carrying just now leaves as it was, or comes back with the new text.
///
/// # Errors
/// When the database fails.
pub async fn rewrite(conn: &mut Conn, id: OutboxId, words: Composed) -> Result<(), DbError> {
    let queued = outbox::table
        .find(id.0)
        .filter(outbox::state.eq(State::Queued));
    diesel::update(queued)
        .set((
            outbox::body.eq(words.body),
            outbox::origin.eq(words.origin),
            outbox::enclosed.eq(None::<i64>),
        ))
        .execute(conn)
        .await
        .map(drop)
}
