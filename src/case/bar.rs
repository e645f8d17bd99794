//! The acts of barring whoever a case complains about, and of lifting it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::answer::{self, AnswerState};
use crate::case::events::protecting;
use crate::case::motive::{self, Motive};
use crate::case::{Office, StaffId, Status, sight};
use crate::db::schema::{answers, case_bars, cases};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// Bars `account` from the case: it no longer exists for them. They no longer handle it, and a reading
/// they made of a draft counts no more.
///
/// # Errors
/// [`ActError::AlreadyDone`] when they are barred already; or the case has changed since it was shown,
/// or the database fails.
pub async fn bar(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    (account, why): (StaffId, &Motive),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        if sight::is_barred(conn, seen.case, account).await? {
            return Err(ActError::AlreadyDone);
        }
        let why = motive::keep(conn, seen.case, why, (by, at)).await?;
        diesel::insert_into(case_bars::table)
            .values((
                case_bars::case_id.eq(seen.case.0),
                case_bars::account_id.eq(account.0),
                case_bars::barred_by.eq(by.0),
                case_bars::barred_at.eq(at),
            ))
            .execute(conn)
            .await?;
        let was_handler = release(conn, office, seen, account, at).await?;
        let entry = why.on(protecting::barred(account, was_handler));
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// Takes the case, and the readings they made, off their hands. Returns whether they handled it.
async fn release(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    account: StaffId,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let handled = cases::table
        .find(seen.case.0)
        .filter(cases::handler_id.eq(account.0));
    let n_released = diesel::update(handled)
        .set(cases::handler_id.eq(None::<i64>))
        .execute(conn)
        .await?;
    let read = answers::table
        .filter(answers::case_id.eq(seen.case.0))
        .filter(answers::state.eq(AnswerState::Draft))
        .filter(answers::reader_id.eq(account.0));
    let n_unread = diesel::update(read)
        .set(answers::reader_id.eq(None::<i64>))
        .execute(conn)
        .await?;
    if n_unread > 0 {
        answer::recount(conn, seen.case, office.second_reader_required(), at).await?;
    }
    Ok(n_released > 0)
}

/// Lets `account` see the case again.
///
/// # Errors
/// [`ActError::AlreadyDone`] when they are not barred; or the case has changed since it was shown, or
/// the database fails.
pub async fn lift_bar(
    conn: &mut Conn,
    seen: Seen,
    account: StaffId,
    why: &Motive,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let in_force = case_bars::table
            .filter(case_bars::case_id.eq(seen.case.0))
            .filter(case_bars::account_id.eq(account.0))
            .filter(case_bars::lifted_at.is_null());
        let n_lifted = diesel::update(in_force)
            .set((case_bars::lifted_by.eq(by.0), case_bars::lifted_at.eq(at)))
            .execute(conn)
            .await?;
        if n_lifted == 0 {
            return Err(ActError::AlreadyDone);
        }
        let why = motive::keep(conn, seen.case, why, (by, at)).await?;
        let entry = why.on(protecting::bar_lifted(account));
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}
