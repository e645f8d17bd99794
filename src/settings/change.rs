//! The act of changing a setting, and the changes made so far.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::{setting_changes, staff_accounts};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::settings::{Book, Key, Value};

/// A setting as someone wants it.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which one.
    pub key: Key,
    /// The version they saw.
    pub seen: i32,
    /// What it is to hold; none takes it back.
    pub value: Option<Value>,
}

/// Why a setting was not changed.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// Someone changed it since it was shown.
    #[error("the setting has changed since it was shown")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Changes a setting: one row with before and after, and the line of the system's journal that
/// names the row. A value that
/// is in force already changes nothing.
///
/// # Errors
/// When someone else was first, or the database fails.
pub async fn change(
    conn: &mut Conn,
    book: &Book,
    change: &Change,
    by: i64,
    at: DateTime<Utc>,
) -> Result<(), SettingError> {
    let (key, value) = (change.key, change.value.as_ref().map(Value::as_str));
    let was = book.text(key);
    if book.version(key) != change.seen {
        return Err(SettingError::Stale);
    }
    if was == value {
        return Ok(());
    }
    let version = change.seen.saturating_add(1);
    conn.transaction(async |conn| {
        diesel::insert_into(setting_changes::table)
            .values((
                setting_changes::key.eq(key),
                setting_changes::version.eq(version),
                setting_changes::value.eq(value),
                setting_changes::was.eq(was),
                setting_changes::changed_by.eq(by),
                setting_changes::changed_at.eq(at),
            ))
            .execute(conn)
            .await
            .map_err(stale_or_db)?;
        let entry = Entry::new("setting.changed")
            .code("setting", key.code())
            .id("version", version.into());
        journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(by), at).await?;
        Ok(())
    })
    .await
}

fn stale_or_db(error: Error) -> SettingError {
    if let Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) = error {
        SettingError::Stale
    } else {
        error.into()
    }
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Changed {
    /// In force from then on.
    pub value: Option<String>,
    /// In force before.
    pub was: Option<String>,
    /// Who changed it.
    pub by: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// The last changes of a setting, at most 50, newest first.
///
/// # Errors
/// When the database fails.
pub async fn changes(conn: &mut Conn, key: Key) -> Result<Vec<Changed>, DbError> {
    setting_changes::table
        .inner_join(staff_accounts::table)
        .filter(setting_changes::key.eq(key))
        .order(setting_changes::version.desc())
        .limit(50)
        .select((
            setting_changes::value,
            setting_changes::was,
            staff_accounts::display_name,
            setting_changes::changed_at,
        ))
        .load(conn)
        .await
}
