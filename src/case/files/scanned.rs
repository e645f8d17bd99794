//! What follows for a case when the scanner finds something in one of its files.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::events;
use crate::db::schema::{case_files, cases};
use crate::db::{Conn, DbError};
use crate::files::FileId;
use crate::journal::{self, Actor};

/// Tells the journal of the file's case that it is kept apart; to be called in the transaction that
/// notes it, after the note. A draft has no journal: the line that files it tells of the scan.
///
/// # Errors
/// When the database fails.
pub async fn quarantined(conn: &mut Conn, file: FileId, at: DateTime<Utc>) -> Result<(), DbError> {
    let its_case = case_files::table.find(file.0).select(case_files::case_id);
    let mut case: Option<Option<i64>> = its_case.first(conn).await.optional()?;
    if case == Some(None) {
        // With a draft: waits for a filing that is taking the file along.
        case = its_case.for_update().first(conn).await.optional()?;
    }
    let Some(case) = case.flatten() else {
        return Ok(());
    };
    // The lines of a case follow each other: whoever writes one holds its row. The file's own row
    // is left alone, since a message that holds the case may be taking the file along.
    let _locked: i64 = cases::table
        .find(case)
        .select(cases::id)
        .for_no_key_update()
        .first(conn)
        .await?;
    let entry = events::file_quarantined(file.0);
    journal::append(conn, case, entry, Actor::System, at).await?;
    Ok(())
}
