//! A page of what a search found, newest case first.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::inbox::{Line, PAGE_LINES};
use crate::case::search::matching::{among_last, everywhere, newest};
use crate::case::search::{Asked, MOST_COUNTED, Matching};
use crate::case::sight::{Viewer, in_sight};
use crate::db::schema::cases;
use crate::db::{Condition, Conn, DbError};

/// How many cases have the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// So many.
    Exactly(usize),
    /// More than so many.
    MoreThan(usize),
}

/// A page of what was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// At most [`PAGE_LINES`], newest case first.
    pub lines: Vec<Line>,
    /// How many there are on all pages.
    pub total: Total,
    /// The last case of the page, after which the next page begins; none on the last page.
    pub next: Option<CaseId>,
}

/// A page of the cases with all the words that this viewer may see, the first one or the one of the
/// cases before `before`.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    asked: &Asked,
    before: Option<CaseId>,
    viewer: Viewer,
) -> Result<Found, DbError> {
    let before = before.map_or(i64::MAX, |case| case.0);
    let mut ids = among_last(conn, asked, before).await?;
    let mut total = Total::MoreThan(MOST_COUNTED);
    if ids.len() <= MOST_COUNTED {
        match everywhere(conn, asked).await? {
            Matching::Few(all) => {
                total = Total::Exactly(count(conn, &all, viewer).await?);
                ids = all;
            }
            Matching::Many(_) if ids.len() > PAGE_LINES => {}
            Matching::Many(_) => ids = newest(conn, asked, before).await?,
        }
    }
    let seen = Matching::Few(ids).condition().and(in_sight(viewer));
    let lines = lines(conn, seen, before).await?;
    Ok(Found::new(lines, total))
}

impl Found {
    /// Of one line more than a page shows, if there is one.
    fn new(mut lines: Vec<Line>, total: Total) -> Self {
        let has_more = lines.len() > PAGE_LINES;
        lines.truncate(PAGE_LINES);
        let last = lines.last().filter(|_| has_more);
        Self {
            next: last.map(|line| line.reference().case()),
            lines,
            total,
        }
    }
}

/// How many of these cases the viewer may see.
async fn count(conn: &mut Conn, ids: &[i64], viewer: Viewer) -> Result<usize, DbError> {
    let seen = cases::table.filter(cases::id.eq_any(ids));
    let n: i64 = seen
        .filter(in_sight(viewer))
        .count()
        .get_result(conn)
        .await?;
    Ok(usize::try_from(n).unwrap_or_default())
}

/// The cases before `before` that meet the condition, newest first: one line more than a page shows.
async fn lines(conn: &mut Conn, condition: Condition, before: i64) -> Result<Vec<Line>, DbError> {
    let one_more = i64::try_from(PAGE_LINES).unwrap_or(i64::MAX);
    cases::table
        .filter(condition)
        .filter(cases::id.lt(before))
        .order(cases::id.desc())
        .limit(one_more.saturating_add(1))
        .select(Line::as_select())
        .load(conn)
        .await
}
