//! What staff see of the outbox.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::mail::OutboxId;
use crate::mail::outbox::State;
use crate::mail::outbox::standing::{Row, Standing, Tracked};

/// Most rows that a page shows.
pub const PAGE: i64 = 50;

/// The e-mails about a case, newest first, at most [`PAGE`].
///
/// # Errors
/// When the database fails.
pub async fn for_case(
    conn: &mut Conn,
    about: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Tracked>, DbError> {
    let rows: Vec<Row> = outbox::table
        .filter(outbox::about.eq(about))
        .order(outbox::id.desc())
        .limit(PAGE)
        .select(Row::as_select())
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.tracked(now)).collect())
}

/// Every e-mail about a case, newest first.
///
/// # Errors
/// When the database fails.
pub async fn all_of_case(
    conn: &mut Conn,
    about: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Tracked>, DbError> {
    let rows: Vec<Row> = outbox::table
        .filter(outbox::about.eq(about))
        .order(outbox::id.desc())
        .select(Row::as_select())
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.tracked(now)).collect())
}

/// How many e-mails for this purpose, about this case, were put in the outbox since that instant.
///
/// # Errors
/// When the database fails.
pub async fn count_since(
    conn: &mut Conn,
    about: i64,
    purpose: &str,
    since: DateTime<Utc>,
) -> Result<i64, DbError> {
    outbox::table
        .filter(outbox::about.eq(about))
        .filter(outbox::purpose.eq(purpose))
        .filter(outbox::queued_at.gt(since))
        .count()
        .get_result(conn)
        .await
}

/// To whom an e-mail goes.
///
/// # Errors
/// `NotFound` when there is none, or the database fails.
pub async fn recipient(conn: &mut Conn, id: OutboxId) -> Result<String, DbError> {
    outbox::table
        .find(id.0)
        .select(outbox::recipient)
        .first(conn)
        .await
}

/// The e-mail for this purpose, about this case, that was put in the outbox since that instant and
/// has been handed over for this address.
///
/// # Errors
/// When the database fails.
pub async fn handed_over_to(
    conn: &mut Conn,
    (purpose, about): (&str, i64),
    recipient: &str,
    since: DateTime<Utc>,
) -> Result<Option<OutboxId>, DbError> {
    let id: Option<i64> = outbox::table
        .filter(outbox::about.eq(about))
        .filter(outbox::purpose.eq(purpose))
        .filter(outbox::recipient.eq(recipient))
        .filter(outbox::queued_at.ge(since))
        .filter(outbox::state.eq(State::HandedOver))
        .order(outbox::id.desc())
        .select(outbox::id)
        .first(conn)
        .await
        .optional()?;
    Ok(id.map(OutboxId))
}

/// Whether an e-mail for this purpose, about this case, waits to leave.
///
/// # Errors
/// When the database fails.
pub async fn waits(conn: &mut Conn, purpose: &str, about: i64) -> Result<bool, DbError> {
    let queued = outbox::table
        .filter(outbox::about.eq(about))
        .filter(outbox::purpose.eq(purpose))
        .filter(outbox::state.eq(State::Queued));
    diesel::select(diesel::dsl::exists(queued))
        .get_result(conn)
        .await
}

/// Whether an e-mail waits to leave, and locks it for the rest of the transaction.
///
/// # Errors
/// When the database fails.
pub async fn is_queued(conn: &mut Conn, id: OutboxId) -> Result<bool, DbError> {
    let state: State = outbox::table
        .find(id.0)
        .select(outbox::state)
        .for_update()
        .first(conn)
        .await?;
    Ok(state == State::Queued)
}

/// Where one e-mail stands at `now`, if it exists.
///
/// # Errors
/// When the database fails.
pub async fn standing(
    conn: &mut Conn,
    id: OutboxId,
    now: DateTime<Utc>,
) -> Result<Option<Standing>, DbError> {
    let row: Option<Row> = outbox::table
        .find(id.0)
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|row| row.tracked(now).standing))
}

/// Which of these e-mails are still in the outbox.
///
/// # Errors
/// When the database fails.
pub async fn known(conn: &mut Conn, ids: &[OutboxId]) -> Result<Vec<OutboxId>, DbError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let known: Vec<i64> = outbox::table
        .filter(outbox::id.eq_any(ids))
        .select(outbox::id)
        .load(conn)
        .await?;
    Ok(known.into_iter().map(OutboxId).collect())
}

/// Whether an e-mail for this purpose, about this case, has failed since that instant and was not tried
/// anew, or has come back since.
///
/// # Errors
/// When the database fails.
pub async fn has_failed_since(
    conn: &mut Conn,
    (purpose, about): (&str, i64),
    since: DateTime<Utc>,
) -> Result<bool, DbError> {
    let failed = outbox::table
        .filter(outbox::about.eq(about))
        .filter(outbox::purpose.eq(purpose))
        .filter(outbox::failed_at.ge(since).or(outbox::bounced_at.ge(since)));
    diesel::select(diesel::dsl::exists(failed))
        .get_result(conn)
        .await
}
