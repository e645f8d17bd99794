//! What one does to one's own account.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::staff_accounts;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::staff::sessions::{self, KeyDigest};
use crate::staff::{PasswordHash, StaffId};

/// Changes one's password. Every other session of the account ends: whoever knew the old one is out.
///
/// # Errors
/// [`DbError::NotFound`] when the account is no longer enrolled; when the database fails.
pub async fn change_password(
    conn: &mut Conn,
    id: StaffId,
    password: &PasswordHash,
    keep: Option<&KeyDigest>,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    conn.transaction(async |conn| {
        let enrolled = staff_accounts::table
            .find(id.0)
            .filter(staff_accounts::enrolled_at.is_not_null())
            .filter(staff_accounts::disabled_at.is_null());
        let n_changed = diesel::update(enrolled)
            .set(staff_accounts::password_hash.eq(password.as_str()))
            .execute(conn)
            .await?;
        if n_changed == 0 {
            return Err(DbError::NotFound);
        }
        sessions::revoke_others(conn, id, keep).await?;
        let entry = Entry::new("account.password_changed").id("account", id.0);
        journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(id.0), at).await?;
        Ok(())
    })
    .await
}

/// Ends sessions of one's own: that one, or all but `keep`. Returns how many there were; one line of
/// the journal if any.
///
/// # Errors
/// When the database fails.
pub async fn close_sessions(
    conn: &mut Conn,
    id: StaffId,
    which: Closed<'_>,
    at: DateTime<Utc>,
) -> Result<usize, DbError> {
    conn.transaction(async |conn| {
        let n_closed = match which {
            Closed::One(key) => sessions::revoke_one(conn, id, key).await?,
            Closed::Others(keep) => sessions::revoke_others(conn, id, keep).await?,
        };
        if n_closed > 0 {
            let entry = Entry::new("account.sessions_closed").id("account", id.0);
            journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(id.0), at).await?;
        }
        Ok(n_closed)
    })
    .await
}

/// Which sessions end.
#[derive(Clone, Copy, Debug)]
pub enum Closed<'a> {
    /// The one of this key.
    One(&'a KeyDigest),
    /// All but the one of this key, or all.
    Others(Option<&'a KeyDigest>),
}
