//! What an e-mail that was understood changes, in one transaction.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::incoming::decide::{Decision, decide};
use crate::case::incoming::fit::{self, Fitting};
use crate::case::incoming::leads::Leads;
use crate::case::incoming::open_case::{self, Dated};
use crate::case::incoming::pieces::{self, Taken as TakenPiece};
use crate::case::incoming::take::Row;
use crate::case::incoming::{IncomingId, Reason, State, bounced, thread};
use crate::case::notify::NotifyError;
use crate::case::{CaseId, Office};
use crate::db::schema::incoming_mails;
use crate::db::{Conn, DbError};
use crate::files::FileId;
use crate::journal::Actor;
use crate::mail::EmailAddress;
use crate::mail::incoming::Mail;

/// Draws the consequences of an e-mail that was understood, in the transaction of the caller; none when it
/// was settled before, or another node is at it.
pub(super) async fn settle(
    conn: &mut Conn,
    office: &Office,
    (mail, row): (IncomingId, &Row),
    (read, pieces): (&Mail, &[TakenPiece]),
    at: DateTime<Utc>,
) -> Result<Option<State>, NotifyError> {
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
    let leads = Leads::of(conn, read).await?;
    let decision = decide(conn, (read, &leads), (row.is_whole, !files.is_empty())).await?;
    let end = match decision {
        Decision::Join(case) => join(conn, (case, mail), (read, files), at).await?,
        Decision::Open => open(conn, office, (mail, row), (read, files), at).await?,
        Decision::SetAside(_) => {
            if let Some(report) = &read.bounce {
                bounced::draw(conn, office, (report, row.received_at), at).await?;
            }
            Ending::of(decision)
        }
        Decision::Hold(_) | Decision::NotUnderstood(_) => Ending::of(decision),
    };
    leads.keep(conn, mail).await?;
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
        return Ok(Ending::of(Decision::Hold(Reason::NoSender)));
    };
    let Some(filing) = fit::filing(row.nature, (email, name), &text) else {
        return Ok(Ending::of(Decision::Hold(Reason::NoText)));
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
    case_id: Option<i64>,
    message_id: Option<i64>,
}

impl Ending {
    fn of(decision: Decision) -> Self {
        let (state, reason, case) = match decision {
            Decision::Join(case) => (State::Filed, None, Some(case)),
            // Once it is, it has joined it.
            Decision::Open => (State::New, None, None),
            Decision::Hold(reason) => (State::Held, Some(reason), None),
            Decision::SetAside(case) => (State::SetAside, None, case),
            Decision::NotUnderstood(reason) => (State::NotUnderstood, Some(reason), None),
        };
        Self {
            state,
            reason,
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
