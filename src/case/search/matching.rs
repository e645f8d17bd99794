//! Which cases hold the words: all of them when they are few, else what to ask of each.

use chrono::NaiveDate;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text};
use diesel_async::RunQueryDsl;

use crate::case::inbox::PAGE_LINES;
use crate::case::search::Asked;
use crate::db::{Condition, Conn, DbError};

/// Beyond so many cases a list is not made from those that were found.
const FEW: usize = 1_000;

/// How many of the newest cases are gone through before the index of words is read: a page of what
/// one case in a hundred has, and some more.
const DEPTH: i64 = 8_000;

/// The cases with all the words asked for.
///
/// The planner cannot tell a few cases from many once there are several words: they are counted, as
/// far as a thousand, and what is found decides how to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matching {
    /// These, in no order.
    Few(Vec<i64>),
    /// More than a thousand: going through the cases in any order meets one soon.
    Many(Asked),
}

impl Matching {
    /// The condition for a list of `cases` that may have others, in any order.
    pub fn condition(&self) -> Condition {
        match self {
            Self::Few(ids) => Condition::of("cases.id = ANY(").ids(ids.clone()).words(")"),
            // Case by case: `IS TRUE` keeps PostgreSQL from reading the index of words from end to
            // end once more.
            Self::Many(asked) => Condition::of(
                "EXISTS (SELECT FROM case_search WHERE case_search.case_id = cases.id \
                 AND (case_search.words @@ to_tsquery('french_search', ",
            )
            .text(asked.as_str())
            .words(")) IS TRUE)"),
        }
    }
}

/// Looks for the cases: among the newest ones, which soon has what many have; else in the index of
/// words, which soon has what few have.
///
/// # Errors
/// When the database fails.
pub async fn matching(conn: &mut Conn, asked: &Asked) -> Result<Matching, DbError> {
    let whole = Span {
        before: i64::MAX,
        since: None,
        most: FEW,
    };
    let Hits { ids, is_all } = hits(conn, asked, whole).await?;
    Ok(if is_all {
        Matching::Few(ids)
    } else {
        Matching::Many(asked.clone())
    })
}

/// Where to look, and how far to count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// The newest are looked for before this case.
    pub(super) before: i64,
    /// Archived cases that ended before this day are left out.
    pub(super) since: Option<NaiveDate>,
    /// So many are still few.
    pub(super) most: usize,
}

/// Cases with the words.
#[derive(Debug)]
pub(super) struct Hits {
    /// In no order.
    pub(super) ids: Vec<i64>,
    /// Whether these are all; else they are the newest before some case, more than a page of them.
    pub(super) is_all: bool,
}

#[derive(diesel::QueryableByName)]
struct Hit {
    #[diesel(sql_type = BigInt)]
    case_id: i64,
    #[diesel(sql_type = Bool)]
    is_all: bool,
}

/// Every case with the words when they are few, else the newest ones.
pub(super) async fn hits(conn: &mut Conn, asked: &Asked, span: Span) -> Result<Hits, DbError> {
    let int = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    #[expect(
        clippy::disallowed_methods,
        reason = "the query builder has no functions that return rows of several columns"
    )]
    let found: Vec<Hit> = diesel::sql_query(SEARCH)
        .bind::<Text, _>(asked.as_str())
        .bind::<BigInt, _>(span.before)
        .bind::<BigInt, _>(DEPTH)
        .bind::<Integer, _>(int(PAGE_LINES).saturating_add(1))
        .bind::<Integer, _>(int(span.most))
        .bind::<Nullable<Date>, _>(span.since)
        .load(conn)
        .await?;
    Ok(Hits {
        is_all: found.iter().all(|hit| hit.is_all),
        ids: found.into_iter().map(|hit| hit.case_id).collect(),
    })
}

const SEARCH: &str = "SELECT case_id, is_all \
    FROM search_cases(to_tsquery('french_search', $1), $2, $3, $4, $5, $6)";
