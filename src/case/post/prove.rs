//! The act of keeping the proof that a letter was posted, or reached the person.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::dossier::digest;
use crate::case::files::FileStage;
use crate::case::post::TaskId;
use crate::case::{CaseId, StaffId, Status, events};
use crate::db::schema::{case_files, cases, postal_tasks, uploads};
use crate::db::{Conn, DbError};
use crate::files::{FileId, ScanState};
use crate::journal::{self, Actor};

/// A file of one's own that waited on the case is kept as the proof of a letter that was posted: the
/// person does not see it, the mediator may.
///
/// # Errors
/// [`ActError::NothingToNote`] when no such letter was posted, or no such file waits; or the case has
/// changed since it was shown, or the database fails.
pub async fn prove(
    conn: &mut Conn,
    seen: Seen,
    (task, file): (TaskId, FileId),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let posted = posted(conn, seen.case, task).await?;
        let posted = posted.ok_or(ActError::NothingToNote)?;
        let clean = uploads::table
            .filter(uploads::scan.ne(ScanState::Infected))
            .select(uploads::id);
        let waiting = case_files::table
            .filter(case_files::upload.eq(file.0))
            .filter(case_files::upload.eq_any(clean))
            .filter(case_files::case_id.eq(seen.case.0))
            .filter(case_files::author_id.eq(by.0))
            .filter(case_files::stage.eq(FileStage::Pending))
            .filter(case_files::answer_id.is_null());
        let kept = diesel::update(waiting)
            .set((
                case_files::stage.eq(FileStage::Proof),
                case_files::postal_task.eq(posted),
            ))
            .execute(conn)
            .await?;
        if kept == 0 {
            return Err(ActError::NothingToNote);
        }
        let (secret, sha256): (Option<Vec<u8>>, Option<Vec<u8>>) = (
            cases::table
                .find(seen.case.0)
                .select(cases::secret)
                .first(conn)
                .await?,
            uploads::table
                .find(file.0)
                .select(uploads::sha256)
                .first(conn)
                .await?,
        );
        let proof = digest(secret.as_deref(), sha256.unwrap_or_default());
        let entry = events::letter_proved(posted, file.0, &proof);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// The letter of the case, if it was posted.
async fn posted(conn: &mut Conn, case: CaseId, task: TaskId) -> Result<Option<i64>, DbError> {
    postal_tasks::table
        .find(task.0)
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::done_on.is_not_null())
        .select(postal_tasks::id)
        .first(conn)
        .await
        .optional()
}
