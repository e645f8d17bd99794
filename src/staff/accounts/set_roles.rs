//! Changing what an account may do.

use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;

use crate::db::Conn;
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::staff::accounts::guard::{Held, hold, keep, keep_one_administrator, not_oneself};
use crate::staff::{AccountError, Role, Roles, Target};

/// Gives the account these roles instead of those it has. They hold from its next request on.
///
/// # Errors
/// [`AccountError::Oneself`] when it is one's own: every escalation needs another administrator.
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
    not_oneself(target, actor)?;
    conn.transaction(async |conn| {
        if !roles.contains(Role::Administrator) {
            keep_one_administrator(conn, target.id, actor).await?;
        }
        let held = hold(conn, target).await?;
        let before = held.roles;
        if before == roles {
            return Err(AccountError::Stale);
        }
        keep(conn, target.id, Held { roles, ..held }).await?;
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
