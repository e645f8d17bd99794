//! A new account, which waits for its owner.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::staff_accounts;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::staff::{AccountError, DisplayName, OneTimeLink, Roles, StaffEmail, StaffId, link};

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

pub(super) async fn insert_pending(
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
pub(in crate::staff) fn added_entry(id: StaffId, roles: Roles) -> Entry {
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
pub(in crate::staff) fn is_unique_violation(error: &DbError) -> bool {
    matches!(
        error,
        DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)
    )
}
