//! Changing what an account may do.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::Conn;
use crate::db::schema::staff_accounts;
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::staff::accounts::guard::{hold, keep_one_administrator};
use crate::staff::{AccountError, Role, Roles, Target};

/// Gives the account these roles instead of those it has. They hold from its next request on.
///
/// # Errors
/// [`AccountError::Stale`] when it has them already or changed since it was seen,
/// [`AccountError::LastAdministrator`] when nobody would be left to manage accounts; when there is
/// no such account or the database fails.
pub async fn set_roles(
    conn: &mut Conn,
    target: Target,
    roles: Roles,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<(), AccountError> {
    conn.transaction(async |conn| {
        if !roles.contains(Role::Administrator) {
            keep_one_administrator(conn, target.id, actor).await?;
        }
        let before = hold(conn, target).await?.roles;
        if before == roles {
            return Err(AccountError::Stale);
        }
        diesel::update(staff_accounts::table.find(target.id.0))
            .set(staff_accounts::roles.eq(roles))
            .execute(conn)
            .await?;
        let entry = Entry::new("account.roles_changed").id("account", target.id.0);
        let entry = before
            .iter()
            .fold(entry, |entry, role| entry.code("before", role.code()));
        let entry = roles
            .iter()
            .fold(entry, |entry, role| entry.code("after", role.code()));
        journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        Ok(())
    })
    .await
}
