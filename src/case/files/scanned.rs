//! What follows for a case when the scanner finds something in one of its files.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::events;
use crate::db::schema::case_files;
use crate::db::{Conn, DbError};
use crate::files::FileId;
use crate::journal::{self, Actor};

/// Tells the journal of the file's case that it is kept apart; to be called in the transaction that
/// notes it, after the note. A draft has no journal: the line that files it tells of the scan.
///
/// # Errors
/// When the database fails.
pub async fn quarantined(conn: &mut Conn, file: FileId, at: DateTime<Utc>) -> Result<(), DbError> {
    // Waits for a filing or a message that is taking the file along.
    let case: Option<Option<i64>> = case_files::table
        .find(file.0)
        .select(case_files::case_id)
        .for_update()
        .first(conn)
        .await
        .optional()?;
    if let Some(case) = case.flatten() {
        let entry = events::file_quarantined(file.0);
        journal::append(conn, case, entry, Actor::System, at).await?;
    }
    Ok(())
}
