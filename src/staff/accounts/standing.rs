//! Reset, disable, enable, unlock: whether an account may sign in, and with what.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::Conn;
use crate::db::schema::staff_accounts;
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::staff::accounts::guard::{hold, keep_one_administrator};
use crate::staff::{AccountError, OneTimeLink, Target, link, recovery, sessions};

/// Takes password and TOTP away, ends every session, and returns a new one-time link. It is also a
/// way back for a disabled account.
///
/// # Errors
/// When there is no such account, it changed since it was seen, it is the last administrator, or
/// the database fails.
pub async fn reset(
    conn: &mut Conn,
    target: Target,
    link_lifetime: TimeDelta,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<OneTimeLink, AccountError> {
    conn.transaction(async |conn| {
        keep_one_administrator(conn, target.id, actor).await?;
        hold(conn, target).await?;
        diesel::update(staff_accounts::table.find(target.id.0))
            .set((
                staff_accounts::password_hash.eq(None::<String>),
                staff_accounts::totp_secret.eq(None::<Vec<u8>>),
                staff_accounts::totp_last_step.eq(None::<i64>),
                staff_accounts::enrolled_at.eq(None::<DateTime<Utc>>),
                staff_accounts::n_failures.eq(0),
                staff_accounts::blocked_until.eq(None::<DateTime<Utc>>),
                staff_accounts::disabled_at.eq(None::<DateTime<Utc>>),
            ))
            .execute(conn)
            .await?;
        recovery::forget(conn, target.id).await?;
        sessions::revoke_all(conn, target.id).await?;
        let entry = Entry::new("account.reset").id("account", target.id.0);
        journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        Ok(link::renew(conn, target.id, link_lifetime, at).await?)
    })
    .await
}

/// Disables an account and ends its sessions at once.
///
/// # Errors
/// When there is no such account, it is disabled already, it changed since it was seen, it is the
/// last administrator, or the database fails.
pub async fn disable(
    conn: &mut Conn,
    target: Target,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<(), AccountError> {
    conn.transaction(async |conn| {
        keep_one_administrator(conn, target.id, actor).await?;
        if hold(conn, target).await?.disabled_at.is_some() {
            return Err(AccountError::AlreadyDisabled);
        }
        diesel::update(staff_accounts::table.find(target.id.0))
            .set(staff_accounts::disabled_at.eq(at))
            .execute(conn)
            .await?;
        sessions::revoke_all(conn, target.id).await?;
        link::revoke(conn, target.id).await?;
        let entry = Entry::new("account.disabled").id("account", target.id.0);
        journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        Ok(())
    })
    .await
}

/// Lets a disabled account sign in again, with the password and the authenticator it had.
///
/// # Errors
/// [`AccountError::Stale`] when it is not disabled or changed since it was seen; when there is no
/// such account or the database fails.
pub async fn enable(
    conn: &mut Conn,
    target: Target,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<(), AccountError> {
    conn.transaction(async |conn| {
        if hold(conn, target).await?.disabled_at.is_none() {
            return Err(AccountError::Stale);
        }
        diesel::update(staff_accounts::table.find(target.id.0))
            .set(staff_accounts::disabled_at.eq(None::<DateTime<Utc>>))
            .execute(conn)
            .await?;
        let entry = Entry::new("account.enabled").id("account", target.id.0);
        journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        Ok(())
    })
    .await
}

/// Lets an account that was locked after too many failures try again at once.
///
/// # Errors
/// [`AccountError::Stale`] when it is not locked or changed since it was seen; when there is no
/// such account or the database fails.
pub async fn unlock(
    conn: &mut Conn,
    target: Target,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<(), AccountError> {
    conn.transaction(async |conn| {
        hold(conn, target).await?;
        let locked = staff_accounts::table
            .find(target.id.0)
            .filter(staff_accounts::blocked_until.gt(at));
        let n_unlocked = diesel::update(locked)
            .set((
                staff_accounts::n_failures.eq(0),
                staff_accounts::blocked_until.eq(None::<DateTime<Utc>>),
            ))
            .execute(conn)
            .await?;
        if n_unlocked == 0 {
            return Err(AccountError::Stale);
        }
        let entry = Entry::new("account.unlocked").id("account", target.id.0);
        journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        Ok(())
    })
    .await
}
