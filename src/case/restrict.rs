//! The acts of restricting the processing of a case at its person's request, and of ending it (GDPR,
//! art. 18). The legal clocks run on: answering is owed to the person.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::events::protecting;
use crate::case::motive::{self, Motive};
use crate::case::{StaffId, Status};
use crate::db::schema::restrictions;
use crate::db::{Condition, Conn};
use crate::journal::{self, Actor};

/// The cases whose processing is not restricted, as a condition on the table `cases`: what erases by
/// itself, and what compares, reads these only.
pub(super) fn not_restricted() -> Condition {
    Condition::of(
        "cases.id <> ALL (ARRAY(SELECT restrictions.case_id FROM restrictions \
         WHERE restrictions.lifted_at IS NULL))",
    )
}

/// Restricts the processing of the case, in any state.
///
/// # Errors
/// [`ActError::AlreadyDone`] when it is restricted; or the case has changed since it was shown, or the
/// database fails.
pub async fn restrict(
    conn: &mut Conn,
    seen: Seen,
    why: &Motive,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let n_placed = diesel::insert_into(restrictions::table)
            .values((
                restrictions::case_id.eq(seen.case.0),
                restrictions::placed_by.eq(by.0),
                restrictions::placed_at.eq(at),
            ))
            .on_conflict_do_nothing()
            .execute(conn)
            .await?;
        if n_placed == 0 {
            return Err(ActError::AlreadyDone);
        }
        let why = motive::keep(conn, seen.case, why, (by, at)).await?;
        let entry = why.on(protecting::restricted());
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// Ends the restriction in force.
///
/// # Errors
/// [`ActError::AlreadyDone`] when there is none; or the case has changed since it was shown, or the
/// database fails.
pub async fn end_restriction(
    conn: &mut Conn,
    seen: Seen,
    why: &Motive,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let in_force = restrictions::table
            .filter(restrictions::case_id.eq(seen.case.0))
            .filter(restrictions::lifted_at.is_null());
        let n_ended = diesel::update(in_force)
            .set((
                restrictions::lifted_by.eq(by.0),
                restrictions::lifted_at.eq(at),
            ))
            .execute(conn)
            .await?;
        if n_ended == 0 {
            return Err(ActError::AlreadyDone);
        }
        let why = motive::keep(conn, seen.case, why, (by, at)).await?;
        let entry = why.on(protecting::restriction_ended());
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}
