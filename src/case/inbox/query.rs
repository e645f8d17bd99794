//! The statements of a list: a page of it, where its window ends, how many it holds.

use chrono::NaiveDate;
use diesel::OptionalExtension;
use diesel::QueryResult;
use diesel::dsl::{AsSelect, SqlTypeOf};
use diesel::pg::Pg;
use diesel::prelude::SelectableHelper;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Date};
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::inbox::filter::Filters;
use crate::case::inbox::list::{Cursor, List, Order, Seat};
use crate::case::inbox::{Line, PAGE_LINES};
use crate::case::sight::in_sight;
use crate::db::{Condition, Conn, DbError};

/// How many cases of a list a filter looks at for one page: beyond, the page says how far it came,
/// and the next one goes on from there. No combination of filters can hold the database longer.
pub const WINDOW: u32 = 10_000;

/// What a page is asked for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The list.
    pub list: List,
    /// Who reads it, and when.
    pub seat: &'a Seat,
    /// What narrows it.
    pub filters: &'a Filters,
    /// Where the page before ended.
    pub after: Option<Cursor>,
}

/// The statement of a page: one line more than it shows, to know whether there is a next one.
#[expect(missing_debug_implementations, reason = "its columns have none")]
pub struct PageQuery {
    columns: AsSelect<Line, Pg>,
    scan: Scan,
}

/// Reading a list in its order: its own condition, what narrows it, and how many lines.
#[derive(Clone, Debug)]
pub(super) struct Scan {
    order: Order,
    /// A range of the list's index.
    range: Condition,
    /// What is dropped from it; none is empty.
    rest: Condition,
}

impl Scan {
    pub(super) fn of(asked: &Asked<'_>) -> Self {
        let Asked {
            list,
            seat,
            filters,
            after,
        } = asked;
        let order = list.order();
        let after = after.map(|cursor| order.after(cursor)).unwrap_or_default();
        Self {
            order,
            range: list
                .condition(seat)
                .and(in_sight(seat.viewer()))
                .and(filters.range(seat.today))
                .and(after),
            rest: filters.rest(),
        }
    }

    /// `FROM …` up to the limit. What is dropped is looked for in a window of the range.
    pub(super) fn walk<'b>(
        &'b self,
        out: &mut AstPass<'_, 'b, Pg>,
        n_lines: &str,
    ) -> QueryResult<()> {
        if self.rest.is_empty() {
            out.push_sql(" FROM cases WHERE ");
            self.range.walk_ast(out.reborrow())?;
        } else {
            out.push_sql(" FROM (SELECT * FROM cases WHERE ");
            self.range.walk_ast(out.reborrow())?;
            self.cut(out, &WINDOW.to_string());
            out.push_sql(") AS cases WHERE ");
            self.rest.walk_ast(out.reborrow())?;
        }
        self.cut(out, n_lines);
        Ok(())
    }

    fn cut(&self, out: &mut AstPass<'_, '_, Pg>, n_lines: &str) {
        out.push_sql(" ORDER BY ");
        out.push_sql(self.order.columns());
        out.push_sql(" LIMIT ");
        out.push_sql(n_lines);
    }
}

impl PageQuery {
    /// For what is asked.
    pub fn of(asked: &Asked<'_>) -> Self {
        Self {
            columns: Line::as_select(),
            scan: Scan::of(asked),
        }
    }
}

impl Query for PageQuery {
    type SqlType = SqlTypeOf<AsSelect<Line, Pg>>;
}

impl QueryId for PageQuery {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Pg> for PageQuery {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT ");
        self.columns.walk_ast(out.reborrow())?;
        self.scan.walk(&mut out, &(PAGE_LINES + 1).to_string())
    }
}

/// The place of the last line that the filters of a page looked at, if they did not reach the end of
/// the list.
#[derive(Clone, Debug)]
struct WindowEnd(Scan);

impl Query for WindowEnd {
    type SqlType = (Date, BigInt);
}

impl QueryId for WindowEnd {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Pg> for WindowEnd {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let Scan { order, range, .. } = &self.0;
        out.push_sql("SELECT ");
        out.push_sql(order.date());
        out.push_sql(", cases.id FROM cases WHERE ");
        range.walk_ast(out.reborrow())?;
        out.push_sql(" ORDER BY ");
        out.push_sql(order.columns());
        out.push_sql(" LIMIT 1 OFFSET ");
        out.push_sql(&(WINDOW - 1).to_string());
        Ok(())
    }
}

/// Where the window of a page's filters ends, if they did not reach the end of the list.
pub(super) async fn window_end(
    conn: &mut Conn,
    asked: &Asked<'_>,
) -> Result<Option<Cursor>, DbError> {
    let scan = Scan::of(asked);
    if scan.rest.is_empty() {
        return Ok(None);
    }
    let end: Option<(NaiveDate, i64)> = WindowEnd(scan).get_result(conn).await.optional()?;
    Ok(end.map(|(on, case)| Cursor {
        on,
        case: CaseId(case),
    }))
}
