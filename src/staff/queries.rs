//! Reads of accounts.

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use crate::db::schema::{staff_accounts, staff_places};
use crate::db::{Conn, DbError};
use crate::staff::{Roles, StaffId};

/// Someone who may act: enrolled and not disabled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Id of the account.
    pub id: StaffId,
    /// First and last name.
    pub display_name: String,
    /// What they may do.
    pub roles: Roles,
    /// Whether single keys act in lists.
    pub has_shortcuts: bool,
}

/// Who this is, if the account is enrolled and not disabled.
///
/// # Errors
/// When the database fails.
pub async fn member(conn: &mut Conn, id: StaffId) -> Result<Option<StaffMember>, DbError> {
    staff_accounts::table
        .find(id.0)
        .filter(staff_accounts::enrolled_at.is_not_null())
        .filter(staff_accounts::disabled_at.is_null())
        .select((
            staff_accounts::id,
            staff_accounts::display_name,
            staff_accounts::roles,
            staff_accounts::has_shortcuts,
        ))
        .first(conn)
        .await
        .optional()
        .map(|row| row.map(to_member))
}

/// Everyone who may act, by name: those a case can be given to, at most 500.
///
/// # Errors
/// When the database fails.
pub async fn active(conn: &mut Conn) -> Result<Vec<StaffMember>, DbError> {
    let rows: Vec<(i64, String, Roles, bool)> = staff_accounts::table
        .filter(staff_accounts::enrolled_at.is_not_null())
        .filter(staff_accounts::disabled_at.is_null())
        .order((staff_accounts::display_name, staff_accounts::id))
        .select((
            staff_accounts::id,
            staff_accounts::display_name,
            staff_accounts::roles,
            staff_accounts::has_shortcuts,
        ))
        .limit(MOST)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(to_member).collect())
}

/// Most accounts listed.
const MOST: i64 = 500;

fn to_member((id, display_name, roles, has_shortcuts): (i64, String, Roles, bool)) -> StaffMember {
    StaffMember {
        id: StaffId(id),
        display_name,
        roles,
        has_shortcuts,
    }
}

/// Keeps whether single keys act in the lists of `id`.
///
/// # Errors
/// When the database fails.
pub async fn set_shortcuts(
    conn: &mut Conn,
    id: StaffId,
    has_shortcuts: bool,
) -> Result<(), DbError> {
    diesel::update(staff_accounts::table.find(id.0))
        .set(staff_accounts::has_shortcuts.eq(has_shortcuts))
        .execute(conn)
        .await
        .map(drop)
}

/// One account of the list that administrators and operators see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountLine {
    /// Id of the account.
    pub id: StaffId,
    /// Address, or none for a first administrator who has not enrolled.
    pub email: Option<String>,
    /// First and last name.
    pub display_name: String,
    /// What it may do.
    pub roles: Roles,
    /// Where it stands.
    pub state: AccountState,
    /// Locked out until then, somewhere at least, or none; it may be over.
    pub blocked_until: Option<DateTime<Utc>>,
    /// Grows with each act on it.
    pub version: i32,
}

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// Awaits its owner.
    Pending,
    /// Signs in.
    Enrolled,
    /// Does nothing any more.
    Disabled,
}

/// Every account, by id, at most 500.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn) -> Result<Vec<AccountLine>, DbError> {
    lines(conn, None).await
}

/// One account.
///
/// # Errors
/// When the database fails.
pub async fn account(conn: &mut Conn, id: StaffId) -> Result<Option<AccountLine>, DbError> {
    Ok(lines(conn, Some(id)).await?.pop())
}

async fn lines(conn: &mut Conn, only: Option<StaffId>) -> Result<Vec<AccountLine>, DbError> {
    let blocked_somewhere = staff_places::table
        .filter(staff_places::account_id.eq(staff_accounts::id))
        .select(max(staff_places::blocked_until))
        .single_value();
    let rows: Vec<(Row, Option<DateTime<Utc>>)> = staff_accounts::table
        .filter(
            staff_accounts::id
                .eq(only.map_or(0, |id| id.0))
                .or(only.is_none().into_sql::<Bool>()),
        )
        .order(staff_accounts::id)
        .select((Row::as_select(), blocked_somewhere))
        .limit(MOST)
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(row, until)| row.line(until))
        .collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = staff_accounts, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: i64,
    email: Option<String>,
    display_name: String,
    roles: Roles,
    enrolled_at: Option<DateTime<Utc>>,
    disabled_at: Option<DateTime<Utc>>,
    blocked_until: Option<DateTime<Utc>>,
    version: i32,
}

impl Row {
    fn line(self, blocked_somewhere: Option<DateTime<Utc>>) -> AccountLine {
        let state = match (self.disabled_at, self.enrolled_at) {
            (Some(_), _) => AccountState::Disabled,
            (None, Some(_)) => AccountState::Enrolled,
            (None, None) => AccountState::Pending,
        };
        AccountLine {
            id: StaffId(self.id),
            email: self.email,
            display_name: self.display_name,
            roles: self.roles,
            state,
            blocked_until: self.blocked_until.max(blocked_somewhere),
            version: self.version,
        }
    }
}
