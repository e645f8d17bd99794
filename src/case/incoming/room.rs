//! The folders of the mailbox: how far each was read, and whether the server answers.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::case::incoming::refusals::n_stepped_over;
use crate::db::schema::mailbox_folders;
use crate::db::{Conn, DbError};
use crate::mail::mailbox::Failure;

/// Where an e-mail lies.
#[derive(Clone, Copy, Debug)]
pub struct Position<'a> {
    /// The mailbox: who, and on which server.
    pub mailbox: &'a str,
    /// The folder in it.
    pub folder: &'a str,
    /// Tells for how long the numbers of the folder mean the same.
    pub uid_validity: u32,
    /// Its number.
    pub uid: u32,
}

/// How far a folder was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Of the numbers below.
    pub uid_validity: u32,
    /// The e-mails up to this number are known.
    pub last_uid: u32,
}

/// A folder, as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Folder {
    /// Its mailbox.
    pub mailbox: String,
    /// Its name.
    pub name: String,
    /// When the server last answered.
    pub reached_at: Option<DateTime<Utc>>,
    /// Since when it does not.
    pub failed_at: Option<DateTime<Utc>>,
    /// Why, as of the last try.
    pub failure: Option<Failure>,
    /// E-mails of it that the server does not give, and that those behind them do not wait for.
    pub n_stepped_over: i64,
}

/// How long a folder may go unread before those who work are told: long enough for a server that starts
/// again, and many times what the longest pause between two tries lasts.
const QUIET_FOR: TimeDelta = TimeDelta::minutes(15);

impl Folder {
    /// Since when it is not read, once that lasts too long at `now`: whether its server fails, or
    /// nobody asks it any more.
    pub fn unread_since(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let since = self.reached_at.or(self.failed_at)?;
        (now.signed_duration_since(since) > QUIET_FOR).then_some(since)
    }
}

/// How far a folder was read; none when it never was.
///
/// # Errors
/// When the database fails.
pub async fn folder(
    conn: &mut Conn,
    (mailbox, folder): (&str, &str),
) -> Result<Option<Reached>, DbError> {
    let found: Option<(i64, i64, Option<DateTime<Utc>>)> = mailbox_folders::table
        .find((mailbox, folder))
        .select((
            mailbox_folders::uid_validity,
            mailbox_folders::last_uid,
            mailbox_folders::reached_at,
        ))
        .first(conn)
        .await
        .optional()?;
    Ok(found
        .filter(|(.., reached_at)| reached_at.is_some())
        .map(|(uid_validity, last_uid, _)| Reached {
            uid_validity: u32::try_from(uid_validity).unwrap_or_default(),
            last_uid: u32::try_from(last_uid).unwrap_or_default(),
        }))
}

/// Holds the folder for the rest of the transaction; false when another node has it. A folder seen for
/// the first time is noted.
///
/// # Errors
/// When the database fails.
pub async fn is_ours(conn: &mut Conn, (mailbox, folder): (&str, &str)) -> Result<bool, DbError> {
    diesel::insert_into(mailbox_folders::table)
        .values((
            mailbox_folders::mailbox.eq(mailbox),
            mailbox_folders::folder.eq(folder),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let held: Option<String> = mailbox_folders::table
        .find((mailbox, folder))
        .select(mailbox_folders::folder)
        .for_update()
        .skip_locked()
        .first(conn)
        .await
        .optional()?;
    Ok(held.is_some())
}

/// Notes that the server answered at `at`, and how far the folder is read.
///
/// # Errors
/// When the database fails.
pub async fn reached(
    conn: &mut Conn,
    (mailbox, folder): (&str, &str),
    reached: Reached,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let now = || {
        (
            mailbox_folders::uid_validity.eq(i64::from(reached.uid_validity)),
            mailbox_folders::last_uid.eq(i64::from(reached.last_uid)),
            mailbox_folders::reached_at.eq(at),
            mailbox_folders::failed_at.eq(None::<DateTime<Utc>>),
            mailbox_folders::failure.eq(None::<Failure>),
        )
    };
    diesel::insert_into(mailbox_folders::table)
        .values((
            mailbox_folders::mailbox.eq(mailbox),
            mailbox_folders::folder.eq(folder),
            now(),
        ))
        .on_conflict((mailbox_folders::mailbox, mailbox_folders::folder))
        .do_update()
        .set(now())
        .execute(conn)
        .await
        .map(drop)
}

/// Notes that the folder cannot be read, for this cause, since `at` or before.
///
/// # Errors
/// When the database fails.
pub async fn failed(
    conn: &mut Conn,
    (mailbox, folder): (&str, &str),
    cause: Failure,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    diesel::insert_into(mailbox_folders::table)
        .values((
            mailbox_folders::mailbox.eq(mailbox),
            mailbox_folders::folder.eq(folder),
            mailbox_folders::failed_at.eq(at),
            mailbox_folders::failure.eq(cause),
        ))
        .on_conflict((mailbox_folders::mailbox, mailbox_folders::folder))
        .do_update()
        .set((
            mailbox_folders::failed_at.eq(coalesce(mailbox_folders::failed_at, at).nullable()),
            mailbox_folders::failure.eq(cause),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Of these folders (mailbox and name), those that were tried at least once, by name: what is known of
/// a mailbox that is no longer read says nothing.
///
/// # Errors
/// When the database fails.
pub async fn rooms(conn: &mut Conn, read: &[(String, String)]) -> Result<Vec<Folder>, DbError> {
    if read.is_empty() {
        return Ok(Vec::new());
    }
    let mut folders: Vec<Folder> = mailbox_folders::table
        .order((mailbox_folders::mailbox, mailbox_folders::folder))
        .select((
            mailbox_folders::mailbox,
            mailbox_folders::folder,
            mailbox_folders::reached_at,
            mailbox_folders::failed_at,
            mailbox_folders::failure,
            n_stepped_over(),
        ))
        .load(conn)
        .await?;
    let is_read = |folder: &Folder| {
        read.iter()
            .any(|(mailbox, name)| *mailbox == folder.mailbox && *name == folder.name)
    };
    folders.retain(is_read);
    Ok(folders)
}

diesel::define_sql_function! {
    /// The first of the two that is known.
    fn coalesce(known: Nullable<Timestamptz>, otherwise: Timestamptz) -> Timestamptz;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_nobody_reads_is_told_of_after_a_quarter_of_an_hour() {
        let at = |minutes| DateTime::from_timestamp(1_767_225_600 + 60 * minutes, 0).unwrap();
        let folder = |reached: Option<i64>, failed: Option<i64>| Folder {
            mailbox: "box@h.org".to_owned(),
            name: "INBOX".to_owned(),
            reached_at: reached.map(at),
            failed_at: failed.map(at),
            failure: failed.map(|_| Failure::Broken),
            n_stepped_over: 0,
        };
        for (reached, failed, now, since) in [
            (Some(0), None, 15, None),
            (Some(0), None, 16, Some(0)),
            (Some(0), Some(10), 16, Some(0)),
            (Some(0), Some(1), 15, None),
            (None, Some(1), 16, None),
            (None, Some(1), 17, Some(1)),
            (None, None, 99, None),
        ] {
            let found = folder(reached, failed).unread_since(at(now));
            assert_eq!(found, since.map(at), "{reached:?} {failed:?} {now}");
        }
    }
}
