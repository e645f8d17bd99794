//! Sessions of the back office, kept by the digest of their key so that they can be revoked.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::staff_sessions;
use crate::db::{Conn, DbError};
use crate::staff::{StaffId, StaffLimits};

/// SHA-256 of the key that the cookie carries.
pub type KeyDigest = [u8; 32];

/// Sessions that are looked at are marked so at most this often: a page costs no write.
const MARK_EVERY: TimeDelta = TimeDelta::minutes(1);

/// The state of a session, if it has neither been left idle nor grown too old. Being loaded keeps
/// it from being idle.
///
/// # Errors
/// When the database fails.
pub async fn load(
    conn: &mut Conn,
    key: &KeyDigest,
    limits: &StaffLimits,
    at: DateTime<Utc>,
) -> Result<Option<String>, DbError> {
    let found: Option<(String, DateTime<Utc>)> = staff_sessions::table
        .find(key.as_slice())
        .filter(staff_sessions::created_at.gt(at - limits.session_absolute))
        .filter(staff_sessions::seen_at.gt(at - limits.session_idle))
        .select((staff_sessions::state, staff_sessions::seen_at))
        .first(conn)
        .await
        .optional()?;
    let Some((state, seen_at)) = found else {
        return Ok(None);
    };
    if MARK_EVERY <= at - seen_at {
        diesel::update(staff_sessions::table.find(key.as_slice()))
            .set(staff_sessions::seen_at.eq(at))
            .execute(conn)
            .await?;
    }
    Ok(Some(state))
}

/// Begins a session.
///
/// # Errors
/// When the database fails.
pub async fn save(
    conn: &mut Conn,
    key: &KeyDigest,
    account: Option<StaffId>,
    state: &str,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    diesel::insert_into(staff_sessions::table)
        .values((
            staff_sessions::key_digest.eq(key.as_slice()),
            staff_sessions::account_id.eq(account.map(|id| id.0)),
            staff_sessions::state.eq(state),
            staff_sessions::created_at.eq(at),
            staff_sessions::seen_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Changes the state of a session; one that was revoked meanwhile stays so.
///
/// # Errors
/// When the database fails.
pub async fn update(
    conn: &mut Conn,
    key: &KeyDigest,
    account: Option<StaffId>,
    state: &str,
) -> Result<(), DbError> {
    diesel::update(staff_sessions::table.find(key.as_slice()))
        .set((
            staff_sessions::account_id.eq(account.map(|id| id.0)),
            staff_sessions::state.eq(state),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub async fn delete(conn: &mut Conn, key: &KeyDigest) -> Result<(), DbError> {
    diesel::delete(staff_sessions::table.find(key.as_slice()))
        .execute(conn)
        .await
        .map(drop)
}

/// Key, state, beginning, last use.
type Columns = (Vec<u8>, String, DateTime<Utc>, DateTime<Utc>);

/// A session of someone's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// What it is kept by.
    pub key: KeyDigest,
    /// What it holds, in JSON.
    pub state: String,
    /// Sign-in.
    pub created_at: DateTime<Utc>,
    /// Last use, to the minute.
    pub seen_at: DateTime<Utc>,
}

/// The sessions of someone that can still be loaded, last used first, at most 100.
///
/// # Errors
/// When the database fails.
pub async fn of_account(
    conn: &mut Conn,
    id: StaffId,
    limits: &StaffLimits,
    at: DateTime<Utc>,
) -> Result<Vec<SessionLine>, DbError> {
    let rows: Vec<Columns> = staff_sessions::table
        .filter(staff_sessions::account_id.eq(id.0))
        .filter(staff_sessions::created_at.gt(at - limits.session_absolute))
        .filter(staff_sessions::seen_at.gt(at - limits.session_idle))
        .order((
            staff_sessions::seen_at.desc(),
            staff_sessions::key_digest.asc(),
        ))
        .select((
            staff_sessions::key_digest,
            staff_sessions::state,
            staff_sessions::created_at,
            staff_sessions::seen_at,
        ))
        .limit(100)
        .load(conn)
        .await?;
    let to_line = |(key, state, created_at, seen_at): Columns| {
        let key = KeyDigest::try_from(key).ok()?;
        Some(SessionLine {
            key,
            state,
            created_at,
            seen_at,
        })
    };
    Ok(rows.into_iter().filter_map(to_line).collect())
}

/// Ends one session of someone's, if it is theirs, and returns how many that was.
pub(super) async fn revoke_one(
    conn: &mut Conn,
    id: StaffId,
    key: &KeyDigest,
) -> Result<usize, DbError> {
    let theirs = staff_sessions::table
        .find(key.as_slice())
        .filter(staff_sessions::account_id.eq(id.0));
    diesel::delete(theirs).execute(conn).await
}

/// Ends the sessions of someone but for `keep`, and returns how many there were.
pub(super) async fn revoke_others(
    conn: &mut Conn,
    id: StaffId,
    keep: Option<&KeyDigest>,
) -> Result<usize, DbError> {
    let nothing: &[u8] = &[];
    let kept = keep.map_or(nothing, KeyDigest::as_slice);
    let others = staff_sessions::table
        .filter(staff_sessions::account_id.eq(id.0))
        .filter(staff_sessions::key_digest.ne(kept));
    diesel::delete(others).execute(conn).await
}

/// Ends every session of someone and returns how many there were.
///
/// # Errors
/// When the database fails.
pub async fn revoke_all(conn: &mut Conn, id: StaffId) -> Result<usize, DbError> {
    diesel::delete(staff_sessions::table.filter(staff_sessions::account_id.eq(id.0)))
        .execute(conn)
        .await
}

/// Forgets the sessions that can no longer be loaded and returns how many there were.
///
/// # Errors
/// When the database fails.
pub async fn delete_expired(
    conn: &mut Conn,
    limits: &StaffLimits,
    at: DateTime<Utc>,
) -> Result<usize, DbError> {
    let expired = staff_sessions::table
        .filter(staff_sessions::created_at.le(at - limits.session_absolute))
        .or_filter(staff_sessions::seen_at.le(at - limits.session_idle));
    diesel::delete(expired).execute(conn).await
}
