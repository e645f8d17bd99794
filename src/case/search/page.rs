//! A page of what a search found, newest case first.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::inbox::{Line, PAGE_LINES};
use crate::case::search::matching::{Hits, Span, hits};
use crate::case::search::{Asked, Matching};
use crate::case::sight::{Viewer, in_sight, since};
use crate::db::schema::cases;
use crate::db::{Condition, Conn, DbError, fixed};

/// Beyond so many cases nobody counts.
const MOST_COUNTED: usize = 200;

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
    let span = Span {
        before,
        since: since(viewer),
        most: MOST_COUNTED,
    };
    let Hits { ids, is_all } = hits(conn, asked, span).await?;
    let seen = Matching::Few(ids).condition().and(in_sight(viewer));
    let found = lines(conn, seen, before).await?;
    let total = found.as_slice().first().map_or(0, |(_, total)| *total);
    let lines = found
        .into_iter()
        .map(|(line, _)| line)
        .filter(|line| line.reference().case().0 < before)
        .collect();
    let total = if is_all {
        Total::Exactly(usize::try_from(total).unwrap_or_default())
    } else {
        Total::MoreThan(MOST_COUNTED)
    };
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

/// The cases that meet the condition, with how many they are: those before `before` first, newest
/// first, and one line more than a page shows.
async fn lines(
    conn: &mut Conn,
    condition: Condition,
    before: i64,
) -> Result<Vec<(Line, i64)>, DbError> {
    let one_more = i64::try_from(PAGE_LINES).unwrap_or(i64::MAX);
    cases::table
        .filter(condition.fixed())
        .order((cases::id.lt(before).desc(), cases::id.desc()))
        .limit(one_more.saturating_add(1))
        .select((Line::as_select(), fixed::<BigInt>("count(*) OVER ()")))
        .load(conn)
        .await
}
