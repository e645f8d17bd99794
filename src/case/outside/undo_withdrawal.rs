//! The objection to a withdrawal that staff noted: it was a mistake, and the case is where it was,
//! with its dates.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, count};
use crate::case::outside::take_withdrawal::WithdrawalTakenRow;
use crate::case::said::heard;
use crate::case::{CaseId, StaffId, Status, dossier, events};
use crate::db::schema::{cases, withdrawals_taken};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// The person says that they did not withdraw: the case is where it was, and staff are told to read
/// it.
///
/// # Errors
/// [`ActError::NotNow`] when no withdrawal of theirs was noted by staff; or the database fails.
pub async fn object_to_withdrawal(
    conn: &mut Conn,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        heard(conn, case, at).await?;
        restore(conn, case, (Actor::Person, at)).await
    })
    .await
}

/// Staff note that the person objected, by letter or by telephone.
///
/// # Errors
/// [`ActError::NotNow`] when no withdrawal of theirs was noted by staff; or the case has changed
/// since it was shown, or the database fails.
pub async fn objection_received(
    conn: &mut Conn,
    seen: Seen,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, &[Status::Withdrawn], at).await?;
        restore(conn, seen.case, (Actor::Staff(by.0), at)).await
    })
    .await
}

/// Takes the case back to where it stood; an answer that left meanwhile counts.
async fn restore(
    conn: &mut Conn,
    case: CaseId,
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), ActError> {
    let dossier = dossier::by_id(conn, case).await?;
    let refused = ActError::NotNow(dossier.case.status);
    if dossier.case.status != Status::Withdrawn {
        return Err(refused);
    }
    let Some(taken) = last(conn, case).await? else {
        return Err(refused);
    };
    diesel::update(withdrawals_taken::table.find(taken.message_id))
        .set(withdrawals_taken::objected_at.eq(at))
        .execute(conn)
        .await?;
    let left_meanwhile = dossier
        .case
        .answered_on
        .filter(|on| calendar::paris_date(taken.taken_at) <= *on && taken.status_before.is_open());
    let (status, next_due_on) = match left_meanwhile {
        Some(on) => (Status::Answered, calendar::close_target(on)),
        None => (taken.status_before, dossier.case.next_due_on),
    };
    diesel::update(cases::table.find(case.0))
        .set((
            cases::status.eq(status),
            cases::next_due_on.eq(next_due_on),
            cases::closed_on.eq(None::<NaiveDate>),
        ))
        .execute(conn)
        .await?;
    let entry = events::withdrawal_objected();
    journal::append(conn, case.0, entry, actor, at).await?;
    Ok(())
}

/// The withdrawal that can be objected to.
async fn last(conn: &mut Conn, case: CaseId) -> Result<Option<WithdrawalTakenRow>, DbError> {
    withdrawals_taken::table
        .filter(withdrawals_taken::case_id.eq(case.0))
        .filter(withdrawals_taken::is_last)
        .filter(withdrawals_taken::objected_at.is_null())
        .select(WithdrawalTakenRow::as_select())
        .first(conn)
        .await
        .optional()
}
