//! The lists of the back office: which cases, in which order, a page at a time.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date};
use diesel_async::RunQueryDsl;

use crate::case::{CaseId, Channel, Nature, Reference, StaffId, Status};
use crate::db::schema::cases;
use crate::db::{Conn, DbError};

/// Which cases a list shows. Each has its partial index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Work is owed; next date first.
    Open,
    /// The open cases of one handler.
    Of(StaffId),
    /// Open information requests, the queue of the *Service client*.
    Requests,
    /// The person wrote, and nobody has answered or noted it as read; in any state.
    Messages,
    /// Contested answers.
    Disagreements,
    /// Answered, not closed.
    Answered,
    /// Closed or withdrawn, last first.
    Ended,
}

/// The last line of the page before: the next page begins after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its date: due, or end.
    pub on: NaiveDate,
    /// Its case.
    pub case: CaseId,
}

/// Lines of a page.
pub const PAGE_LINES: usize = 50;

/// One case in a list: exactly the columns shown.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = cases, check_for_backend(Pg))]
pub struct Line {
    id: i64,
    reference_year: i16,
    /// What it counts as.
    pub nature: Nature,
    /// How it reached us.
    pub channel: Channel,
    /// Where it stands.
    pub status: Status,
    /// First and last name; none once erased.
    pub person_name: Option<String>,
    /// Code of the product, if known.
    pub product: Option<String>,
    /// Code of the subject, if known.
    pub subject: Option<String>,
    handler_id: Option<i64>,
    /// What comes next: legal date or target.
    pub next_due_on: NaiveDate,
    /// Paris date of its end.
    pub closed_on: Option<NaiveDate>,
    /// When something last happened, UTC.
    pub last_event_at: DateTime<Utc>,
    /// When the person last wrote, until we have answered or read it, UTC.
    pub person_wrote_at: Option<DateTime<Utc>>,
    /// Paris date of the first answer.
    pub answered_on: Option<NaiveDate>,
}

impl Line {
    /// The reference people read.
    pub fn reference(&self) -> Reference {
        Reference::new(self.reference_year, CaseId(self.id))
    }

    /// Whether the person contests an answer.
    pub fn is_contested(&self) -> bool {
        self.status == Status::Acknowledged && self.answered_on.is_some()
    }

    /// Who handles it.
    pub fn handler(&self) -> Option<StaffId> {
        self.handler_id.map(StaffId)
    }
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// At most [`PAGE_LINES`].
    pub lines: Vec<Line>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// A page of the list, the first one or the one after `after`.
///
/// # Errors
/// When the database fails.
pub async fn page(conn: &mut Conn, list: List, after: Option<Cursor>) -> Result<Page, DbError> {
    let mut lines: Vec<Line> = query(list, after).load(conn).await?;
    let has_more = lines.len() > PAGE_LINES;
    lines.truncate(PAGE_LINES);
    let next = lines.last().filter(|_| has_more).map(|line| Cursor {
        on: if list == List::Ended {
            line.closed_on.unwrap_or_default()
        } else {
            line.next_due_on
        },
        case: CaseId(line.id),
    });
    Ok(Page { lines, next })
}

type Query<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::helper_types::Select<cases::table, diesel::helper_types::AsSelect<Line, Pg>>,
    Pg,
>;

/// The statement of a page: one line more than it shows, to know whether there is a next one.
///
/// The cursor is compared as a row, which PostgreSQL turns into one range of the index; the query
/// builder has no row comparison.
pub fn query<'a>(list: List, after: Option<Cursor>) -> Query<'a> {
    let all = cases::table
        .select(Line::as_select())
        .limit(
            i64::try_from(PAGE_LINES)
                .unwrap_or(i64::MAX)
                .saturating_add(1),
        )
        .into_boxed();
    let chosen = match list {
        List::Open => all.filter(sql::<Bool>(OPEN)),
        List::Of(handler) => all
            .filter(sql::<Bool>(OPEN_OF_HANDLER))
            .filter(cases::handler_id.eq(handler.0)),
        List::Requests => all
            .filter(sql::<Bool>(OPEN))
            .filter(sql::<Bool>("cases.nature = 'information_request'")),
        List::Messages => all.filter(sql::<Bool>("cases.person_wrote_at IS NOT NULL")),
        List::Disagreements => all.filter(sql::<Bool>(CONTESTED)),
        List::Answered => all.filter(sql::<Bool>("cases.status = 'answered'")),
        List::Ended => all.filter(sql::<Bool>("cases.status IN ('closed', 'withdrawn')")),
    };
    if list == List::Ended {
        let ordered = chosen.order((cases::closed_on.desc(), cases::id.desc()));
        return match after {
            Some(Cursor { on, case }) => ordered.filter(
                sql::<Bool>("(cases.closed_on, cases.id) < (")
                    .bind::<Date, _>(on)
                    .sql(", ")
                    .bind::<BigInt, _>(case.0)
                    .sql(")"),
            ),
            None => ordered,
        };
    }
    let ordered = chosen.order((cases::next_due_on.asc(), cases::id.asc()));
    match after {
        Some(Cursor { on, case }) => ordered.filter(
            sql::<Bool>("(cases.next_due_on, cases.id) > (")
                .bind::<Date, _>(on)
                .sql(", ")
                .bind::<BigInt, _>(case.0)
                .sql(")"),
        ),
        None => ordered,
    }
}

/// The condition of the partial indexes, written as they are: a bound parameter would hide it from
/// the planner.
const OPEN: &str = "cases.status IN ('received', 'acknowledged')";
const CONTESTED: &str = "cases.status = 'acknowledged' AND cases.answered_on IS NOT NULL";

/// The same cases in other words, those of the index by handler: dates follow the order of the rows,
/// so that the planner would otherwise walk every open case by date and drop those of the others.
const OPEN_OF_HANDLER: &str = "cases.status <> 'answered' AND cases.closed_on IS NULL";
