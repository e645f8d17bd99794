//! Adding a file that has arrived: to a draft, or to a case where it waits for its message.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::CaseId;
use crate::case::draft::DraftId;
use crate::case::files::{FileAuthor, FileStage};
use crate::db::schema::{case_files, cases, drafts};
use crate::db::{Conn, DbError};
use crate::files::{FileId, Received};

/// Most files of a draft, and most that wait for one message; the settings may say less.
pub const MAX_FILES: usize = 10;

/// Why a file was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// There are as many as there may be.
    #[error("there are {max} files already")]
    TooMany {
        /// Most files.
        max: usize,
    },
    /// The draft was sent, or its time is over.
    #[error("the draft is no longer open")]
    DraftOver,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
}

/// Adds a file to a draft that is still open, unless it has `max`; the draft is then kept for
/// `keep` longer.
///
/// # Errors
/// When it cannot be added; nothing of the file stays.
pub async fn add_to_draft(
    conn: &mut Conn,
    draft: DraftId,
    received: Received,
    max: usize,
    (at, keep): (DateTime<Utc>, TimeDelta),
) -> Result<FileId, AddError> {
    conn.transaction(async |conn| {
        // Locks the draft: two files at once are counted one after the other, and a filing waits.
        let open = drafts::table
            .find(draft.0)
            .filter(drafts::filed_case_id.is_null())
            .filter(drafts::expires_at.gt(at));
        let n_open = diesel::update(open)
            .set((drafts::updated_at.eq(at), drafts::expires_at.eq(at + keep)))
            .execute(conn)
            .await?;
        if n_open == 0 {
            return Err(AddError::DraftOver);
        }
        let n_files: i64 = case_files::table
            .filter(case_files::draft_id.eq(draft.0))
            .count()
            .get_result(conn)
            .await?;
        refuse_past(n_files, max)?;
        received.record(conn, at).await?;
        diesel::insert_into(case_files::table)
            .values((
                case_files::upload.eq(received.file().0),
                case_files::draft_id.eq(draft.0),
                case_files::stage.eq(FileStage::Draft),
                case_files::added_at.eq(at),
            ))
            .execute(conn)
            .await?;
        Ok(())
    })
    .await?;
    Ok(stay(received))
}

/// Adds a file to a case, where it waits for the message it goes with, unless `max` files of the
/// same author wait already.
///
/// # Errors
/// When it cannot be added; nothing of the file stays.
pub async fn add_pending(
    conn: &mut Conn,
    (case, author): (CaseId, FileAuthor),
    received: Received,
    max: usize,
    at: DateTime<Utc>,
) -> Result<FileId, AddError> {
    conn.transaction(async |conn| {
        let _locked: i64 = cases::table
            .find(case.0)
            .select(cases::id)
            .for_no_key_update()
            .first(conn)
            .await?;
        let n_files: i64 = case_files::table
            .filter(case_files::case_id.eq(case.0))
            .filter(case_files::stage.eq(FileStage::Pending))
            .filter(case_files::author_id.is_not_distinct_from(author.id()))
            .count()
            .get_result(conn)
            .await?;
        refuse_past(n_files, max)?;
        received.record(conn, at).await?;
        diesel::insert_into(case_files::table)
            .values((
                case_files::upload.eq(received.file().0),
                case_files::case_id.eq(case.0),
                case_files::author_id.eq(author.id()),
                case_files::stage.eq(FileStage::Pending),
                case_files::added_at.eq(at),
            ))
            .execute(conn)
            .await?;
        Ok::<_, AddError>(())
    })
    .await?;
    Ok(stay(received))
}

fn refuse_past(n_files: i64, max: usize) -> Result<(), AddError> {
    if usize::try_from(n_files).is_ok_and(|n_files| n_files < max) {
        Ok(())
    } else {
        Err(AddError::TooMany { max })
    }
}

fn stay(received: Received) -> FileId {
    let file = received.file();
    received.kept();
    file
}
