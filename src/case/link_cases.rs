//! The acts of linking two cases that belong together, and of unlinking them: each keeps its clocks.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, Touch, count};
use crate::case::events::qualifying;
use crate::case::motive::{self, Motive};
use crate::case::{CaseId, StaffId, Status};
use crate::db::Conn;
use crate::db::schema::{case_links, cases};
use crate::journal::{self, Actor, Entry};

/// Links the case to `other`; both journals tell of it.
///
/// # Errors
/// [`ActError::AlreadyDone`] when they are linked already or are one case; [`ActError::Unknown`] when there is no
/// other; or the case has changed since it was shown, or the database fails.
pub async fn link(
    conn: &mut Conn,
    seen: Seen,
    other: CaseId,
    why: &Motive,
    by: (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    if other == seen.case {
        return Err(ActError::AlreadyDone);
    }
    conn.transaction(async |conn| {
        begin(conn, seen, other, by.1).await?;
        let (first, second) = in_order(seen.case, other);
        let n_linked = diesel::insert_into(case_links::table)
            .values((
                case_links::case_id.eq(first.0),
                case_links::other_id.eq(second.0),
                case_links::linked_by.eq(by.0.0),
                case_links::linked_at.eq(by.1),
            ))
            .on_conflict_do_nothing()
            .execute(conn)
            .await?;
        if n_linked == 0 {
            return Err(ActError::AlreadyDone);
        }
        tell(conn, (seen.case, other), qualifying::linked, why, by).await
    })
    .await
}

/// Undoes the link.
///
/// # Errors
/// [`ActError::AlreadyDone`] when they are not linked; or the case has changed since it was shown, or the
/// database fails.
pub async fn unlink(
    conn: &mut Conn,
    seen: Seen,
    other: CaseId,
    why: &Motive,
    by: (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        begin(conn, seen, other, by.1).await?;
        let (first, second) = in_order(seen.case, other);
        let in_force = case_links::table
            .filter(case_links::case_id.eq(first.0))
            .filter(case_links::other_id.eq(second.0))
            .filter(case_links::unlinked_at.is_null());
        let n_unlinked = diesel::update(in_force)
            .set((
                case_links::unlinked_by.eq(by.0.0),
                case_links::unlinked_at.eq(by.1),
            ))
            .execute(conn)
            .await?;
        if n_unlinked == 0 {
            return Err(ActError::AlreadyDone);
        }
        tell(conn, (seen.case, other), qualifying::unlinked, why, by).await
    })
    .await
}

/// Counts the act on both cases, locking the lower number first: two people who link the same cases
/// from either side wait for each other.
async fn begin(
    conn: &mut Conn,
    seen: Seen,
    other: CaseId,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    if seen.case.0 < other.0 {
        count(conn, seen, Status::ALL, at).await?;
    }
    let n_touched = diesel::update(cases::table.find(other.0))
        .set((cases::version.eq(cases::version + 1), Touch::at(at)))
        .execute(conn)
        .await?;
    if n_touched == 0 {
        return Err(ActError::Unknown);
    }
    if other.0 < seen.case.0 {
        count(conn, seen, Status::ALL, at).await?;
    }
    Ok(())
}

fn in_order(one: CaseId, other: CaseId) -> (CaseId, CaseId) {
    if one.0 < other.0 {
        (one, other)
    } else {
        (other, one)
    }
}

/// One line in each journal.
async fn tell(
    conn: &mut Conn,
    (case, other): (CaseId, CaseId),
    line: fn(CaseId) -> Entry,
    why: &Motive,
    by: (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    let kept = motive::keep(conn, case, why, by).await?;
    let actor = Actor::Staff(by.0.0);
    journal::append(conn, case.0, kept.on(line(other)), actor, by.1).await?;
    let kept = motive::keep(conn, other, why, by).await?;
    journal::append(conn, other.0, kept.on(line(case)), actor, by.1).await?;
    Ok(())
}
