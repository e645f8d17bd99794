//! The acts of keeping a case from being erased: legal hold, until a day, and its end.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, count};
use crate::case::events::protecting;
use crate::case::motive::{self, Motive};
use crate::case::{StaffId, Status};
use crate::db::schema::legal_holds;
use crate::db::{Condition, Conn};
use crate::journal::{self, Actor};

/// The cases that no legal hold keeps on `today` (Paris calendar), as a condition on the table `cases`:
/// what erases reads these only.
pub(super) fn not_held(today: NaiveDate) -> Condition {
    Condition::of("cases.id <> ALL (ARRAY(SELECT legal_holds.case_id FROM legal_holds WHERE legal_holds.lifted_at IS NULL AND legal_holds.until_on >= ")
        .date(today)
        .words("))")
}

/// Keeps the case from being erased until `until_on` included (Paris calendar); a hold in force gives
/// way to the new one.
///
/// # Errors
/// [`ActError::BadDate`] when the day is not to come; or the case has changed since it was shown, or the
/// database fails.
pub async fn hold(
    conn: &mut Conn,
    seen: Seen,
    until_on: NaiveDate,
    why: &Motive,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    if until_on <= calendar::paris_date(at) {
        return Err(ActError::BadDate);
    }
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        end(conn, seen, (by, at)).await?;
        let why = motive::keep(conn, seen.case, why, (by, at)).await?;
        diesel::insert_into(legal_holds::table)
            .values((
                legal_holds::case_id.eq(seen.case.0),
                legal_holds::until_on.eq(until_on),
                legal_holds::placed_by.eq(by.0),
                legal_holds::placed_at.eq(at),
            ))
            .execute(conn)
            .await?;
        let entry = why.on(protecting::held(until_on));
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// Ends the legal hold in force.
///
/// # Errors
/// [`ActError::AlreadyDone`] when there is none; or the case has changed since it was shown, or the
/// database fails.
pub async fn end_hold(
    conn: &mut Conn,
    seen: Seen,
    why: &Motive,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        if !end(conn, seen, (by, at)).await? {
            return Err(ActError::AlreadyDone);
        }
        let why = motive::keep(conn, seen.case, why, (by, at)).await?;
        let entry = why.on(protecting::hold_ended());
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// Ends the hold in force, and returns whether there was one.
async fn end(
    conn: &mut Conn,
    seen: Seen,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<bool, ActError> {
    let in_force = legal_holds::table
        .filter(legal_holds::case_id.eq(seen.case.0))
        .filter(legal_holds::lifted_at.is_null());
    let n_ended = diesel::update(in_force)
        .set((
            legal_holds::lifted_by.eq(by.0),
            legal_holds::lifted_at.eq(at),
        ))
        .execute(conn)
        .await?;
    Ok(n_ended > 0)
}
