//! The statements of a list: a page of it, where its window ends, how many it holds.

use chrono::NaiveDate;
use diesel::QueryResult;
use diesel::dsl::{AsSelect, SqlTypeOf};
use diesel::pg::Pg;
use diesel::prelude::SelectableHelper;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Bool, Date, Nullable};
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::inbox::filter::{Filters, HandledBy};
use crate::case::inbox::list::{Cursor, List, Order, Seat, of_handler, unassigned};
use crate::case::inbox::{Counts, Line};
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
    /// How many lines.
    pub n_lines: usize,
}

/// The statement of a page: one line more than it shows, to know whether there is a next one.
#[expect(missing_debug_implementations, reason = "its columns have none")]
pub struct PageQuery {
    columns: AsSelect<Line, Pg>,
    scan: Scan,
    n_lines: usize,
}

/// Reading a list in its order: its own condition, what narrows it, and how many lines.
#[derive(Clone, Debug)]
pub(super) struct Scan {
    order: Order,
    /// A range of the list's index.
    range: Condition,
    /// What is dropped from it; none is empty.
    rest: Condition,
    /// Who may see which case.
    sight: Condition,
    /// Whether its words are always those of the list: planning such a statement costs more than
    /// running it, so that it is kept prepared. Those of filters differ from one asking to the next,
    /// and what is due to one person is planned best for that person.
    is_fixed: bool,
}

impl Scan {
    pub(super) fn of(asked: &Asked<'_>) -> Self {
        let Asked {
            list,
            seat,
            filters,
            after,
            ..
        } = asked;
        let order = list.order();
        let after = after.map(|cursor| order.after(cursor)).unwrap_or_default();
        Self {
            order,
            range: base(*list, filters.handler)
                .unwrap_or_else(|| list.condition(seat))
                .and(filters.range(order, seat.viewer.today))
                .and(after),
            rest: filters.rest(order, seat.viewer.today),
            sight: seat.sight(*list),
            is_fixed: filters.is_empty() && !matches!(list, List::Today | List::Followed),
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
            self.condition(&self.range, out)?;
            out.push_sql(" AND (");
        } else {
            out.push_sql(" FROM (SELECT * FROM cases WHERE ");
            self.condition(&self.range, out)?;
            self.cut(out, &WINDOW.to_string());
            out.push_sql(") AS cases WHERE ");
            self.condition(&self.rest, out)?;
            out.push_sql(" AND (");
        }
        self.condition(&self.sight, out)?;
        out.push_sql(")");
        self.cut(out, n_lines);
        Ok(())
    }

    fn condition<'b>(
        &self,
        condition: &'b Condition,
        out: &mut AstPass<'_, 'b, Pg>,
    ) -> QueryResult<()> {
        if self.is_fixed {
            condition.walk_fixed(out.reborrow())
        } else {
            condition.walk_ast(out.reborrow())
        }
    }

    fn cut(&self, out: &mut AstPass<'_, '_, Pg>, n_lines: &str) {
        out.push_sql(" ORDER BY ");
        out.push_sql(self.order.columns());
        out.push_sql(" LIMIT ");
        out.push_sql(n_lines);
    }
}

/// A shorter range than the list's own for the open cases of one person, or of nobody.
fn base(list: List, handler: Option<HandledBy>) -> Option<Condition> {
    match handler.filter(|_| list == List::Open)? {
        HandledBy::Staff(id) => Some(of_handler(id)),
        HandledBy::Nobody => Some(unassigned()),
    }
}

impl PageQuery {
    /// For what is asked.
    pub fn of(asked: &Asked<'_>) -> Self {
        Self {
            columns: Line::as_select(),
            scan: Scan::of(asked),
            n_lines: asked.n_lines,
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
        self.scan.walk(&mut out, &(self.n_lines + 1).to_string())
    }
}

/// What filters leave of a list, up to [`Counts::MOST`] and within their window, and the place of the
/// last line that they look at for this page, if they do not reach the end of the list.
struct TallyQuery {
    whole: Scan,
    rest: Scan,
}

impl Query for TallyQuery {
    type SqlType = (BigInt, Bool, Nullable<Date>, Nullable<BigInt>);
}

impl QueryId for TallyQuery {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl TallyQuery {
    /// A column of the last line that a window looks at.
    fn end<'b>(scan: &'b Scan, out: &mut AstPass<'_, 'b, Pg>, column: &str) -> QueryResult<()> {
        let Scan { order, range, .. } = scan;
        out.push_sql("(SELECT ");
        out.push_sql(column);
        out.push_sql(" FROM cases WHERE ");
        range.walk_ast(out.reborrow())?;
        out.push_sql(" ORDER BY ");
        out.push_sql(order.columns());
        out.push_sql(" LIMIT 1 OFFSET ");
        out.push_sql(&(WINDOW - 1).to_string());
        out.push_sql(")");
        Ok(())
    }
}

impl QueryFragment<Pg> for TallyQuery {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT (SELECT count(*) FROM (SELECT");
        self.whole.walk(&mut out, &Counts::MOST.to_string())?;
        out.push_sql(") AS few), ");
        Self::end(&self.whole, &mut out, "TRUE")?;
        out.push_sql(" IS TRUE, ");
        Self::end(&self.rest, &mut out, self.rest.order.date())?;
        out.push_sql(", ");
        Self::end(&self.rest, &mut out, "cases.id")
    }
}

/// What filters leave of a list.
#[derive(Default)]
pub(super) struct Tally {
    /// How many cases, if there is a filter.
    pub(super) n_found: Option<i64>,
    /// Whether only the first [`WINDOW`] of the list were looked at.
    pub(super) is_partial: bool,
    /// Where the window of this page ends, if that is before the end of the list.
    pub(super) window_end: Option<Cursor>,
}

/// How many cases the filters leave, and where their window ends for this page; nothing without a
/// filter.
pub(super) async fn tally(conn: &mut Conn, asked: &Asked<'_>) -> Result<Tally, DbError> {
    if asked.filters.is_empty() {
        return Ok(Tally::default());
    }
    let whole = Asked {
        after: None,
        ..asked.clone()
    };
    let query = TallyQuery {
        whole: Scan::of(&whole),
        rest: Scan::of(asked),
    };
    let looks_further = !query.rest.rest.is_empty();
    let (n_found, is_long, on, case): (i64, bool, Option<NaiveDate>, Option<i64>) =
        query.get_result(conn).await?;
    let end = on.zip(case).filter(|_| looks_further);
    Ok(Tally {
        n_found: Some(n_found),
        is_partial: is_long && looks_further,
        window_end: end.map(|(on, case)| Cursor {
            on,
            case: CaseId(case),
        }),
    })
}
