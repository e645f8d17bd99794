//! The lists of the back office: which cases, in which order, a page at a time.

mod counts;
mod filter;
mod list;
mod query;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

pub use counts::{Counts, count, counts};
pub use filter::{DueWindow, Filters, HandledBy};
pub use list::{Cursor, List, Order, Seat, UNTOUCHED_JOURS_OUVRABLES};
pub use query::{Asked, PageQuery, WINDOW};

use crate::case::{CaseId, Channel, Nature, Reference, StaffId, Status};
use crate::db::schema::cases;
use crate::db::{Conn, DbError};

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
    /// Internal target: the case has no legal date running.
    pub target_on: Option<NaiveDate>,
    /// Paris date of the last act by staff.
    pub touched_on: Option<NaiveDate>,
    /// Paris date since which we wait for the person.
    pub waiting_since: Option<NaiveDate>,
    /// A refusal waits for its second reading.
    pub awaits_reader: bool,
    /// Something could not be delivered.
    pub failed_sending: bool,
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

    /// Its place in a list of this order.
    fn cursor(&self, order: Order) -> Cursor {
        let on = match order {
            Order::NextDue | Order::Newest => Some(self.next_due_on),
            Order::LongestUntouched => self.touched_on,
            Order::LastEnded => self.closed_on,
        };
        Cursor {
            on: on.unwrap_or_default(),
            case: CaseId(self.id),
        }
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
    /// The filters have not looked at the whole list: more may be found from `next` on, even though
    /// the page is not full.
    pub is_cut: bool,
}

/// A page of a list, the first one or the one after a cursor.
///
/// # Errors
/// When the database fails.
pub async fn page(conn: &mut Conn, asked: &Asked<'_>) -> Result<Page, DbError> {
    let mut lines: Vec<Line> = PageQuery::of(asked).load(conn).await?;
    let has_more = lines.len() > PAGE_LINES;
    lines.truncate(PAGE_LINES);
    if has_more {
        let next = lines.last().map(|line| line.cursor(asked.list.order()));
        return Ok(Page {
            lines,
            next,
            is_cut: false,
        });
    }
    let next = query::window_end(conn, asked).await?;
    Ok(Page {
        lines,
        is_cut: next.is_some(),
        next,
    })
}
