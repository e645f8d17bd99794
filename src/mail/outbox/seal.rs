//! A secret that an e-mail carries and the database must not tell: it waits encrypted.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::keys::Key;
use crate::mail::OutboxId;

/// Stands in a text for its secret until it leaves.
pub const SECRET_MARK: &str = "{secret}";

/// Keeps the secret of an e-mail just queued, whose text has [`SECRET_MARK`] in its place, until it has
/// left.
///
/// # Errors
/// When the database fails.
pub async fn seal(conn: &mut Conn, id: OutboxId, secret: &str, key: &Key) -> Result<(), DbError> {
    let sealed = key.seal(secret.as_bytes(), id.0);
    let sealed = sealed.map_err(|error| DbError::SerializationError(error.into()))?;
    diesel::update(outbox::table.find(id.0))
        .set(outbox::sealed.eq(sealed))
        .execute(conn)
        .await
        .map(drop)
}
