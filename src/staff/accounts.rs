//! Acts on accounts: add, reset, disable, and the first administrator's link.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::staff_accounts;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::staff::{DisplayName, OneTimeLink, Role, Roles, StaffEmail, StaffId, link, sessions};

/// An account to be added; its owner chooses the password.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Signs in.
    pub email: StaffEmail,
    /// Shown on pages and letters.
    pub name: DisplayName,
    /// What it may do.
    pub roles: Roles,
}

/// Why an act on an account did not happen.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Another account has this address.
    #[error("an account has this e-mail address already")]
    EmailTaken,
    /// No account has this address.
    #[error("no account has this e-mail address")]
    Unknown,
    /// It is disabled already.
    #[error("the account is disabled already")]
    AlreadyDisabled,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Adds a pending account and returns the one-time link of its owner.
///
/// # Errors
/// When the address is taken or the database fails.
pub async fn add(
    conn: &mut Conn,
    new: &NewAccount,
    link_lifetime: TimeDelta,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<OneTimeLink, AccountError> {
    conn.transaction(async |conn| {
        let email = Some(new.email.as_str());
        let id = insert_pending(conn, email, new.name.as_str(), new.roles, at)
            .await
            .map_err(taken_or_db)?;
        let entry = added_entry(id, new.roles);
        journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        Ok(link::renew(conn, id, link_lifetime, at).await?)
    })
    .await
}

/// Takes password and TOTP away, ends every session, and returns a new one-time link. It is also
/// the way back for a disabled account.
///
/// # Errors
/// When nobody has this address or the database fails.
pub async fn reset(
    conn: &mut Conn,
    email: &StaffEmail,
    link_lifetime: TimeDelta,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<OneTimeLink, AccountError> {
    conn.transaction(async |conn| {
        let named = staff_accounts::table.filter(staff_accounts::email.eq(email.as_str()));
        let id = diesel::update(named)
            .set((
                staff_accounts::password_hash.eq(None::<String>),
                staff_accounts::totp_secret.eq(None::<Vec<u8>>),
                staff_accounts::totp_last_step.eq(None::<i64>),
                staff_accounts::enrolled_at.eq(None::<DateTime<Utc>>),
                staff_accounts::n_failures.eq(0),
                staff_accounts::blocked_until.eq(None::<DateTime<Utc>>),
                staff_accounts::disabled_at.eq(None::<DateTime<Utc>>),
            ))
            .returning(staff_accounts::id)
            .get_result(conn)
            .await
            .optional()?
            .map(StaffId)
            .ok_or(AccountError::Unknown)?;
        sessions::revoke_all(conn, id).await?;
        let entry = Entry::new("account.reset").id("account", id.0);
        journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        Ok(link::renew(conn, id, link_lifetime, at).await?)
    })
    .await
}

/// Disables an account and ends its sessions at once.
///
/// # Errors
/// When nobody has this address, it is disabled already, or the database fails.
pub async fn disable(
    conn: &mut Conn,
    email: &StaffEmail,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<StaffId, AccountError> {
    conn.transaction(async |conn| {
        let named = staff_accounts::table.filter(staff_accounts::email.eq(email.as_str()));
        let (id, disabled_at): (i64, Option<DateTime<Utc>>) = named
            .select((staff_accounts::id, staff_accounts::disabled_at))
            .for_update()
            .first(conn)
            .await
            .optional()?
            .ok_or(AccountError::Unknown)?;
        if disabled_at.is_some() {
            return Err(AccountError::AlreadyDisabled);
        }
        diesel::update(staff_accounts::table.find(id))
            .set(staff_accounts::disabled_at.eq(at))
            .execute(conn)
            .await?;
        sessions::revoke_all(conn, StaffId(id)).await?;
        link::revoke(conn, StaffId(id)).await?;
        let entry = Entry::new("account.disabled").id("account", id);
        journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        Ok(StaffId(id))
    })
    .await
}

/// A fresh link for the first administrator, or none once there has been one: whoever can start the
/// program must not become an administrator because the only one was disabled or reset. The command
/// line is then the way back. The account is created when first needed, without an address: its
/// owner chooses it at enrolment.
///
/// # Errors
/// When the database fails.
pub async fn first_administrator_link(
    conn: &mut Conn,
    link_lifetime: TimeDelta,
    at: DateTime<Utc>,
) -> Result<Option<OneTimeLink>, DbError> {
    conn.transaction(async |conn| {
        let administrators = staff_accounts::table
            .filter(staff_accounts::roles.contains(Roles::from(Role::Administrator)));
        let has_been = administrators.filter(staff_accounts::has_enrolled);
        if diesel::select(diesel::dsl::exists(has_been))
            .get_result(conn)
            .await?
        {
            return Ok(None);
        }
        let unnamed = administrators
            .filter(staff_accounts::email.is_null())
            .filter(staff_accounts::disabled_at.is_null())
            .select(staff_accounts::id)
            .order(staff_accounts::id)
            .first(conn)
            .await
            .optional()?;
        let id = match unnamed {
            Some(id) => StaffId(id),
            None => add_first_administrator(conn, at).await?,
        };
        link::renew(conn, id, link_lifetime, at).await.map(Some)
    })
    .await
}

async fn add_first_administrator(conn: &mut Conn, at: DateTime<Utc>) -> Result<StaffId, DbError> {
    let id = insert_pending(conn, None, UNNAMED, Roles::FIRST, at).await?;
    journal::append(
        conn,
        SYSTEM_CHAIN,
        added_entry(id, Roles::FIRST),
        Actor::System,
        at,
    )
    .await?;
    Ok(id)
}

/// Stands for the first administrator's name until it is chosen; no page shows it.
const UNNAMED: &str = "?";

async fn insert_pending(
    conn: &mut Conn,
    email: Option<&str>,
    name: &str,
    roles: Roles,
    at: DateTime<Utc>,
) -> Result<StaffId, DbError> {
    diesel::insert_into(staff_accounts::table)
        .values((
            staff_accounts::email.eq(email),
            staff_accounts::display_name.eq(name),
            staff_accounts::roles.eq(roles),
            staff_accounts::created_at.eq(at),
        ))
        .returning(staff_accounts::id)
        .get_result(conn)
        .await
        .map(StaffId)
}

/// The line of a new account: each role is a fact of its own.
pub(super) fn added_entry(id: StaffId, roles: Roles) -> Entry {
    let entry = Entry::new("account.added").id("account", id.0);
    roles
        .iter()
        .fold(entry, |entry, role| entry.code("role", role.code()))
}

fn taken_or_db(error: DbError) -> AccountError {
    if is_unique_violation(&error) {
        return AccountError::EmailTaken;
    }
    AccountError::Db(error)
}

/// Whether another row has the same key; of accounts, only the address can collide.
pub(super) fn is_unique_violation(error: &DbError) -> bool {
    matches!(
        error,
        DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)
    )
}
