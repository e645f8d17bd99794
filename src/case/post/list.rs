//! The list of what must be posted: what is due first comes first, a page at a time.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::post::{MOST_PRINTED, RunId, TaskId};
use crate::case::sight::{Viewer, in_sight};
use crate::case::{CaseId, PostalKind, Reference};
use crate::db::schema::{cases, filings, postal_tasks};
use crate::db::{Conn, DbError};

/// A letter that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Which.
    pub task: TaskId,
    /// What it is.
    pub kind: PostalKind,
    /// Last day to post it, Paris calendar.
    pub due_on: NaiveDate,
    /// The case.
    pub reference: Reference,
    /// Name of the person; none once erased.
    pub person: Option<String>,
    /// Whether somebody knows where to send it.
    pub has_address: bool,
    /// The printing it was part of.
    pub run: Option<RunId>,
}

/// A place in the list: after this day, and this letter on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The day.
    pub due_on: NaiveDate,
    /// The letter.
    pub task: TaskId,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct WaitingPage {
    /// At most [`MOST_PRINTED`].
    pub letters: Vec<Waiting>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
}

type Row = (
    i64,
    PostalKind,
    NaiveDate,
    Option<i64>,
    (i64, i16, Option<String>),
    Option<String>,
);

/// The letters that wait on cases in sight of the viewer, the first page or the one after a place.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    viewer: Viewer,
    after: Option<Place>,
) -> Result<WaitingPage, DbError> {
    let mut query = postal_tasks::table
        .inner_join(cases::table.inner_join(filings::table))
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null())
        .filter(in_sight(viewer).fixed())
        .into_boxed();
    if let Some(Place { due_on, task }) = after {
        let same_day = postal_tasks::due_on
            .eq(due_on)
            .and(postal_tasks::id.gt(task.0));
        query = query.filter(postal_tasks::due_on.gt(due_on).or(same_day));
    }
    let limit = i64::try_from(MOST_PRINTED).unwrap_or(i64::MAX);
    let rows: Vec<Row> = query
        .order((postal_tasks::due_on.asc(), postal_tasks::id.asc()))
        .limit(limit + 1)
        .select((
            postal_tasks::id,
            postal_tasks::kind,
            postal_tasks::due_on,
            postal_tasks::print_run,
            (cases::id, cases::reference_year, cases::person_name),
            filings::postal_address,
        ))
        .load(conn)
        .await?;
    let has_more = rows.len() > MOST_PRINTED;
    let letters: Vec<Waiting> = rows.into_iter().take(MOST_PRINTED).map(waiting).collect();
    let last = letters.last().filter(|_| has_more);
    let next = last.map(|last| Place {
        due_on: last.due_on,
        task: last.task,
    });
    Ok(WaitingPage { letters, next })
}

/// Those of these letters that are on cases in sight of the viewer, in the order of the list.
///
/// # Errors
/// When the database fails.
pub async fn visible(
    conn: &mut Conn,
    viewer: Viewer,
    tasks: &[TaskId],
) -> Result<Vec<TaskId>, DbError> {
    let ids = tasks.iter().map(|task| task.0);
    let found: Vec<i64> = postal_tasks::table
        .inner_join(cases::table)
        .filter(postal_tasks::id.eq_any(ids))
        .filter(in_sight(viewer).fixed())
        .order((postal_tasks::due_on.asc(), postal_tasks::id.asc()))
        .select(postal_tasks::id)
        .load(conn)
        .await?;
    Ok(found.into_iter().map(TaskId).collect())
}

fn waiting((task, kind, due_on, run, (case, year, person), address): Row) -> Waiting {
    Waiting {
        task: TaskId(task),
        kind,
        due_on,
        reference: Reference::new(year, CaseId(case)),
        person,
        has_address: address.is_some(),
        run: run.map(RunId),
    }
}
