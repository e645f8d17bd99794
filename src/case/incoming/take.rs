//! Understanding an e-mail that is kept, and drawing the consequences: one transaction for each.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use futures_util::TryStreamExt;

use crate::case::incoming::decide::{Decision, decide};
use crate::case::incoming::fit::{self, Fitting};
use crate::case::incoming::open_case::{self, Dated};
use crate::case::incoming::pieces::{self, Taken as TakenPiece};
use crate::case::incoming::{IncomingId, Reason, State, bounced, thread};
use crate::case::notify::NotifyError;
use crate::case::{CaseId, Nature, Office};
use crate::db::schema::incoming_mails;
use crate::db::{Conn, DbError, Pool, PoolError};
use crate::files::{FileId, ReadError, ReceiveError, chunks};
use crate::journal::Actor;
use crate::mail::EmailAddress;
use crate::mail::incoming::{Arrived, Mail, Sort, understand};

/// Attempts after which an e-mail is shown as it came.
const MAX_ATTEMPTS: i32 = 5;

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

/// The e-mails that wait to be understood, oldest first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn waiting(conn: &mut Conn, limit: i64) -> Result<Vec<IncomingId>, DbError> {
    let ids: Vec<i64> = incoming_mails::table
        .filter(incoming_mails::state.eq(State::New))
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
struct Row {
    upload: i64,
    is_whole: bool,
    nature: Option<Nature>,
    received_at: DateTime<Utc>,
    n_attempts: i32,
}

/// Understands one e-mail and draws the consequences; `max` bytes are taken of a piece. Returns where it
/// stands then; none when it was taken before, or another node has it.
///
/// # Errors
/// When it could not be taken: nothing of it was changed, and it waits.
pub async fn take(
    pool: &Pool,
    office: &Office,
    mail: IncomingId,
    (max, at): (u64, DateTime<Utc>),
) -> Result<Option<State>, TakeError> {
    let Some(row) = begin(&mut *pool.get().await?, mail).await? else {
        return Ok(None);
    };
    let read = if row.n_attempts > MAX_ATTEMPTS {
        None
    } else {
        look(pool, &row).await?
    };
    let Some(read) = read else {
        return Ok(give_up(&mut *pool.get().await?, mail).await?);
    };
    let pieces = match read.sort {
        Sort::Person => pieces::receive(pool, &read, (max, at)).await?,
        Sort::AutoReply | Sort::List | Sort::Bounce | Sort::NotUnderstood => pieces::list(&read),
    };
    let mut conn = pool.get().await?;
    let settled = conn
        .transaction(async |conn| settle(conn, office, (mail, &row), (&read, &pieces), at).await)
        .await?;
    if settled.is_some() {
        pieces.into_iter().for_each(TakenPiece::kept);
    }
    Ok(settled)
}

async fn begin(conn: &mut Conn, mail: IncomingId) -> Result<Option<Row>, DbError> {
    let new = incoming_mails::table
        .find(mail.0)
        .filter(incoming_mails::state.eq(State::New));
    diesel::update(new)
        .set(incoming_mails::n_attempts.eq(incoming_mails::n_attempts + 1))
        .returning(Row::as_returning())
        .get_result(conn)
        .await
        .optional()
}

