//! One file of a case, to be given out; and those that only staff read.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::files::list::Row;
use crate::case::files::{CaseFile, FileStage};
use crate::db::schema::{case_files, uploads};
use crate::db::{Conn, DbError};
use crate::files::FileId;

/// One file of a case, filed or sent: what its person may ask for.
///
/// # Errors
/// `NotFound` when the case has no such file, or the database fails.
pub async fn find(conn: &mut Conn, case: CaseId, file: FileId) -> Result<CaseFile, DbError> {
    let found = find_for_staff(conn, case, file).await?;
    let is_ours_alone = [FileStage::Pending, FileStage::Prepared, FileStage::Proof];
    if is_ours_alone.contains(&found.stage) {
        return Err(DbError::NotFound);
    }
    Ok(found)
}

/// One file of a case; a letter that has not left, and the files of an answer that is leaving, included.
///
/// # Errors
/// `NotFound` when the case has no such file, or the database fails.
pub async fn find_for_staff(
    conn: &mut Conn,
    case: CaseId,
    file: FileId,
) -> Result<CaseFile, DbError> {
    let row: Row = case_files::table
        .inner_join(uploads::table)
        .filter(case_files::upload.eq(file.0))
        .filter(case_files::case_id.eq(case.0))
        .filter(
            case_files::stage
                .ne(FileStage::Pending)
                .or(case_files::answer_id.is_not_null()),
        )
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// The proofs that letters of a case were posted, in the order they were kept.
///
/// # Errors
/// When the database fails.
pub async fn proofs(conn: &mut Conn, case: CaseId) -> Result<Vec<CaseFile>, DbError> {
    let rows: Vec<Row> = case_files::table
        .inner_join(uploads::table)
        .filter(case_files::case_id.eq(case.0))
        .filter(case_files::stage.eq(FileStage::Proof))
        .order(case_files::upload.asc())
        .select(Row::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(CaseFile::try_from).collect()
}
