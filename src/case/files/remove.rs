//! Removing a file that was not sent yet: by who added it, or because its time is over.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::draft::DraftId;
use crate::case::files::{FileAuthor, FileStage};
use crate::db::schema::{case_files, uploads};
use crate::db::{Conn, DbError};
use crate::files::FileId;

/// Removes a file of this draft; a file of another's is left alone. Returns whether it was there.
///
/// # Errors
/// When the database fails.
pub async fn remove_from_draft(
    conn: &mut Conn,
    draft: DraftId,
    file: FileId,
) -> Result<bool, DbError> {
    let of_draft = case_files::table
        .filter(case_files::upload.eq(file.0))
        .filter(case_files::draft_id.eq(draft.0))
        .select(case_files::upload)
        .into_boxed();
    erase(conn, of_draft).await
}

/// Removes a file of this author that waits for its message. Returns whether it was there.
///
/// # Errors
/// When the database fails.
pub async fn remove_pending(
    conn: &mut Conn,
    (case, author): (CaseId, FileAuthor),
    file: FileId,
) -> Result<bool, DbError> {
    let waiting = case_files::table
        .filter(case_files::upload.eq(file.0))
        .filter(case_files::case_id.eq(case.0))
        .filter(case_files::stage.eq(FileStage::Pending))
        .filter(case_files::answer_id.is_null())
        .filter(case_files::author_id.is_not_distinct_from(author.id()))
        .select(case_files::upload)
        .into_boxed();
    erase(conn, waiting).await
}

type Chosen<'a> = case_files::BoxedQuery<'a, diesel::pg::Pg, diesel::sql_types::BigInt>;

async fn erase(conn: &mut Conn, chosen: Chosen<'_>) -> Result<bool, DbError> {
    let chosen = uploads::table.filter(uploads::id.eq_any(chosen));
    Ok(diesel::delete(chosen).execute(conn).await? > 0)
}

/// Erases at most `limit` files that have waited for a message since before `before`, and returns
/// how many went.
///
/// # Errors
/// When the database fails.
pub async fn erase_stale_pending(
    conn: &mut Conn,
    before: DateTime<Utc>,
    limit: i64,
) -> Result<usize, DbError> {
    let stale: Vec<i64> = case_files::table
        .filter(case_files::stage.eq(FileStage::Pending))
        .filter(case_files::answer_id.is_null())
        .filter(case_files::added_at.lt(before))
        .order(case_files::added_at.asc())
        .limit(limit)
        .select(case_files::upload)
        .load(conn)
        .await?;
    // One that is being sent just now stays: its stage is looked at again.
    let waiting = case_files::table
        .filter(case_files::upload.eq_any(stale))
        .filter(case_files::stage.eq(FileStage::Pending))
        .filter(case_files::answer_id.is_null())
        .select(case_files::upload);
    diesel::delete(uploads::table.filter(uploads::id.eq_any(waiting)))
        .execute(conn)
        .await
}
