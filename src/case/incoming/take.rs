//! Understanding an e-mail that is kept, and drawing the consequences: one transaction for each.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use futures_util::TryStreamExt;

use crate::case::incoming::pieces::{self, Taken as TakenPiece};
use crate::case::incoming::settle::settle;
use crate::case::incoming::{IncomingId, Reason, State};
use crate::case::notify::NotifyError;
use crate::case::{Nature, Office};
use crate::db::schema::incoming_mails;
use crate::db::{Conn, DbError, Pool, PoolError, is_away};
use crate::files::{FileId, ReadError, ReceiveError, chunks};
use crate::mail::incoming::{Arrived, Mail, Sort, understand};

/// Attempts at the whole of an e-mail; then only its headers are read, in case the rest ends the program.
const MAX_WHOLE_ATTEMPTS: i32 = 4;
/// Attempts after which it is shown as it came.
const MAX_ATTEMPTS: i32 = 8;
/// Longest outage during which attempts that fail do not count: an e-mail may cause one.
const OUTAGE: TimeDelta = TimeDelta::days(1);
/// For how long an attempt keeps an e-mail from the next one, on any node: many times what one lasts.
const HOLD: TimeDelta = TimeDelta::minutes(5);

/// Why an e-mail was not taken: it waits, and is tried again.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// No connection.
    #[error(transparent)]
    Unavailable(#[from] PoolError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
    /// It could not be read back.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// A piece of it could not be kept.
    #[error(transparent)]
    Piece(#[from] ReceiveError),
    /// The acknowledgement could not be written.
    #[error(transparent)]
    Notify(#[from] NotifyError),
}

impl TakeError {
    /// Whether the database was away: the e-mail is no cause of it.
    fn is_outage(&self) -> bool {
        match self {
            Self::Unavailable(_)
            | Self::Unreadable(ReadError::Unavailable(_))
            | Self::Piece(ReceiveError::Unavailable(_)) => true,
            Self::Database(error)
            | Self::Unreadable(ReadError::Database(error))
            | Self::Piece(ReceiveError::Database(error))
            | Self::Notify(NotifyError::Database(error)) => is_away(error),
            Self::Piece(ReceiveError::Refused(_)) | Self::Notify(NotifyError::Words(_)) => false,
        }
    }
}

/// The e-mails that wait to be understood at `at`, oldest first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn waiting(
    conn: &mut Conn,
    limit: i64,
    at: DateTime<Utc>,
) -> Result<Vec<IncomingId>, DbError> {
    let ids: Vec<i64> = incoming_mails::table
        .filter(incoming_mails::state.eq(State::New))
        .filter(incoming_mails::next_attempt_at.le(at))
        .order(incoming_mails::id.asc())
        .limit(limit)
        .select(incoming_mails::id)
        .load(conn)
        .await?;
    Ok(ids.into_iter().map(IncomingId).collect())
}

/// What is read of a row before it is understood.
#[derive(Queryable, Selectable)]
#[diesel(table_name = incoming_mails, check_for_backend(diesel::pg::Pg))]
pub(super) struct Row {
    upload: i64,
    pub(super) is_whole: bool,
    pub(super) nature: Option<Nature>,
    pub(super) received_at: DateTime<Utc>,
    stored_at: DateTime<Utc>,
    n_attempts: i32,
}

/// Understands one e-mail and draws the consequences; `max` bytes are taken of a piece. Returns where it
/// stands then; none when it was taken before, or was tried a moment ago, maybe by another node.
///
/// # Errors
/// When it could not be taken: nothing of it was changed, and it waits. An outage is no fault of the
/// e-mail: for a day, such attempts do not count. Whatever else fails may fail for ever, and counts.
pub async fn take(
    pool: &Pool,
    office: &Office,
    mail: IncomingId,
    (max, at): (u64, DateTime<Utc>),
) -> Result<Option<State>, TakeError> {
    let Some(row) = begin(&mut *pool.get().await?, mail, at).await? else {
        return Ok(None);
    };
    let taken = attempt(pool, office, (mail, &row), (max, at)).await;
    let is_outage = taken.as_ref().is_err_and(TakeError::is_outage);
    if is_outage && at < row.stored_at + OUTAGE {
        give_back(&mut *pool.get().await?, mail).await?;
    }
    taken
}

async fn attempt(
    pool: &Pool,
    office: &Office,
    (mail, row): (IncomingId, &Row),
    (max, at): (u64, DateTime<Utc>),
) -> Result<Option<State>, TakeError> {
    if row.n_attempts > MAX_ATTEMPTS {
        return Ok(give_up(&mut *pool.get().await?, mail).await?);
    }
    let Some(read) = look(pool, row).await? else {
        return Ok(give_up(&mut *pool.get().await?, mail).await?);
    };
    let pieces = match read.sort {
        Sort::Person => pieces::receive(pool, &read, (max, at)).await?,
        Sort::AutoReply | Sort::List | Sort::Bounce | Sort::NotUnderstood => pieces::list(&read),
    };
    let mut conn = pool.get().await?;
    let settled = conn
        .transaction(async |conn| settle(conn, office, (mail, row), (&read, &pieces), at).await)
        .await?;
    if settled.is_some() {
        pieces.into_iter().for_each(TakenPiece::kept);
    }
    Ok(settled)
}

async fn begin(
    conn: &mut Conn,
    mail: IncomingId,
    at: DateTime<Utc>,
) -> Result<Option<Row>, DbError> {
    let new = incoming_mails::table
        .find(mail.0)
        .filter(incoming_mails::state.eq(State::New))
        .filter(incoming_mails::next_attempt_at.le(at));
    diesel::update(new)
        .set((
            incoming_mails::n_attempts.eq(incoming_mails::n_attempts + 1),
            incoming_mails::next_attempt_at.eq(at + HOLD),
        ))
        .returning(Row::as_returning())
        .get_result(conn)
        .await
        .optional()
}

async fn give_back(conn: &mut Conn, mail: IncomingId) -> Result<(), DbError> {
    diesel::update(incoming_mails::table.find(mail.0))
        .filter(incoming_mails::state.eq(State::New))
        .set(incoming_mails::n_attempts.eq(incoming_mails::n_attempts - 1))
        .execute(conn)
        .await
        .map(drop)
}

/// Reads it; its headers alone when its whole cannot be; none when they cannot either.
async fn look(pool: &Pool, row: &Row) -> Result<Option<Mail>, TakeError> {
    let pieces = chunks(pool.clone(), FileId(row.upload));
    let raw = pieces
        .try_fold(Vec::new(), async |mut raw, piece| {
            raw.extend_from_slice(&piece);
            Ok(raw)
        })
        .await?;
    let raw: Arc<[u8]> = raw.into();
    let is_whole = row.is_whole && row.n_attempts <= MAX_WHOLE_ATTEMPTS;
    let read = understood(&raw, is_whole, row.received_at).await;
    if read.is_some() || !is_whole {
        return Ok(read);
    }
    Ok(understood(&raw, false, row.received_at).await)
}

/// Understands it away from the threads that serve; none if that broke off.
async fn understood(raw: &Arc<[u8]>, is_whole: bool, at: DateTime<Utc>) -> Option<Mail> {
    let raw = Arc::clone(raw);
    let understood = tokio::task::spawn_blocking(move || {
        understand(Arrived {
            raw: &raw,
            is_whole,
            at,
        })
    });
    understood.await.ok()
}

async fn give_up(conn: &mut Conn, mail: IncomingId) -> Result<Option<State>, DbError> {
    let new = incoming_mails::table
        .find(mail.0)
        .filter(incoming_mails::state.eq(State::New));
    let n_given_up = diesel::update(new)
        .set((
            incoming_mails::state.eq(State::NotUnderstood),
            incoming_mails::sort.eq(Sort::NotUnderstood),
            incoming_mails::reason.eq(Reason::TooManyParts),
        ))
        .execute(conn)
        .await?;
    Ok((n_given_up == 1).then_some(State::NotUnderstood))
}
