//! A printing: letters made ready together, printed as one file, posted together or one by one.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::post::{Enclosing, Piece, RunId, TaskId};
use crate::case::sight::{Viewer, in_sight};
use crate::case::{CaseId, PostalKind, Reference, Seen, StaffId};
use crate::db::schema::{case_files, cases, postal_tasks, print_runs};
use crate::db::{Conn, DbError};
use crate::files::{self, FileId};
use crate::letters::Part;

/// A letter of a printing.
#[derive(Clone, Debug)]
pub struct Printed {
    /// Which.
    pub task: TaskId,
    /// What it is.
    pub kind: PostalKind,
    /// The case, as it is.
    pub seen: Seen,
    /// Its reference.
    pub reference: Reference,
    /// Name of the person; none once erased.
    pub person: Option<String>,
    /// The day it was posted, Paris calendar.
    pub posted_on: Option<NaiveDate>,
    /// By which the post office follows it.
    pub tracking: Option<String>,
    /// Whether it lost its use meanwhile.
    pub is_dropped: bool,
}

/// Begins a printing.
///
/// # Errors
/// When the database fails.
pub async fn begin_run(
    conn: &mut Conn,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<RunId, DbError> {
    diesel::insert_into(print_runs::table)
        .values((print_runs::made_by.eq(by.0), print_runs::made_at.eq(at)))
        .returning(print_runs::id)
        .get_result(conn)
        .await
        .map(RunId)
}

type Row = (
    (i64, PostalKind),
    (i64, i16, i32, Option<String>),
    (Option<NaiveDate>, Option<String>, Option<DateTime<Utc>>),
);

/// The letters of a printing on cases in sight of the viewer, in the order of the file.
///
/// # Errors
/// When the database fails.
pub async fn of_run(conn: &mut Conn, viewer: Viewer, run: RunId) -> Result<Vec<Printed>, DbError> {
    let rows: Vec<Row> = postal_tasks::table
        .inner_join(cases::table)
        .filter(postal_tasks::print_run.eq(run.0))
        .filter(in_sight(viewer).fixed())
        .order((postal_tasks::due_on.asc(), postal_tasks::id.asc()))
        .select((
            (postal_tasks::id, postal_tasks::kind),
            (
                cases::id,
                cases::reference_year,
                cases::version,
                cases::person_name,
            ),
            (
                postal_tasks::done_on,
                postal_tasks::tracking,
                postal_tasks::dropped_at,
            ),
        ))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(printed).collect())
}

fn printed(
    ((task, kind), (case, year, version, person), (posted_on, tracking, dropped_at)): Row,
) -> Printed {
    let case = CaseId(case);
    Printed {
        task: TaskId(task),
        kind,
        seen: Seen { case, version },
        reference: Reference::new(year, case),
        person,
        posted_on,
        tracking,
        is_dropped: dropped_at.is_some(),
    }
}

/// The pages of these letters, each as it is kept, in the same order, the pieces that have
/// a place in the file behind it, with the file of each; one whose pages are gone has none.
///
/// # Errors
/// When the database fails.
pub async fn sheets(
    conn: &mut Conn,
    letters: &[Printed],
    pieces: &[Piece],
) -> Result<Vec<(FileId, Part)>, DbError> {
    let mut sheets = Vec::new();
    for letter in letters.iter().filter(|letter| !letter.is_dropped) {
        let of_task = case_files::postal_task.eq(letter.task.0);
        let of_answer = case_files::case_id
            .eq(letter.seen.case.0)
            .and(case_files::letter.eq(PostalKind::Answer))
            .and(case_files::answer_id.is_not_null());
        let found = case_files::table
            .filter(case_files::letter.eq(letter.kind))
            .order(case_files::upload.desc())
            .select(case_files::upload)
            .into_boxed();
        let found = match letter.kind {
            PostalKind::Answer => found.filter(of_task.or(of_answer)),
            PostalKind::Acknowledgement
            | PostalKind::Copy
            | PostalKind::Message
            | PostalKind::Requalification
            | PostalKind::Conversion => found.filter(of_task),
        };
        let upload: Option<i64> = found.first(conn).await.optional()?;
        let Some(upload) = upload else { continue };
        let behind = pieces
            .iter()
            .filter(|piece| piece.task == letter.task && piece.is_enclosed);
        let letter = FileId(upload);
        let pages = files::range(conn, letter, 0, u64::MAX).await?;
        sheets.push((letter, Part::Letter(pages)));
        for piece in behind {
            let name = piece.name.clone();
            let part = if piece.enclosing == Enclosing::Withheld {
                Part::Apart(name)
            } else {
                let pdf = files::range(conn, piece.file, 0, u64::MAX).await?;
                Part::Piece { pdf, name }
            };
            sheets.push((piece.file, part));
        }
    }
    Ok(sheets)
}