/// Reads it, away from the threads that serve; none if that cannot be done.
async fn look(pool: &Pool, row: &Row) -> Result<Option<Mail>, TakeError> {
    let pieces = chunks(pool.clone(), FileId(row.upload));
    let raw = pieces
        .try_fold(Vec::new(), async |mut raw, piece| {
            raw.extend_from_slice(&piece);
            Ok(raw)
        })
        .await?;
    let (is_whole, at) = (row.is_whole, row.received_at);
    let looked = tokio::task::spawn_blocking(move || {
        understand(Arrived {
            raw: &raw,
            is_whole,
            at,
        })
    });
    Ok(looked.await.ok())
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

async fn settle(
    conn: &mut Conn,
    office: &Office,
    (mail, row): (IncomingId, &Row),
    (read, pieces): (&Mail, &[TakenPiece]),
    at: DateTime<Utc>,
) -> Result<Option<State>, TakeError> {
    let ours: Option<i64> = incoming_mails::table
        .find(mail.0)
        .filter(incoming_mails::state.eq(State::New))
        .select(incoming_mails::id)
        .for_update()
        .skip_locked()
        .first(conn)
        .await
        .optional()?;
    if ours.is_none() {
        return Ok(None);
    }
    let files = pieces::record(conn, mail, pieces, at).await?;
    let decision = decide(conn, read, (row.is_whole, !files.is_empty())).await?;
    let end = match decision {
        Decision::Join(case) => join(conn, (case, mail), (read, files), at).await?,
        Decision::Open => open(conn, office, (mail, row), (read, files), at).await?,
        Decision::SetAside(_) => {
            if let Some(report) = &read.bounce {
                bounced::draw(conn, office, report, at).await?;
            }
            Ending::of(decision)
        }
        Decision::Hold(..) | Decision::NotUnderstood(_) => Ending::of(decision),
    };
    conclude(conn, mail, read, &end).await?;
    Ok(Some(end.state))
}

/// It is a message of the person.
async fn join(
    conn: &mut Conn,
    (case, mail): (CaseId, IncomingId),
    (read, mut files): (&Mail, Vec<FileId>),
    at: DateTime<Utc>,
) -> Result<Ending, DbError> {
    let text = Fitting::of(said(read, &files));
    files.extend(pieces::keep_whole(conn, &text, &read.text, at).await?);
    let message = text.message();
    let said = (message.as_ref(), files.as_slice());
    let message = thread::join(conn, (case, mail), said, (Actor::Person, at)).await?;
    Ok(Ending {
        message_id: Some(message),
        ..Ending::of(Decision::Join(case))
    })
}

/// It is a case of its own, unless nothing of it can be.
async fn open(
    conn: &mut Conn,
    office: &Office,
    (mail, row): (IncomingId, &Row),
    (read, mut files): (&Mail, Vec<FileId>),
    at: DateTime<Utc>,
) -> Result<Ending, NotifyError> {
    let whole = fit::whole(&read.subject, &read.text);
    let text = Fitting::of(&whole);
    let who = (read.sender.as_ref(), read.sender_name.as_deref());
    let (Some(email), name) = who else {
        return Ok(Ending::of(Decision::Hold(Reason::NoSender, None)));
    };
    let Some(filing) = fit::filing(row.nature, (email, name), &text) else {
        return Ok(Ending::of(Decision::Hold(Reason::NoText, None)));
    };
    files.extend(pieces::keep_whole(conn, &text, &whole, at).await?);
    let dated = Dated {
        written_at: read.written_at,
        received_at: row.received_at,
    };
    let (what, who) = ((&filing, files.as_slice()), (Actor::Person, at));
    let case = open_case::open(conn, office, (mail, dated), what, who).await?;
    Ok(Ending::of(Decision::Join(case)))
}

/// What the message says: the new words, or the subject of one that has none and joins nothing.
fn said<'a>(read: &'a Mail, files: &[FileId]) -> &'a str {
    match read.new_text() {
        "" if files.is_empty() => &read.subject,
        text => text,
    }
}

/// How it ends, as columns.
#[derive(AsChangeset)]
#[diesel(table_name = incoming_mails)]
struct Ending {
    state: State,
    reason: Option<Reason>,
    points_to: Option<i64>,
    case_id: Option<i64>,
    message_id: Option<i64>,
}

impl Ending {
    fn of(decision: Decision) -> Self {
        let (state, reason, points_to, case) = match decision {
            Decision::Join(case) => (State::Filed, None, None, Some(case)),
            // Once it is, it has joined it.
            Decision::Open => (State::New, None, None, None),
            Decision::Hold(reason, case) => (State::Held, Some(reason), case, None),
            Decision::SetAside(case) => (State::SetAside, None, None, case),
            Decision::NotUnderstood(reason) => (State::NotUnderstood, Some(reason), None, None),
        };
        Self {
            state,
            reason,
            points_to: points_to.map(|case| case.0),
            case_id: case.map(|case| case.0),
            message_id: None,
        }
    }
}

async fn conclude(
    conn: &mut Conn,
    mail: IncomingId,
    read: &Mail,
    end: &Ending,
) -> Result<(), DbError> {
    diesel::update(incoming_mails::table.find(mail.0))
        .set((
            end,
            incoming_mails::sort.eq(read.sort),
            incoming_mails::sender.eq(read.sender.as_ref().map(EmailAddress::as_str)),
            incoming_mails::sender_name.eq(read.sender_name.as_deref()),
            incoming_mails::subject.eq(&read.subject),
            incoming_mails::body.eq(&read.text),
            incoming_mails::written_at.eq(read.written_at),
        ))
        .execute(conn)
        .await
        .map(drop)
}
