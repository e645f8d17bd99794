//! Having a letter travel with an e-mail that waits.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::mail::OutboxId;
use crate::mail::outbox::State;

/// Encloses a file that is kept, by its row; call it in the transaction that queues the e-mail.
///
/// # Errors
/// When the database fails.
pub async fn enclose(conn: &mut Conn, id: OutboxId, file: i64) -> Result<(), DbError> {
    let queued = outbox::table
        .find(id.0)
        .filter(outbox::state.eq(State::Queued));
    diesel::update(queued)
        .set(outbox::enclosed.eq(file))
        .execute(conn)
        .await
        .map(drop)
}
