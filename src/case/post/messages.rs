//! Our messages as a letter: those that wait to be posted, or the one that an e-mail carried.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar;
use crate::case::act::ActError;
use crate::case::dossier::Dossier;
use crate::case::exchange::{MessageKind, Side};
use crate::case::files as case_files;
use crate::case::notify::mediator_of;
use crate::case::post::TaskId;
use crate::case::{CaseId, Nature, PostalKind};
use crate::db::schema::messages;
use crate::db::{Condition, Conn, DbError};
use crate::files::ScanState;
use crate::letters::Letter;
use crate::mail::words::{About, Addressed, MessageLetter, Occasion, Written};

/// In a statement on `messages`: no e-mail carried it and no letter has.
pub(super) const WAITS: &str = "messages.posted_on IS NULL AND (messages.outbox_id IS NULL \
     OR EXISTS (SELECT FROM outbox WHERE outbox.id = messages.outbox_id \
                AND (outbox.state = 'failed' OR outbox.bounced_at IS NOT NULL)))";

/// A message of ours.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = messages, check_for_backend(diesel::pg::Pg))]
pub(super) struct OurMessage {
    pub(super) id: i64,
    kind: MessageKind,
    body: String,
    pub(super) written_at: DateTime<Utc>,
    /// The letter whose pages hold it.
    pub(super) postal_task: Option<i64>,
}

/// Our messages that no e-mail carried and no letter has carried yet, oldest first.
pub(super) async fn unposted(conn: &mut Conn, case: CaseId) -> Result<Vec<OurMessage>, DbError> {
    let ours = MessageKind::ALL
        .iter()
        .filter(|kind| kind.side() == Side::Office);
    messages::table
        .filter(messages::case_id.eq(case.0))
        .filter(messages::kind.eq_any(ours))
        .filter(Condition::of(WAITS).fixed())
        .order(messages::id.asc())
        .select(OurMessage::as_select())
        .load(conn)
        .await
}

/// Our messages of the case that this e-mail carried.
pub(super) async fn carried_by(
    conn: &mut Conn,
    case: CaseId,
    outbox: i64,
) -> Result<Vec<OurMessage>, DbError> {
    messages::table
        .filter(messages::case_id.eq(case.0))
        .filter(messages::outbox_id.eq(outbox))
        .order(messages::id.asc())
        .select(OurMessage::as_select())
        .load(conn)
        .await
}

/// Whether the pages of a letter of this kind are made of our messages: a request is answered by one.
pub(super) fn is_of_messages(kind: PostalKind, nature: Nature) -> bool {
    kind == PostalKind::Message
        || (kind == PostalKind::Answer && nature == Nature::InformationRequest)
}

/// Notes which messages the pages of a letter hold, those that wait now; call it in the transaction
/// that makes them.
pub(super) async fn carry(conn: &mut Conn, case: CaseId, task: TaskId) -> Result<(), DbError> {
    let held: Vec<i64> = unposted(conn, case)
        .await?
        .into_iter()
        .map(|one| one.id)
        .collect();
    diesel::update(messages::table.filter(messages::id.eq_any(held)))
        .set(messages::postal_task.eq(task.0))
        .execute(conn)
        .await
        .map(drop)
}

/// One letter for these messages, with the names of their files: those that nobody encloses, since
/// they are infected, are not named.
pub(super) async fn messages_letter(
    conn: &mut Conn,
    (addressed, dossier): (Addressed<'_>, &Dossier),
    messages: &[OurMessage],
) -> Result<Option<Letter>, ActError> {
    if messages.is_empty() {
        return Ok(None);
    }
    let files = case_files::of_case(conn, dossier.case.id(), None).await?;
    let names = |message: i64| -> Vec<String> {
        let its = files
            .iter()
            .filter(|file| file.message == Some(message) && file.scan != ScanState::Infected);
        its.map(|file| file.name.clone()).collect()
    };
    let joined: Vec<Vec<String>> = messages.iter().map(|one| names(one.id)).collect();
    let written: Vec<Written<'_>> = messages
        .iter()
        .zip(&joined)
        .map(|(one, files)| Written {
            about: about(one.kind),
            on: calendar::paris_date(one.written_at),
            text: &one.body,
            files,
        })
        .collect();
    let letter = MessageLetter {
        is_complaint: dossier.case.nature == Nature::Complaint,
        written: &written,
        mediator: mediator_of(dossier, Occasion::Procedure, addressed.dated_on),
        addressed,
    };
    Ok(Some(letter.compose()?))
}

const fn about(kind: MessageKind) -> About {
    match kind {
        MessageKind::FromPerson | MessageKind::ToPerson | MessageKind::Disagreement => About::Case,
        MessageKind::Asked => About::Asked,
        MessageKind::HoldingLetter => About::Delay,
        MessageKind::Transfer => About::Transfer,
        MessageKind::Withdrawal | MessageKind::WithdrawalTaken => About::Withdrawal,
        MessageKind::Mediation => About::Mediation,
    }
}
