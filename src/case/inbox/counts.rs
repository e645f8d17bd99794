//! How many cases each list of the back office holds, without ever counting far.

use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt};
use diesel_async::RunQueryDsl;

use crate::case::inbox::filter::Filters;
use crate::case::inbox::list::{List, Seat};
use crate::case::inbox::query::{Asked, Scan};
use crate::db::{Conn, DbError};

/// How many cases each list holds; [`Counts::MOST`] stands for that many or more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(Vec<(List, i64)>);

impl Counts {
    /// Where counting stops: beyond it nobody reads the number.
    pub const MOST: i64 = 1_000;

    /// How many cases this list holds.
    pub fn of(&self, list: List) -> i64 {
        let found = self.0.iter().find(|(one, _)| *one == list);
        found.map_or(0, |(_, count)| *count)
    }
}

impl FromIterator<(List, i64)> for Counts {
    fn from_iter<I: IntoIterator<Item = (List, i64)>>(counts: I) -> Self {
        Self(counts.into_iter().collect())
    }
}

/// Counts every list, in one statement.
///
/// # Errors
/// When the database fails.
pub async fn counts(conn: &mut Conn, seat: &Seat) -> Result<Counts, DbError> {
    let filters = Filters::default();
    let asked = |list| Asked {
        list,
        seat,
        filters: &filters,
        after: None,
        n_lines: 0,
    };
    let scans = List::ALL.map(|list| Scan::of(&asked(list))).to_vec();
    let counts: Vec<i64> = CountsQuery(scans).get_result(conn).await?;
    Ok(List::ALL.into_iter().zip(counts).collect())
}

/// Each condition and order is that of its partial index: without the order, PostgreSQL may read the
/// whole table for want of a match. The query builder cannot count a limited selection.
struct CountsQuery(Vec<Scan>);

impl Query for CountsQuery {
    type SqlType = Array<BigInt>;
}

impl QueryId for CountsQuery {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Pg> for CountsQuery {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT ARRAY[");
        for (place, scan) in self.0.iter().enumerate() {
            out.push_sql(if place == 0 { "" } else { ", " });
            out.push_sql("(SELECT count(*) FROM (SELECT");
            scan.walk(&mut out, &Counts::MOST.to_string())?;
            out.push_sql(") AS few)");
        }
        out.push_sql("]");
        Ok(())
    }
}
