//! What staff decide on an e-mail: it belongs to a case, is one of its own, or nothing is to be done.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::Touch;
use crate::case::events::incoming::{attached, set_aside as set_aside_line};
use crate::case::incoming::decide::{can_be_a_persons, is_of};
use crate::case::incoming::fit::{self, Fitting};
use crate::case::incoming::open_case::{self, Dated};
use crate::case::incoming::{IncomingId, State, pieces, thread};
use crate::case::motive::Motive;
use crate::case::notify::NotifyError;
use crate::case::{CaseId, Nature, Office, StaffId};
use crate::db::schema::{cases, incoming_mails, incoming_pieces};
use crate::db::{Conn, DbError};
use crate::files::FileId;
use crate::journal::{self, Actor, SYSTEM_CHAIN};
use crate::mail::EmailAddress;
use crate::mail::incoming::Sort;

/// Why an act on an e-mail was refused.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Someone decided on it before, or there is none.
    #[error("already decided")]
    AlreadyDone,
    /// Nobody signs it whom one could answer.
    #[error("no sender to answer")]
    NoSender,
    /// It comes from one of us, or from a server: an acknowledgement would not reach the person.
    #[error("not the person's own")]
    NotThePersons,
    /// It says nothing that a case could hold.
    #[error("it says nothing")]
    NoText,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
    /// The acknowledgement could not be written.
    #[error(transparent)]
    Notify(#[from] NotifyError),
}

/// How an e-mail joined a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attached {
    /// As a message of its person.
    AsMessage,
    /// For staff alone: the person is never shown it.
    ForStaff,
}

/// What an act reads of an e-mail that it holds.
#[derive(Queryable, Selectable)]
#[diesel(table_name = incoming_mails, check_for_backend(diesel::pg::Pg))]
struct Row {
    sort: Option<Sort>,
    nature: Option<Nature>,
    sender: Option<String>,
    sender_name: Option<String>,
    subject: String,
    body: String,
    written_at: Option<DateTime<Utc>>,
    received_at: DateTime<Utc>,
}

impl Row {
    fn sender(&self) -> Option<EmailAddress> {
        let sender = self.sender.as_deref()?;
        EmailAddress::parse(sender).ok()
    }
}

/// Puts an e-mail with a case. It is a message of the person only if `by` vouches for it, and it comes
/// from the address of the case; else staff alone read it.
///
/// # Errors
/// When it was decided on before, or the database fails.
pub async fn attach(
    conn: &mut Conn,
    mail: IncomingId,
    (case, is_vouched_for): (CaseId, bool),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<Attached, FileError> {
    let actor = Actor::Staff(by.0);
    conn.transaction(async |conn| {
        let row = hold(conn, mail).await?;
        let is_theirs = match row.sender() {
            Some(sender) => is_of(conn, case, &sender).await?,
            None => false,
        };
        let message = if is_theirs && is_vouched_for {
            let whole = fit::whole(&row.subject, &row.body);
            let text = Fitting::of(&whole);
            let mut files = files(conn, mail).await?;
            files.extend(pieces::keep_whole(conn, &text, &whole, at).await?);
            let said = text.message();
            let said = (said.as_ref(), files.as_slice());
            Some(thread::join(conn, (case, mail), said, (actor, at)).await?)
        } else {
            diesel::update(cases::table.find(case.0))
                .set((cases::version.eq(cases::version + 1), Touch::at(at)))
                .execute(conn)
                .await?;
            journal::append(conn, case.0, attached(mail.0), actor, at).await?;
            None
        };
        conclude(conn, mail, (case, message), (by, at)).await?;
        Ok(match message {
            Some(_) => Attached::AsMessage,
            None => Attached::ForStaff,
        })
    })
    .await
}

/// Makes a case of an e-mail, acknowledged as one entered by hand.
///
/// # Errors
/// When it was decided on before, cannot be a case, or the database fails.
pub async fn open(
    conn: &mut Conn,
    office: &Office,
    mail: IncomingId,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<CaseId, FileError> {
    conn.transaction(async |conn| {
        let row = hold(conn, mail).await?;
        let sender = row.sender().ok_or(FileError::NoSender)?;
        if !can_be_a_persons(row.sort, &sender) {
            return Err(FileError::NotThePersons);
        }
        let whole = fit::whole(&row.subject, &row.body);
        let text = Fitting::of(&whole);
        let who = (&sender, row.sender_name.as_deref());
        let filing = fit::filing(row.nature, who, &text).ok_or(FileError::NoText)?;
        let mut files = files(conn, mail).await?;
        files.extend(pieces::keep_whole(conn, &text, &whole, at).await?);
        let dated = Dated {
            written_at: row.written_at.unwrap_or(row.received_at),
            received_at: row.received_at,
        };
        let (what, actor) = ((&filing, files.as_slice()), Actor::Staff(by.0));
        let case = open_case::open(conn, office, (mail, dated), what, (actor, at)).await?;
        conclude(conn, mail, (case, None), (by, at)).await?;
        Ok(case)
    })
    .await
}

/// Sets an e-mail aside: nothing is to be done.
///
/// # Errors
/// When it was decided on before, or the database fails.
pub async fn set_aside(
    conn: &mut Conn,
    mail: IncomingId,
    motive: &Motive,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), FileError> {
    conn.transaction(async |conn| {
        let waiting = incoming_mails::table
            .find(mail.0)
            .filter(incoming_mails::state.eq_any([State::Held, State::NotUnderstood]));
        let n_set = diesel::update(waiting)
            .set((
                incoming_mails::state.eq(State::SetAside),
                incoming_mails::motive.eq(motive.as_str()),
                incoming_mails::decided_by.eq(by.0),
                incoming_mails::decided_at.eq(at),
            ))
            .execute(conn)
            .await?;
        if n_set == 0 {
            return Err(FileError::AlreadyDone);
        }
        let (line, actor) = (set_aside_line(mail.0), Actor::Staff(by.0));
        journal::append(conn, SYSTEM_CHAIN, line, actor, at).await?;
        Ok(())
    })
    .await
}

/// Holds an e-mail on which something can still be decided: also one that was set aside.
async fn hold(conn: &mut Conn, mail: IncomingId) -> Result<Row, FileError> {
    let open = [State::Held, State::NotUnderstood, State::SetAside];
    incoming_mails::table
        .find(mail.0)
        .filter(incoming_mails::state.eq_any(open))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?
        .ok_or(FileError::AlreadyDone)
}

/// The pieces that were taken as files.
async fn files(conn: &mut Conn, mail: IncomingId) -> Result<Vec<FileId>, DbError> {
    let files: Vec<Option<i64>> = incoming_pieces::table
        .filter(incoming_pieces::mail_id.eq(mail.0))
        .order(incoming_pieces::n.asc())
        .select(incoming_pieces::upload)
        .load(conn)
        .await?;
    Ok(files.into_iter().flatten().map(FileId).collect())
}

async fn conclude(
    conn: &mut Conn,
    mail: IncomingId,
    (case, message): (CaseId, Option<i64>),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), DbError> {
    diesel::update(incoming_mails::table.find(mail.0))
        .set((
            incoming_mails::state.eq(State::Filed),
            incoming_mails::case_id.eq(case.0),
            incoming_mails::message_id.eq(message),
            incoming_mails::decided_by.eq(by.0),
            incoming_mails::decided_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}
