//! The lists of the back office: which cases, in which order, a page at a time.

mod chosen;
mod counts;
mod desk;
mod export;
mod filter;
mod list;
mod query;
mod saved;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable};
use diesel_async::RunQueryDsl;

pub use chosen::{MOST_CHOSEN, chosen};
pub use counts::{Counts, counts};
pub use desk::{Followed, FollowedKind};
pub use export::{EXPORT_MOST, record_export};
pub use filter::{DueWindow, Filters, HandledBy};
pub use list::{Cursor, List, Order, Seat, UNTOUCHED_JOURS_OUVRABLES};
pub use query::{Asked, PageQuery, WINDOW};
pub use saved::{
    MOST_SAVED, SavedFilter, erase_old as erase_old_filters, forget, note_used, on_offer, save,
};

use crate::case::inbox::query::Tally;
use crate::case::reopen::CONTESTED;
use crate::case::sight::{RESTS_SINCE, Viewer};
use crate::case::{CaseId, Channel, Nature, Reference, StaffId, Status};
use crate::db::schema::cases;
use crate::db::{Conn, DbError, Fixed, fixed};

/// Lines of a page on the screen.
pub const PAGE_LINES: usize = 50;

/// One case in a list: exactly the columns shown.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = cases, check_for_backend(Pg))]
pub struct Line {
    id: i64,
    reference_year: i16,
    /// Counts the acts of people.
    pub version: i32,
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
    /// The person contests an answer, and waits for another.
    #[diesel(select_expression = fixed::<Bool>(CONTESTED))]
    #[diesel(select_expression_type = Fixed<Bool>)]
    pub is_contested: bool,
    /// Paris date of its end, when nothing is owed on it: some time later, it is archived.
    #[diesel(select_expression = fixed::<Nullable<Date>>(RESTS_SINCE))]
    #[diesel(select_expression_type = Fixed<Nullable<Date>>)]
    rests_since: Option<NaiveDate>,
    /// Ids of its labels.
    #[diesel(select_expression = fixed::<Array<BigInt>>(LABELS))]
    #[diesel(select_expression_type = Fixed<Array<BigInt>>)]
    pub labels: Vec<i64>,
}

/// Read with the line: another statement for fifty of them would cost more.
const LABELS: &str = "ARRAY(SELECT case_labels.label_id FROM case_labels \
    WHERE case_labels.case_id = cases.id ORDER BY case_labels.label_id)";

impl Line {
    /// The case.
    pub const fn case(&self) -> CaseId {
        CaseId(self.id)
    }

    /// The reference people read.
    pub fn reference(&self) -> Reference {
        Reference::new(self.reference_year, CaseId(self.id))
    }

    /// Whether staff opened it again after an answer.
    pub const fn is_reopened(&self) -> bool {
        self.status.is_open() && self.answered_on.is_some() && !self.is_contested
    }

    /// Whether it is in the archive, which this viewer reads.
    pub fn is_archived(&self, viewer: Viewer) -> bool {
        self.rests_since
            .is_some_and(|on| on < viewer.archived_before)
    }

    /// Its place in a list of this order.
    fn cursor(&self, order: Order, followed: Option<&Followed>) -> Cursor {
        let on = match order {
            Order::NextDue | Order::Newest => Some(self.next_due_on),
            Order::LongestUntouched => self.touched_on,
            Order::NextFollowed => followed.map(|next| next.due_on),
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
    /// At most as many as were asked for.
    pub lines: Vec<Line>,
    /// The next followed date of those that have one, on the lists of what is to be done.
    pub followed: HashMap<CaseId, Followed>,
    /// There are more followed dates than the list of them looks at.
    pub is_first_dates: bool,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// The filters have not looked at the whole list: more may be found from `next` on, even though
    /// the page is not full.
    pub is_cut: bool,
    /// How many cases the filters leave, if there are any, up to [`Counts::MOST`].
    pub n_found: Option<i64>,
    /// That many among the first [`WINDOW`] of the list: the rest of it was not looked at.
    pub is_partial: bool,
}

/// A page of a list, the first one or the one after a cursor.
///
/// # Errors
/// When the database fails.
pub async fn page(conn: &mut Conn, asked: &Asked<'_>) -> Result<Page, DbError> {
    let mut lines: Vec<Line> = PageQuery::of(asked).load(conn).await?;
    let has_more = lines.len() > asked.n_lines;
    lines.truncate(asked.n_lines);
    let followed = if matches!(asked.list, List::Today | List::Followed) && !lines.is_empty() {
        desk::next_followed(conn, lines.iter().map(Line::case)).await?
    } else {
        HashMap::new()
    };
    let is_first_dates = asked.list == List::Followed && desk::has_more_followed(conn).await?;
    let Tally {
        n_found,
        is_partial,
        window_end,
    } = query::tally(conn, asked).await?;
    let last = lines.last().filter(|_| has_more);
    let next = last.map(|line| line.cursor(asked.list.order(), followed.get(&line.case())));
    Ok(Page {
        lines,
        followed,
        is_first_dates,
        is_cut: next.is_none() && window_end.is_some(),
        next: next.or(window_end),
        n_found,
        is_partial,
    })
}
