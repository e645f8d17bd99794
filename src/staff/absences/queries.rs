//! Reads of absences.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::absences;
use crate::db::{Condition, Conn, DbError, Fixed};
use crate::staff::absences::AbsenceId;
use crate::staff::{Right, Role, StaffId};

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
    /// Whether the deputy is away too on one of the days, or signs in no more: supervisors stand in.
    pub is_uncovered: bool,
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

type Row = (i64, i64, i64, NaiveDate, NaiveDate);

/// Of `deputies`: they sign in no more, or not yet again.
const DEPUTY_IS_GONE: &str = "(deputies.disabled_at IS NOT NULL OR deputies.enrolled_at IS NULL)";

/// Whether nobody stands in on one of the days of an absence.
fn uncovered() -> Fixed {
    Condition::of(
        "EXISTS (SELECT FROM staff_accounts AS deputies WHERE deputies.id = absences.deputy_id \
           AND (",
    )
    .words(DEPUTY_IS_GONE)
    .words(
        " OR EXISTS (SELECT FROM absences AS away \
             WHERE away.account_id = deputies.id AND away.from_on <= absences.until_on \
               AND away.until_on >= absences.from_on)))",
    )
    .fixed()
}

fn to_absence(((id, account, deputy, from_on, until_on), is_uncovered): (Row, bool)) -> Absence {
    Absence {
        is_uncovered,
        id: AbsenceId(id),
        account: StaffId(account),
        deputy: StaffId(deputy),
        from_on,
        until_on,
    }
}

/// Who is in charge of the cases of `account` on `day`: that person, or while they are away their
/// deputy; nobody when the deputy is away too or signs in no more: then supervisors are.
///
/// # Errors
/// When the database fails.
pub async fn in_charge_of(
    conn: &mut Conn,
    account: StaffId,
    day: NaiveDate,
) -> Result<Option<StaffId>, DbError> {
    let Some(deputy) = deputy_on(conn, account, day).await? else {
        return Ok(Some(account));
    };
    let deputies =
        Condition::of("EXISTS (SELECT FROM staff_accounts AS deputies WHERE deputies.id = ")
            .id(deputy.0)
            .words(" AND ")
            .words(DEPUTY_IS_GONE)
            .words(")")
            .fixed();
    let is_gone: bool = diesel::select(deputies).get_result(conn).await?;
    let is_away = deputy_on(conn, deputy, day).await?.is_some();
    Ok((!is_gone && !is_away).then_some(deputy))
}

/// Who stands in for `account` on `day`, if they are away.
async fn deputy_on(
    conn: &mut Conn,
    account: StaffId,
    day: NaiveDate,
) -> Result<Option<StaffId>, DbError> {
    absences::table
        .filter(absences::account_id.eq(account.0))
        .filter(absences::from_on.le(day))
        .filter(absences::until_on.ge(day))
        .select(absences::deputy_id)
        .first(conn)
        .await
        .optional()
        .map(|id| id.map(StaffId))
}

/// The accounts whose cases come up at someone's on a day, as the words of a sub-query: those they
/// stand in for; at the desk of those who oversee, also those that nobody stands in for, because they
/// cannot act themselves, or because their deputy is away too or signs in no more.
pub fn stood_in_for(by: StaffId, oversees: bool, day: NaiveDate) -> Condition {
    let theirs =
        Condition::of("SELECT absences.account_id FROM absences WHERE absences.deputy_id = ")
            .id(by.0)
            .words(" AND ")
            .with(lasts("absences", day));
    if !oversees {
        return theirs;
    }
    let workers = Role::ALL.iter().filter(|role| role.may(Right::WorkCases));
    let unable = theirs.words(
        " UNION SELECT gone.id FROM staff_accounts AS gone \
             WHERE gone.disabled_at IS NOT NULL OR gone.enrolled_at IS NULL \
             OR NOT (gone.roles && ARRAY[NULL",
    );
    let unable = workers.fold(unable, |unable, role| unable.words(", ").text(role.code()));
    unable
        .words(
            "]) UNION SELECT absences.account_id FROM absences \
             JOIN staff_accounts AS deputies ON deputies.id = absences.deputy_id WHERE ",
        )
        .with(lasts("absences", day))
        .words(" AND (")
        .words(DEPUTY_IS_GONE)
        .words(" OR EXISTS (SELECT FROM absences AS away WHERE away.account_id = deputies.id AND ")
        .with(lasts("away", day))
        .words("))")
}

/// An absence, under this name, that lasts on this day.
fn lasts(name: &'static str, on: NaiveDate) -> Condition {
    Condition::of(name)
        .words(".from_on <= ")
        .date(on)
        .words(" AND ")
        .words(name)
        .words(".until_on >= ")
        .date(on)
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
        .select((COLUMNS, uncovered()))
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
        .select((COLUMNS, uncovered()))
        .limit(MOST)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(to_absence).collect())
}
