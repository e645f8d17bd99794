//! Saying that someone is away, and that they are back.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::{absences, staff_accounts};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::staff::absences::AbsenceId;
use crate::staff::{Right, Roles, StaffId};

/// An absence to be recorded.
#[derive(Clone, Copy, Debug)]
pub struct NewAbsence {
    /// Who is away.
    pub account: StaffId,
    /// Who stands in: someone else, who can work cases.
    pub deputy: StaffId,
    /// First day, Paris calendar.
    pub from_on: NaiveDate,
    /// Last day, not before the first.
    pub until_on: NaiveDate,
}

/// Why an absence was not recorded, or not ended.
#[derive(Debug, thiserror::Error)]
pub enum AbsenceError {
    /// It ends before it begins, or is over.
    #[error("the dates are not in order")]
    Dates,
    /// The deputy is the absent person, cannot sign in or may not work cases.
    #[error("the deputy cannot stand in")]
    Deputy,
    /// The deputy is away on one of the days.
    #[error("the deputy is away too")]
    DeputyAway,
    /// Someone is known to stand in for the person on one of the days.
    #[error("another absence covers some of the days")]
    Overlap,
    /// It is not there any more.
    #[error("no such absence")]
    Gone,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Records an absence. The same one sent twice is an [`AbsenceError::Overlap`] the second time.
///
/// # Errors
/// When it cannot be; see [`AbsenceError`].
pub async fn record(
    conn: &mut Conn,
    new: &NewAbsence,
    today: NaiveDate,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<AbsenceId, AbsenceError> {
    if new.until_on < new.from_on || new.until_on < today {
        return Err(AbsenceError::Dates);
    }
    conn.transaction(async |conn| {
        lock_both(conn, new).await?;
        check_deputy(conn, new).await?;
        let id: i64 = diesel::insert_into(absences::table)
            .values((
                absences::account_id.eq(new.account.0),
                absences::deputy_id.eq(new.deputy.0),
                absences::from_on.eq(new.from_on),
                absences::until_on.eq(new.until_on),
            ))
            .returning(absences::id)
            .get_result(conn)
            .await
            .map_err(overlap_or_db)?;
        let entry = Entry::new("absence.recorded")
            .id("absence", id)
            .id("account", new.account.0)
            .id("deputy", new.deputy.0)
            .date("from", new.from_on)
            .date("until", new.until_on);
        journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        Ok(AbsenceId(id))
    })
    .await
}

/// Two people who choose each other at the same time: one is first, and the other's deputy is away.
async fn lock_both(conn: &mut Conn, new: &NewAbsence) -> Result<(), DbError> {
    let _locked: Vec<i64> = staff_accounts::table
        .filter(staff_accounts::id.eq_any([new.account.0, new.deputy.0]))
        .order(staff_accounts::id)
        .select(staff_accounts::id)
        .for_no_key_update()
        .load(conn)
        .await?;
    Ok(())
}

async fn check_deputy(conn: &mut Conn, new: &NewAbsence) -> Result<(), AbsenceError> {
    let roles: Option<Roles> = staff_accounts::table
        .find(new.deputy.0)
        .filter(staff_accounts::enrolled_at.is_not_null())
        .filter(staff_accounts::disabled_at.is_null())
        .select(staff_accounts::roles)
        .first(conn)
        .await
        .optional()?;
    let can = roles.is_some_and(|roles| roles.may(Right::WorkCases));
    if !can || new.deputy == new.account {
        return Err(AbsenceError::Deputy);
    }
    let is_away = absences::table
        .filter(absences::account_id.eq(new.deputy.0))
        .filter(absences::from_on.le(new.until_on))
        .filter(absences::until_on.ge(new.from_on));
    let is_away = diesel::select(diesel::dsl::exists(is_away));
    if is_away.get_result(conn).await? {
        return Err(AbsenceError::DeputyAway);
    }
    Ok(())
}

fn overlap_or_db(error: DbError) -> AbsenceError {
    if let DbError::DatabaseError(DatabaseErrorKind::ExclusionViolation, _) = error {
        return AbsenceError::Overlap;
    }
    AbsenceError::Db(error)
}

/// Ends an absence of `account`: taken back when it has not begun, else its last day becomes the
/// day before `today`.
///
/// # Errors
/// [`AbsenceError::Gone`] when `account` has no such absence to come; when the database fails.
pub async fn end(
    conn: &mut Conn,
    (account, absence): (StaffId, AbsenceId),
    today: NaiveDate,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<(), AbsenceError> {
    conn.transaction(async |conn| {
        let theirs = absences::table
            .find(absence.0)
            .filter(absences::account_id.eq(account.0))
            .filter(absences::until_on.ge(today));
        let from_on: NaiveDate = theirs
            .select(absences::from_on)
            .for_update()
            .first(conn)
            .await
            .optional()?
            .ok_or(AbsenceError::Gone)?;
        let row = absences::table.find(absence.0);
        match today.pred_opt().filter(|yesterday| from_on <= *yesterday) {
            Some(yesterday) => {
                let shortened = diesel::update(row).set(absences::until_on.eq(yesterday));
                shortened.execute(conn).await?;
            }
            None => {
                diesel::delete(row).execute(conn).await?;
            }
        }
        let entry = Entry::new("absence.ended")
            .id("absence", absence.0)
            .id("account", account.0);
        journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        Ok(())
    })
    .await
}
