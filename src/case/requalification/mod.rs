//! A case that turns out to be of the other nature (R3).
//!
//! ```text
//! request → complaint   at once, with its original date: the clocks are back-dated
//! complaint → request   decided ──▶ told ──10 days──▶ settled: the clocks end
//!                          └─ objected, by the person, until then: nothing changes
//! ```
//!
//! While a requalification waits, the case is a complaint in every respect: its lists, its dates,
//! its gate. Nothing has to be restored when the person objects, and nothing is lost by a notice
//! that never reaches them: the ten days begin when it does.

mod convert;
mod decide;
pub(super) mod notice;
mod object;
mod take_effect;
mod told;

pub(super) use convert::was_acknowledged;
pub use convert::{convert_by_person, convert_by_staff};
pub use decide::{can_be_requalified, requalify};
pub use object::{
    ObjectError, can_be_objected_to, object, object_by_link, object_received, to_object,
};
pub use take_effect::{take_effect, waits_for_staff};
pub(super) use told::{is_told, told, told_at_last};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar;
use crate::case::filing::Text;
use crate::case::{CaseId, Nature, StaffId};
use crate::db::schema::requalifications;
use crate::db::{Conn, DbError};
use crate::journal::{Entry, Hash};

/// Why staff change the nature of a case, 1 to 2,000 characters; the person reads it.
pub type Motive = Text<1, 2_000>;

/// What staff change the nature of a case with.
#[derive(Clone, Copy, Debug)]
pub struct Grounds<'a> {
    /// Why.
    pub motive: &'a Motive,
    /// The digest of what the case is about, when the same act says so.
    pub about: Option<&'a Hash>,
}

impl<'a> Grounds<'a> {
    /// A motive alone.
    pub const fn of(motive: &'a Motive) -> Self {
        Self {
            motive,
            about: None,
        }
    }

    fn on(self, entry: Entry) -> Entry {
        match self.about {
            Some(about) => entry.digest("about", about),
            None => entry,
        }
    }
}

/// A change of nature.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = requalifications, check_for_backend(diesel::pg::Pg))]
pub struct Requalification {
    pub(super) id: i64,
    /// What the case becomes.
    pub to_nature: Nature,
    staff_id: Option<i64>,
    /// Why, when staff decided.
    pub motive: Option<String>,
    /// When it was decided, UTC.
    pub decided_at: DateTime<Utc>,
    /// Paris date of the hand-over of the notice.
    pub told_on: Option<NaiveDate>,
    /// When the person objected, UTC.
    pub objected_at: Option<DateTime<Utc>>,
    /// When it took effect or lapsed, UTC.
    pub settled_at: Option<DateTime<Utc>>,
}

impl Requalification {
    /// Who decided; none for the person.
    pub fn decided_by(&self) -> Option<StaffId> {
        self.staff_id.map(StaffId)
    }

    /// Whether it waits for the person's objection or for its ten days to pass.
    pub const fn is_pending(&self) -> bool {
        self.settled_at.is_none() && self.objected_at.is_none()
    }

    /// Last day to object, once the person was told.
    pub fn object_until(&self) -> Option<NaiveDate> {
        self.told_on.map(calendar::objection_last_day)
    }

    /// Whether the person refused to see the complaint become a request: it is not tried again.
    pub const fn was_refused(&self) -> bool {
        self.objected_at.is_some()
    }
}

/// A row about to be written.
struct NewRow<'a> {
    from: Nature,
    by: Option<(StaffId, Grounds<'a>)>,
    request_answered_on: Option<NaiveDate>,
    /// Holds at once.
    settled_at: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
}

/// Writes the row, which is the last one of its case from now on.
async fn insert(conn: &mut Conn, case: CaseId, new: NewRow<'_>) -> Result<i64, DbError> {
    let before = requalifications::table
        .filter(requalifications::case_id.eq(case.0))
        .filter(requalifications::is_last);
    diesel::update(before)
        .set(requalifications::is_last.eq(false))
        .execute(conn)
        .await?;
    let to = match new.from {
        Nature::Complaint => Nature::InformationRequest,
        Nature::InformationRequest => Nature::Complaint,
    };
    diesel::insert_into(requalifications::table)
        .values((
            requalifications::case_id.eq(case.0),
            requalifications::from_nature.eq(new.from),
            requalifications::to_nature.eq(to),
            requalifications::staff_id.eq(new.by.map(|(staff, _)| staff.0)),
            requalifications::motive.eq(new.by.map(|(_, grounds)| grounds.motive.as_str())),
            requalifications::decided_at.eq(new.at),
            requalifications::settled_at.eq(new.settled_at),
            requalifications::request_answered_on.eq(new.request_answered_on),
        ))
        .returning(requalifications::id)
        .get_result(conn)
        .await
}
