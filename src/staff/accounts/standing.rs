//! Reset, disable, enable, unlock: whether an account may sign in, and with what.

use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::AsyncConnection;

use crate::db::Conn;
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::staff::accounts::guard::{Held, hold, keep, keep_one_administrator, not_oneself};
use crate::staff::{AccountError, OneTimeLink, Target, failures, link, recovery, sessions};

/// Takes password and TOTP away, ends every session, and returns a new one-time link.
///
/// # Errors
/// [`AccountError::AlreadyDisabled`] when it is disabled: a reset gives nothing back. When it is one's
/// own or the last administrator's, there is no such account, it changed since it was seen, or the
/// database fails.
pub async fn reset(
    conn: &mut Conn,
    target: Target,
    link_lifetime: TimeDelta,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<OneTimeLink, AccountError> {
    not_oneself(target, actor)?;
    conn.transaction(async |conn| {
        keep_one_administrator(conn, target.id, actor).await?;
        let what = ("account.reset", false);
        change(conn, (target, actor, at), what, |held| Held {
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            enrolled_at: None,
            ..held
        })
        .await?;
        failures::forget(conn, target.id, at).await?;
        recovery::forget(conn, target.id).await?;
        sessions::revoke_all(conn, target.id).await?;
        Ok(link::renew(conn, target.id, link_lifetime, at).await?)
    })
    .await
}

/// Disables an account and ends its sessions at once.
///
/// # Errors
/// When it is disabled already, it is one's own or the last administrator's, there is no such account,
/// it changed since it was seen, or the database fails.
pub async fn disable(
    conn: &mut Conn,
    target: Target,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<(), AccountError> {
    not_oneself(target, actor)?;
    conn.transaction(async |conn| {
        keep_one_administrator(conn, target.id, actor).await?;
        let what = ("account.disabled", false);
        change(conn, (target, actor, at), what, |held| Held {
            disabled_at: Some(at),
            ..held
        })
        .await?;
        sessions::revoke_all(conn, target.id).await?;
        Ok(link::revoke(conn, target.id).await?)
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
        let what = ("account.enabled", true);
        change(conn, (target, actor, at), what, |held| Held {
            disabled_at: None,
            ..held
        })
        .await
    })
    .await
}

/// Lets an account that was locked after too many failures, here or there, try again at once.
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
        let what = ("account.unlocked", false);
        change(conn, (target, actor, at), what, |held| held).await?;
        if failures::forget(conn, target.id, at).await? {
            return Ok(());
        }
        Err(AccountError::Stale)
    })
    .await
}

/// Changes the account if it is as it was seen and in its state, and says so in one line.
async fn change(
    conn: &mut Conn,
    (target, actor, at): (Target, Actor, DateTime<Utc>),
    (kind, is_disabled): (&'static str, bool),
    into: impl FnOnce(Held) -> Held,
) -> Result<(), AccountError> {
    let held = hold(conn, target).await?;
    match (is_disabled, held.disabled_at) {
        (false, Some(_)) => return Err(AccountError::AlreadyDisabled),
        (true, None) => return Err(AccountError::Stale),
        (true, Some(_)) | (false, None) => {}
    }
    keep(conn, target.id, into(held)).await?;
    let entry = Entry::new(kind).id("account", target.id.0);
    journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
    Ok(())
}
