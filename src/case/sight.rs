//! Who sees which case: the one rule, for pages, lists, counts, search, exports and acts.
//!
//! Whom a case complains about is barred from it: for them it does not exist, whatever their rights. A
//! case with sensitive data is read by its handler, the deputy of an absent handler, and those who may
//! read any. A case that ended long ago, and on which nothing is owed, is in the archive, which few read.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::{CaseId, Reference, StaffId};
use crate::db::schema::{case_bars, cases};
use crate::db::{Condition, Conn, DbError, Fixed};
use crate::settings::Book;
use crate::staff::absences::stood_in_for;
use crate::staff::{Right, Roles};

/// Someone of the back office who looks at cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub id: StaffId,
    /// Whether they read sensitive data of any case.
    pub reads_sensitive: bool,
    /// Whether they read the archive.
    pub reads_archive: bool,
    /// Cases that ended before this day of the Paris calendar are archived, once they rest.
    pub archived_before: NaiveDate,
    /// Today, Paris calendar: deputies stand in day by day.
    pub today: NaiveDate,
}

impl Viewer {
    /// Someone with these roles, on `today` in Paris.
    pub fn new((id, roles): (StaffId, Roles), book: &Book, today: NaiveDate) -> Self {
        Self {
            id,
            reads_sensitive: roles.may(Right::ReadSensitive),
            reads_archive: roles.may(Right::ReadArchive),
            archived_before: book.archived_before(today),
            today,
        }
    }
}

/// Why a case is not shown.
#[derive(Debug, thiserror::Error)]
pub enum Unseen {
    /// There is none, as far as they may know.
    #[error("no such case")]
    NotThere,
    /// It holds sensitive data that is not theirs to read.
    #[error("sensitive data")]
    Sensitive,
    /// It is in the archive, which is not theirs to read.
    #[error("archived")]
    Archived,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
}

/// The cases that do not complain about them. Its sub-query is evaluated once for a whole list.
fn not_barred(viewer: Viewer) -> Condition {
    Condition::of("cases.id <> ALL (ARRAY(SELECT case_bars.case_id FROM case_bars WHERE case_bars.lifted_at IS NULL AND case_bars.account_id = ")
        .id(viewer.id.0)
        .words("))")
}

/// Whether they are barred from no case at all.
pub(super) fn barred_from_nothing(viewer: Viewer) -> Condition {
    Condition::of("NOT EXISTS (SELECT FROM case_bars WHERE case_bars.lifted_at IS NULL AND case_bars.account_id = ")
        .id(viewer.id.0)
        .words(")")
}

/// The cases whose content they may read.
fn readable(viewer: Viewer) -> Condition {
    if viewer.reads_sensitive {
        return Condition::of("TRUE");
    }
    Condition::of("(NOT cases.is_sensitive OR coalesce(cases.handler_id = ")
        .id(viewer.id.0)
        .words(" OR cases.handler_id = ANY (ARRAY(")
        .with(stood_in_for(viewer.id, false, viewer.today))
        .words(")), FALSE))")
}

/// In a statement on `cases`: the day since which it rests, and some time after which it is archived. A
/// sub-query of one row, which the planner never turns into a reading of them all.
pub(super) const RESTS_SINCE: &str = "CASE WHEN cases.closed_on IS NOT NULL THEN \
    (SELECT resting_cases.closed_on FROM resting_cases \
     WHERE resting_cases.case_id = cases.id) END";

/// The cases in the archive.
fn archived(viewer: Viewer) -> Condition {
    Condition::of("cases.closed_on IS NOT NULL AND cases.closed_on < ")
        .date(viewer.archived_before)
        .words(" AND ")
        .words(RESTS_SINCE)
        .words(" IS NOT NULL")
}

/// The cases that someone finds in a list, a count, a search, an export or a job done for them: a
/// condition on the table `cases`.
pub fn in_sight(viewer: Viewer) -> Condition {
    let live = in_sight_while_live(viewer);
    if viewer.reads_archive {
        return live;
    }
    live.and(Condition::of("NOT (").with(archived(viewer)).words(")"))
}

/// The same for lists that hold no case that rests (open cases, and those with something to do), and for
/// what may be about a case without being in it.
pub(super) fn in_sight_while_live(viewer: Viewer) -> Condition {
    not_barred(viewer).and(readable(viewer))
}

/// The first day of an end that is not archived for them; none when they read the archive.
pub(super) fn since(viewer: Viewer) -> Option<NaiveDate> {
    (!viewer.reads_archive).then_some(viewer.archived_before)
}

/// As columns of a statement that reads one case: whether it is there for them, whether its data are
/// theirs to read, and whether it is archived.
pub(super) fn columns(viewer: Viewer) -> (Fixed, Fixed, Fixed) {
    (
        not_barred(viewer).fixed(),
        readable(viewer).fixed(),
        archived(viewer).fixed(),
    )
}

/// What the [`columns`] say: whether the case, which is shown, is archived.
///
/// # Errors
/// Why it is not shown.
pub(super) const fn judge(
    viewer: Viewer,
    (is_there, is_readable, is_archived): (bool, bool, bool),
) -> Result<bool, Unseen> {
    match (is_there, is_readable) {
        (false, _) => Err(Unseen::NotThere),
        (true, false) => Err(Unseen::Sensitive),
        (true, true) if is_archived && !viewer.reads_archive => Err(Unseen::Archived),
        (true, true) => Ok(is_archived),
    }
}

/// The case that a reference names, for someone who may see it; the year must be right too.
///
/// # Errors
/// Why it is not shown.
pub async fn open(conn: &mut Conn, reference: Reference, viewer: Viewer) -> Result<CaseId, Unseen> {
    let case = reference.case();
    let found: Option<(i16, (bool, bool, bool))> = cases::table
        .find(case.0)
        .select((cases::reference_year, columns(viewer)))
        .first(conn)
        .await
        .optional()?;
    let (year, sight) = found.ok_or(Unseen::NotThere)?;
    if Reference::new(year, case) != reference {
        return Err(Unseen::NotThere);
    }
    judge(viewer, sight).map(|_| case)
}

/// Whether someone is barred from a case.
///
/// # Errors
/// When the database fails.
pub(super) async fn is_barred(
    conn: &mut Conn,
    case: CaseId,
    account: StaffId,
) -> Result<bool, DbError> {
    let bar = case_bars::table
        .filter(case_bars::case_id.eq(case.0))
        .filter(case_bars::account_id.eq(account.0))
        .filter(case_bars::lifted_at.is_null());
    diesel::select(diesel::dsl::exists(bar))
        .get_result(conn)
        .await
}
