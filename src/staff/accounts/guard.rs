//! What every act on an account begins with: the account as it was seen, and never the last
//! administrator.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::Conn;
use crate::db::schema::staff_accounts;
use crate::journal::Actor;
use crate::staff::{AccountError, Role, Roles, StaffEmail, StaffId};

/// The account that an act is about.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Which.
    pub id: StaffId,
    /// Its version as it was shown; none at the command line, which shows nothing.
    pub version: Option<i32>,
}

impl From<StaffId> for Target {
    fn from(id: StaffId) -> Self {
        Self { id, version: None }
    }
}

/// The account that has this address.
///
/// # Errors
/// When none has it, or the database fails.
pub async fn id_of(conn: &mut Conn, email: &StaffEmail) -> Result<StaffId, AccountError> {
    staff_accounts::table
        .filter(staff_accounts::email.eq(email.as_str()))
        .select(staff_accounts::id)
        .first(conn)
        .await
        .optional()?
        .map(StaffId)
        .ok_or(AccountError::Unknown)
}

/// What acts know of an account and change.
#[derive(Queryable, Selectable, AsChangeset)]
#[diesel(table_name = staff_accounts, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub(super) struct Held {
    pub(super) roles: Roles,
    pub(super) password_hash: Option<String>,
    pub(super) totp_secret: Option<Vec<u8>>,
    pub(super) totp_last_step: Option<i64>,
    pub(super) enrolled_at: Option<DateTime<Utc>>,
    pub(super) disabled_at: Option<DateTime<Utc>>,
    pub(super) version: i32,
}

/// Refuses what nobody does to their own account: another administrator does.
pub(super) fn not_oneself(target: Target, actor: Actor) -> Result<(), AccountError> {
    if actor == Actor::Staff(target.id.0) {
        return Err(AccountError::Oneself);
    }
    Ok(())
}

/// Locks the account, if it is still the one that was seen.
pub(super) async fn hold(conn: &mut Conn, target: Target) -> Result<Held, AccountError> {
    let held: Held = staff_accounts::table
        .find(target.id.0)
        .select(Held::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?
        .ok_or(AccountError::Unknown)?;
    if target.version.is_some_and(|seen| seen != held.version) {
        return Err(AccountError::Stale);
    }
    Ok(held)
}

/// Keeps what an act made of the account it holds: another version of it.
pub(super) async fn keep(conn: &mut Conn, id: StaffId, held: Held) -> Result<(), AccountError> {
    let version = held.version.saturating_add(1);
    diesel::update(staff_accounts::table.find(id.0))
        .set(Held { version, ..held })
        .execute(conn)
        .await?;
    Ok(())
}

/// Refuses to let the last administrator go; the rows of all stay locked, so that two of them cannot
/// send each other away at the same time. The command line may: it is the way back.
pub(super) async fn keep_one_administrator(
    conn: &mut Conn,
    leaving: StaffId,
    actor: Actor,
) -> Result<(), AccountError> {
    let administrators: Vec<i64> = staff_accounts::table
        .filter(staff_accounts::roles.contains(Roles::from(Role::Administrator)))
        .filter(staff_accounts::enrolled_at.is_not_null())
        .filter(staff_accounts::disabled_at.is_null())
        .order(staff_accounts::id)
        .select(staff_accounts::id)
        .for_update()
        .load(conn)
        .await?;
    if actor != Actor::Operator && administrators == [leaving.0] {
        return Err(AccountError::LastAdministrator);
    }
    Ok(())
}
