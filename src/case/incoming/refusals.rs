//! E-mails that the server of the mailbox does not give: after a few tries they are stepped over, told to
//! staff, and asked for again every hour.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::case::incoming::Position;
use crate::db::schema::mailbox_refusals;
use crate::db::{Condition, Conn, DbError, Fixed};

/// Tries after which those behind it come first.
const MAX_ATTEMPTS: i32 = 3;
/// Shortest time between two tries that count: a server that falters for a moment refuses nothing.
const APART: TimeDelta = TimeDelta::seconds(45);
/// The pause between two tries then.
const PAUSE: TimeDelta = TimeDelta::hours(1);

/// An e-mail that is stepped over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SteppedOver {
    /// Its number.
    pub uid: u32,
    /// When it is asked for again, UTC.
    pub next_attempt_at: DateTime<Utc>,
}

/// Notes that an e-mail was asked for at `at`, and not given.
///
/// # Errors
/// When the database fails.
pub async fn refused(
    conn: &mut Conn,
    position: Position<'_>,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let folder = mailbox_refusals::table
        .filter(mailbox_refusals::mailbox.eq(position.mailbox))
        .filter(mailbox_refusals::folder.eq(position.folder));
    // The numbers of before mean other e-mails.
    let before = mailbox_refusals::uid_validity.ne(i64::from(position.uid_validity));
    diesel::delete(folder.filter(before)).execute(conn).await?;
    let n_new = diesel::insert_into(mailbox_refusals::table)
        .values((
            mailbox_refusals::mailbox.eq(position.mailbox),
            mailbox_refusals::folder.eq(position.folder),
            mailbox_refusals::uid_validity.eq(i64::from(position.uid_validity)),
            mailbox_refusals::uid.eq(i64::from(position.uid)),
            mailbox_refusals::n_attempts.eq(1),
            mailbox_refusals::since.eq(at),
            mailbox_refusals::next_attempt_at.eq(at + PAUSE),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    if n_new == 1 {
        return Ok(());
    }
    let again = mailbox_refusals::table
        .find(key(position))
        .filter(mailbox_refusals::next_attempt_at.le(at + PAUSE - APART));
    diesel::update(again)
        .set((
            mailbox_refusals::n_attempts.eq(mailbox_refusals::n_attempts + 1),
            mailbox_refusals::next_attempt_at.eq(at + PAUSE),
        ))
        .execute(conn)
        .await
        .map(drop)
}

fn key(position: Position<'_>) -> (&str, &str, i64, i64) {
    (
        position.mailbox,
        position.folder,
        i64::from(position.uid_validity),
        i64::from(position.uid),
    )
}

/// Notes that an e-mail is kept, or gone: it is asked for no more.
///
/// # Errors
/// When the database fails.
pub async fn given(conn: &mut Conn, position: Position<'_>) -> Result<(), DbError> {
    diesel::delete(mailbox_refusals::table.find(key(position)))
        .execute(conn)
        .await
        .map(drop)
}

/// The e-mails of a folder that are stepped over.
///
/// # Errors
/// When the database fails.
pub async fn stepped_over(
    conn: &mut Conn,
    (mailbox, folder): (&str, &str),
    uid_validity: u32,
) -> Result<Vec<SteppedOver>, DbError> {
    let rows: Vec<(i64, DateTime<Utc>)> = mailbox_refusals::table
        .filter(mailbox_refusals::mailbox.eq(mailbox))
        .filter(mailbox_refusals::folder.eq(folder))
        .filter(mailbox_refusals::uid_validity.eq(i64::from(uid_validity)))
        .filter(mailbox_refusals::n_attempts.ge(MAX_ATTEMPTS))
        .order(mailbox_refusals::uid)
        .select((mailbox_refusals::uid, mailbox_refusals::next_attempt_at))
        .load(conn)
        .await?;
    let over = rows.into_iter().filter_map(|(uid, next_attempt_at)| {
        let uid = u32::try_from(uid).ok()?;
        Some(SteppedOver {
            uid,
            next_attempt_at,
        })
    });
    Ok(over.collect())
}

/// In a statement on `mailbox_folders`: how many e-mails of a folder are stepped over.
pub(super) fn n_stepped_over() -> Fixed<BigInt> {
    Condition::of(
        "(SELECT count(*) FROM mailbox_refusals \
         WHERE mailbox_refusals.mailbox = mailbox_folders.mailbox \
         AND mailbox_refusals.folder = mailbox_folders.folder \
         AND mailbox_refusals.uid_validity = mailbox_folders.uid_validity \
         AND mailbox_refusals.n_attempts >= ",
    )
    .id(i64::from(MAX_ATTEMPTS))
    .words(")")
    .yielding()
}
