//! Taking a list away as a file leaves a trace in the system's journal.

use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;

use crate::case::{StaffId, events};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, SYSTEM_CHAIN};

/// Most cases in one file.
pub const EXPORT_MOST: usize = 10_000;

/// Writes who took which list away, and by what kind of filter it was narrowed.
///
/// # Errors
/// When the database fails.
pub async fn record_export(
    conn: &mut Conn,
    list: &'static str,
    filters: &[&'static str],
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), DbError> {
    let entry = events::list_exported(list, filters);
    // The lock that orders the writers of the system's chain lasts as long as the transaction.
    conn.transaction(async |conn| {
        journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(by.0), at).await
    })
    .await
    .map(drop)
}
