//! Which cases hold the words: all of them when they are few, else what to ask of each.

use diesel::dsl::sql;
use diesel::sql_types::{BigInt, Integer, Text};
use diesel_async::RunQueryDsl;

use crate::case::search::Asked;
use crate::db::{Condition, Conn, DbError};

/// Beyond so many cases nobody counts.
pub const MOST_COUNTED: usize = 1_000;

/// How many of the newest cases are gone through before the index of words is read.
const DEPTH: i64 = 20_000;

/// The cases with all the words asked for.
///
/// The planner cannot tell a few cases from many once there are several words: they are counted, as
/// far as [`MOST_COUNTED`], and what is found decides how to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matching {
    /// These, in no order.
    Few(Vec<i64>),
    /// More than [`MOST_COUNTED`]: going through the cases in any order meets one soon.
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
    if among_last(conn, asked, i64::MAX).await?.len() > MOST_COUNTED {
        return Ok(Matching::Many(asked.clone()));
    }
    everywhere(conn, asked).await
}

/// Reads the index of words, and neither the cases nor their texts.
pub(super) async fn everywhere(conn: &mut Conn, asked: &Asked) -> Result<Matching, DbError> {
    let found = sql::<BigInt>("cases_with_words(to_tsquery('french_search', ")
        .bind::<Text, _>(asked.as_str().to_owned())
        .sql("), ")
        .bind::<Integer, _>(one_more())
        .sql(")");
    let ids: Vec<i64> = diesel::select(found).load(conn).await?;
    Ok(if ids.len() > MOST_COUNTED {
        Matching::Many(asked.clone())
    } else {
        Matching::Few(ids)
    })
}

/// The newest cases with the words among the [`DEPTH`] before `before`.
pub(super) async fn among_last(
    conn: &mut Conn,
    asked: &Asked,
    before: i64,
) -> Result<Vec<i64>, DbError> {
    let found = sql::<BigInt>("last_cases_with_words(to_tsquery('french_search', ")
        .bind::<Text, _>(asked.as_str().to_owned())
        .sql("), ")
        .bind::<BigInt, _>(before)
        .sql(", ")
        .bind::<BigInt, _>(DEPTH)
        .sql(", ")
        .bind::<Integer, _>(one_more())
        .sql(")");
    diesel::select(found).load(conn).await
}

/// The newest of many cases, before `before`, which are all read and sorted: for words that the
/// newest cases hardly have.
pub(super) async fn newest(
    conn: &mut Conn,
    asked: &Asked,
    before: i64,
) -> Result<Vec<i64>, DbError> {
    let found = sql::<BigInt>("newest_cases_with_words(to_tsquery('french_search', ")
        .bind::<Text, _>(asked.as_str().to_owned())
        .sql("), ")
        .bind::<BigInt, _>(before)
        .sql(", ")
        .bind::<Integer, _>(one_more())
        .sql(")");
    diesel::select(found).load(conn).await
}

fn one_more() -> i32 {
    i32::try_from(MOST_COUNTED)
        .unwrap_or(i32::MAX)
        .saturating_add(1)
}
