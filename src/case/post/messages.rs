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
use crate::case::{CaseId, Nature};
use crate::db::schema::{messages, outbox};
use crate::db::{Conn, DbError};
use crate::letters::Letter;
use crate::mail::outbox::State;
use crate::mail::words::{About, Addressed, MessageLetter, Occasion, Written};

/// Id, kind, text and time of a message of ours.
pub(super) type OurMessage = (i64, MessageKind, String, DateTime<Utc>);

const MESSAGE: (
    messages::id,
    messages::kind,
    messages::body,
    messages::written_at,
) = (
    messages::id,
    messages::kind,
    messages::body,
    messages::written_at,
);

/// Our messages that no e-mail carried and no letter has carried yet, oldest first.
pub(super) async fn unposted(conn: &mut Conn, case: CaseId) -> Result<Vec<OurMessage>, DbError> {
    let ours = MessageKind::ALL
        .iter()
        .filter(|kind| kind.side() == Side::Office);
    let failed = outbox::table
        .filter(outbox::about.eq(case.0))
        .filter(
            outbox::state
                .eq(State::Failed)
                .or(outbox::bounced_at.is_not_null()),
        )
        .select(outbox::id.nullable());
    let by_no_email = messages::outbox_id
        .is_null()
        .or(messages::outbox_id.eq_any(failed).assume_not_null());
    messages::table
        .filter(messages::case_id.eq(case.0))
        .filter(messages::kind.eq_any(ours))
        .filter(messages::posted_on.is_null())
        .filter(by_no_email)
        .order(messages::id.asc())
        .select(MESSAGE)
        .load(conn)
        .await
}

/// Our messages that this e-mail carried.
pub(super) async fn carried_by(conn: &mut Conn, outbox: i64) -> Result<Vec<OurMessage>, DbError> {
    messages::table
        .filter(messages::outbox_id.eq(outbox))
        .order(messages::id.asc())
        .select(MESSAGE)
        .load(conn)
        .await
}

/// One letter for these messages, with the names of their files.
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
        let its = files.iter().filter(|file| file.message == Some(message));
        its.map(|file| file.name.clone()).collect()
    };
    let joined: Vec<Vec<String>> = messages.iter().map(|(id, ..)| names(*id)).collect();
    let written: Vec<Written<'_>> = messages
        .iter()
        .zip(&joined)
        .map(|((_, kind, text, at), files)| Written {
            about: about(*kind),
            on: calendar::paris_date(*at),
            text,
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
