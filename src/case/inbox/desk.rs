//! What must be done on a day, and by whom: legal dates and targets, and the dates that staff follow
//! beside them. No case is on nobody's desk.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar;
use crate::case::CaseId;
use crate::case::inbox::list::{OPEN_OF_HANDLER, Seat, unassigned};
use crate::db::{Condition, Conn, DbError, text_code};
use crate::staff::absences::stood_in_for;

text_code! {
    /// What is followed.
    pub enum FollowedKind {
        /// What we asked of the person should be there.
        Ask => "ask",
        /// The answer that a holding letter announced.
        HoldingLetter => "holding_letter",
        /// Our documents for the mediator.
        MediationDocuments => "mediation_documents",
        /// What the mediator's opinion asks of us.
        MediationOpinion => "mediation_opinion",
        /// What an answer promised to the person.
        Commitment => "commitment",
        /// A letter to post.
        Letter => "letter",
    }
}

/// The next date that staff follow on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// What.
    pub kind: FollowedKind,
    /// By when, Paris calendar.
    pub due_on: NaiveDate,
}

diesel::table! {
    /// A view: every date that staff follow beside the legal ones.
    followed_dates (case_id) {
        case_id -> Int8,
        due_on -> Date,
        kind -> Text,
    }
}

macro_rules! next_followed {
    () => {
        "(SELECT min(followed_dates.due_on) FROM followed_dates \
         WHERE followed_dates.case_id = cases.id)"
    };
}

/// The next followed date of a case of a list.
pub(super) const NEXT_FOLLOWED: &str = next_followed!();
/// The order of a list of followed dates.
pub(super) const NEXT_FOLLOWED_THEN_ID: &str = concat!(next_followed!(), ", cases.id");
/// What comes after a line of it.
pub(super) const NEXT_FOLLOWED_AFTER: &str = concat!("(", next_followed!(), ", cases.id) > (");

/// The cases with a followed date: the first 2,000 dates, which is more than anyone follows. The page
/// says when there are more.
pub(super) fn followed() -> Condition {
    Condition::of(
        "cases.id = ANY(ARRAY(SELECT followed_dates.case_id FROM followed_dates \
         ORDER BY followed_dates.due_on LIMIT 2000))",
    )
}

/// Whether there are more followed dates than the list looks at.
pub(super) async fn has_more_followed(conn: &mut Conn) -> Result<bool, DbError> {
    let more = Condition::of("EXISTS (SELECT FROM followed_dates OFFSET 2000)").fixed();
    diesel::select(more).get_result(conn).await
}

/// What the person at this seat must act on by today: the cases of theirs whose next date has come,
/// and those with a followed date that has.
pub(super) fn due(seat: &Seat) -> Condition {
    let until = calendar::due_by(seat.viewer.today);
    let people = people(seat);
    let theirs = Condition::of(OPEN_OF_HANDLER)
        .words(" AND cases.next_due_on <= ")
        .date(until)
        .words(" AND cases.handler_id = ANY(")
        .with(people.clone())
        .words(")");
    let mut all = Condition::of("((").with(theirs).words(")");
    if seat.oversees {
        let nobodys = unassigned().words(" AND cases.next_due_on <= ").date(until);
        all = all.words(" OR (").with(nobodys).words(")");
    }
    all = all
        .words(
            " OR cases.id = ANY(ARRAY(SELECT followed_dates.case_id FROM followed_dates \
             JOIN cases AS one ON one.id = followed_dates.case_id \
             WHERE followed_dates.due_on <= ",
        )
        .date(until)
        .words(" AND (one.handler_id = ANY(")
        .with(people)
        .words(")");
    if seat.oversees {
        all = all.words(" OR one.handler_id IS NULL");
    }
    all.words("))))")
}

/// Whose cases are the person's that day, as an array: their own, those of the absent they stand in
/// for, and, for those who oversee, those of the accounts that could not act on them.
fn people(seat: &Seat) -> Condition {
    Condition::of("array_append(ARRAY(")
        .with(stood_in_for(
            seat.viewer.id,
            seat.oversees,
            seat.viewer.today,
        ))
        .words("), ")
        .id(seat.viewer.id.0)
        .words(")")
}

/// The next followed date of each of these cases that has one.
pub(super) async fn next_followed(
    conn: &mut Conn,
    cases: impl Iterator<Item = CaseId>,
) -> Result<HashMap<CaseId, Followed>, DbError> {
    let ids: Vec<i64> = cases.map(|case| case.0).collect();
    let rows: Vec<(i64, NaiveDate, FollowedKind)> = followed_dates::table
        .filter(followed_dates::case_id.eq_any(ids))
        .order((followed_dates::case_id, followed_dates::due_on))
        .distinct_on(followed_dates::case_id)
        .select((
            followed_dates::case_id,
            followed_dates::due_on,
            followed_dates::kind,
        ))
        .load(conn)
        .await?;
    let next = |(case, due_on, kind)| (CaseId(case), Followed { kind, due_on });
    Ok(rows.into_iter().map(next).collect())
}
