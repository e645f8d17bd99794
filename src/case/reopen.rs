//! The act of opening a closed case again.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, Touch, guarded, refusal};
use crate::case::events::ending;
use crate::case::motive::{self, Motive};
use crate::case::{Nature, StaffId, Status};
use crate::db::Conn;
use crate::db::schema::{cases, reopenings};
use crate::journal::{self, Actor};

macro_rules! reopened {
    () => {
        // One row at most, case by case: `EXISTS` would have the planner join the whole table to a list.
        "((SELECT TRUE FROM reopenings WHERE reopenings.case_id = cases.id \
         AND reopenings.reopened_at > coalesce((SELECT max(messages.written_at) FROM messages \
         WHERE messages.case_id = cases.id AND messages.kind = 'disagreement'), '-infinity') LIMIT 1) \
         IS TRUE)"
    };
}

/// In a statement on `cases`: staff opened it again, and the person has contested no answer since.
pub(super) const REOPENED: &str = reopened!();

/// In a statement on `cases`: its person contests an answer, and waits for another.
pub(super) const CONTESTED: &str = concat!(
    "(cases.status = 'acknowledged' AND cases.answered_on IS NOT NULL AND NOT ",
    reopened!(),
    ")"
);

/// Opens a closed case again, with a target of our own and no new legal clock: what was met stays met,
/// and what was late stays late.
///
/// # Errors
/// [`ActError::BadDate`] when the target is past; or the case is not closed, has changed since it was
/// shown, or the database fails.
pub async fn reopen(
    conn: &mut Conn,
    seen: Seen,
    target_on: NaiveDate,
    why: &Motive,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    const FROM: [Status; 1] = [Status::Closed];
    if target_on < calendar::paris_date(at) {
        return Err(ActError::BadDate);
    }
    conn.transaction(async |conn| {
        let closed: Option<(Nature, Option<NaiveDate>)> = diesel::update(guarded(seen, &FROM))
            .set((
                cases::status.eq(Status::Received),
                cases::closed_on.eq(None::<NaiveDate>),
                cases::target_on.eq(target_on),
                cases::next_due_on.eq(target_on),
                cases::version.eq(cases::version + 1),
                Touch::at(at),
            ))
            .returning((cases::nature, cases::answered_on))
            .get_result(conn)
            .await
            .optional()?;
        let Some((nature, answered_on)) = closed else {
            return Err(refusal(conn, seen).await?);
        };
        // A complaint is re-examined from where a disagreement would take it; a request has no such state.
        if nature == Nature::Complaint && answered_on.is_some() {
            diesel::update(cases::table.find(seen.case.0))
                .set(cases::status.eq(Status::Acknowledged))
                .execute(conn)
                .await?;
        }
        let why = motive::keep(conn, seen.case, why, (by, at)).await?;
        diesel::insert_into(reopenings::table)
            .values((
                reopenings::case_id.eq(seen.case.0),
                reopenings::reopened_by.eq(by.0),
                reopenings::reopened_at.eq(at),
                reopenings::target_on.eq(target_on),
            ))
            .execute(conn)
            .await?;
        let entry = why.on(ending::reopened(target_on));
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}
