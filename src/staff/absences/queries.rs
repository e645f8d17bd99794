//! Reads of absences.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::{absences, staff_accounts};
use crate::db::{Conn, DbError};
use crate::staff::StaffId;
use crate::staff::absences::AbsenceId;

/// Most absences listed.
const MOST: i64 = 200;

/// Someone is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Its id.
    pub id: AbsenceId,
    /// Who is away.
    pub account: StaffId,
    /// Who stands in.
    pub deputy: StaffId,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day.
    pub until_on: NaiveDate,
}

type Columns = (
    absences::id,
    absences::account_id,
    absences::deputy_id,
    absences::from_on,
    absences::until_on,
);
const COLUMNS: Columns = (
    absences::id,
    absences::account_id,
    absences::deputy_id,
    absences::from_on,
    absences::until_on,
);

fn to_absence(
    (id, account, deputy, from_on, until_on): (i64, i64, i64, NaiveDate, NaiveDate),
) -> Absence {
    Absence {
        id: AbsenceId(id),
        account: StaffId(account),
        deputy: StaffId(deputy),
        from_on,
        until_on,
    }
}

/// For whom `deputy` stands in on `day`: their cases come up among the deputy's own. A disabled
/// account stands in for nobody, for it signs in no more.
///
/// # Errors
/// When the database fails.
pub async fn standing_in_for(
    conn: &mut Conn,
    deputy: StaffId,
    day: NaiveDate,
) -> Result<Vec<StaffId>, DbError> {
    let away: Vec<i64> = absences::table
        .filter(absences::deputy_id.eq(deputy.0))
        .filter(absences::from_on.le(day))
        .filter(absences::until_on.ge(day))
        .order(absences::account_id)
        .select(absences::account_id)
        .limit(MOST)
        .load(conn)
        .await?;
    Ok(away.into_iter().map(StaffId).collect())
}

/// Who stands in for `account` on `day`, if they are away and the deputy can sign in.
///
/// # Errors
/// When the database fails.
pub async fn deputy_of(
    conn: &mut Conn,
    account: StaffId,
    day: NaiveDate,
) -> Result<Option<StaffId>, DbError> {
    absences::table
        .inner_join(staff_accounts::table.on(staff_accounts::id.eq(absences::deputy_id)))
        .filter(absences::account_id.eq(account.0))
        .filter(absences::from_on.le(day))
        .filter(absences::until_on.ge(day))
        .filter(staff_accounts::disabled_at.is_null())
        .select(absences::deputy_id)
        .first(conn)
        .await
        .optional()
        .map(|id| id.map(StaffId))
}

/// The absences of someone that are not over on `today`, first to come first.
///
/// # Errors
/// When the database fails.
pub async fn of_account(
    conn: &mut Conn,
    account: StaffId,
    today: NaiveDate,
) -> Result<Vec<Absence>, DbError> {
    let rows = absences::table
        .filter(absences::account_id.eq(account.0))
        .filter(absences::until_on.ge(today))
        .order((absences::from_on, absences::id))
        .select(COLUMNS)
        .limit(MOST)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(to_absence).collect())
}

/// Everyone's absences that are not over on `today`, first to come first.
///
/// # Errors
/// When the database fails.
pub async fn to_come(conn: &mut Conn, today: NaiveDate) -> Result<Vec<Absence>, DbError> {
    let rows = absences::table
        .filter(absences::until_on.ge(today))
        .order((absences::from_on, absences::id))
        .select(COLUMNS)
        .limit(MOST)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(to_absence).collect())
}
