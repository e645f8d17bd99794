//! The act of making a letter ready to print: its pages are made once, and kept.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Touch};
use crate::case::answer::AnswerState;
use crate::case::dossier::{self, Dossier, digest};
use crate::case::files::{self, LeavesAs, NewLetter};
use crate::case::post::compose::{Pen, compose};
use crate::case::post::messages::{carry, is_of_messages, unposted};
use crate::case::post::{RunId, TaskId};
use crate::case::{AsFiled, CaseId, Office, PostalKind, StaffId, events};
use crate::db::schema::{answers, case_files, cases, postal_tasks, uploads};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// Why a letter could not be made ready.
#[derive(Debug, thiserror::Error)]
pub enum Cannot {
    /// It left, lost its use, or there is nothing to write.
    #[error("nothing to print")]
    Nothing,
    /// Nobody knows where to send it.
    #[error("no postal address")]
    NoAddress,
    /// The act failed.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl From<DbError> for Cannot {
    fn from(error: DbError) -> Self {
        Self::Act(error.into())
    }
}

/// Makes a letter ready, as part of a printing. One that was made before is printed again as it is,
/// unless something was written since that belongs in it. `recap` says what the form asked.
///
/// # Errors
/// When there is nothing to print, nowhere to send it, or the database fails.
pub async fn prepare(
    conn: &mut Conn,
    office: &Office,
    (task, run): (TaskId, RunId),
    recap: &(dyn Fn(AsFiled<'_>) -> Vec<(String, String)> + Sync),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), Cannot> {
    let pen = Pen { office, recap, at };
    conn.transaction(async |conn| {
        let (case, kind) = waiting(conn, task).await?.ok_or(Cannot::Nothing)?;
        diesel::update(cases::table.find(case.0))
            .set((cases::version.eq(cases::version + 1), Touch::at(at)))
            .execute(conn)
            .await?;
        let dossier = dossier::by_id(conn, case).await?;
        if dossier.filing.postal_address.is_none() {
            return Err(Cannot::NoAddress);
        }
        let secret = dossier.case.secret.as_deref();
        let pages = if let Some(upload) = made(conn, (task, kind), &dossier).await? {
            digest(secret, bytes(conn, upload).await?)
        } else {
            let letter = compose(conn, pen, (kind, &dossier)).await?;
            let letter = letter.ok_or(Cannot::Nothing)?;
            if is_of_messages(kind, dossier.case.nature) {
                carry(conn, case, task).await?;
            }
            let name = letter.file_name();
            let set = letter.typeset().await.map_err(ActError::from)?;
            let new = NewLetter {
                leaves_as: LeavesAs::Task(task.0, kind),
                name: &name,
                set: &set,
            };
            let kept = files::keep_letter(conn, (case, secret), new, (Some(by), at));
            kept.await?.digest
        };
        diesel::update(postal_tasks::table.find(task.0))
            .set(postal_tasks::print_run.eq(run.0))
            .execute(conn)
            .await?;
        let entry = events::letter_prepared(kind, task.0, &pages);
        journal::append(conn, case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// The case and the kind of a letter that still waits.
async fn waiting(conn: &mut Conn, task: TaskId) -> Result<Option<(CaseId, PostalKind)>, DbError> {
    let found: Option<(i64, PostalKind)> = postal_tasks::table
        .find(task.0)
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null())
        .select((postal_tasks::case_id, postal_tasks::kind))
        .for_no_key_update()
        .first(conn)
        .await
        .optional()?;
    Ok(found.map(|(case, kind)| (CaseId(case), kind)))
}

/// The pages that were made for it, if they still say all. Those of an answer were made when it was
/// sent.
async fn made(
    conn: &mut Conn,
    (task, kind): (TaskId, PostalKind),
    dossier: &Dossier,
) -> Result<Option<i64>, DbError> {
    let of_task: Option<i64> = case_files::table
        .filter(case_files::postal_task.eq(task.0))
        .filter(case_files::letter.is_not_null())
        .select(case_files::upload)
        .first(conn)
        .await
        .optional()?;
    if let Some(upload) = of_task {
        let waiting = unposted(conn, dossier.case.id()).await?;
        let is_short = waiting.iter().any(|one| one.postal_task != Some(task.0));
        if is_of_messages(kind, dossier.case.nature) && is_short {
            diesel::delete(uploads::table.find(upload))
                .execute(conn)
                .await?;
            return Ok(None);
        }
        return Ok(Some(upload));
    }
    if kind != PostalKind::Answer {
        return Ok(None);
    }
    of_last_answer(conn, dossier.case.id()).await
}

/// The pages of the last answer that was sent, made then: they are the same when its e-mail comes back.
async fn of_last_answer(conn: &mut Conn, case: CaseId) -> Result<Option<i64>, DbError> {
    let last: Option<i64> = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.ne(AnswerState::Draft))
        .select(diesel::dsl::max(answers::id))
        .first(conn)
        .await?;
    case_files::table
        .filter(case_files::letter.eq(PostalKind::Answer))
        .filter(case_files::answer_id.is_not_null())
        .filter(case_files::answer_id.is_not_distinct_from(last))
        .select(case_files::upload)
        .first(conn)
        .await
        .optional()
}

async fn bytes(conn: &mut Conn, upload: i64) -> Result<Vec<u8>, DbError> {
    crate::files::range(conn, crate::files::FileId(upload), 0, u64::MAX).await
}
