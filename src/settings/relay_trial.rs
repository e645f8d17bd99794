//! The line that says a relay was tried: never which one, or by what name.

use chrono::{DateTime, Utc};

use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};

/// Notes that a relay was tried at `at`, and whether it took the e-mail.
///
/// # Errors
/// When the database fails.
pub async fn note_relay_trial(
    conn: &mut Conn,
    has_left: bool,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let outcome = if has_left { "handed_over" } else { "failed" };
    let line = Entry::new("relay.tried").code("outcome", outcome);
    journal::append(conn, SYSTEM_CHAIN, line, actor, at)
        .await
        .map(drop)
}
