//! The act of disagreeing with an answer: said outright, never read into a message. The case is
//! open again with a target of our own; no legal clock starts anew, none is undone.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, Touch};
use crate::case::answer::AnswerState;
use crate::case::dossier::{self, digest};
use crate::case::exchange::MessageKind;
use crate::case::files::{self, FileAuthor};
use crate::case::hand_over::lock;
use crate::case::said::{PersonText, Said, Submission, keep, said_again};
use crate::case::{CaseId, Nature, Office, StaffId, Status, events, notices};
use crate::db::schema::{answers, cases, disagreements};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// Whether the person of a case of this nature, in this state, has an answer to contest.
pub const fn may_disagree(nature: Nature, status: Status) -> bool {
    matches!(
        (nature, status),
        (Nature::Complaint, Status::Answered | Status::Closed)
    )
}

/// Opens an answered or closed complaint again, because its person contests the answer.
///
/// # Errors
/// [`ActError::NotNow`] when there is no answer to contest; or the database fails.
pub async fn disagree(
    conn: &mut Conn,
    office: &Office,
    case: CaseId,
    (submission, reason): (Submission, &PersonText),
    at: DateTime<Utc>,
) -> Result<Said, ActError> {
    let today = calendar::paris_date(at);
    let target_on = calendar::reexamination_target(today, office.disagreement_target());
    let reason = reason.as_str();
    conn.transaction(async |conn| {
        let said = (submission, reason);
        let kept = keep(conn, case, MessageKind::Disagreement, said, at).await?;
        let message = kept.message;
        if !kept.is_new {
            return Ok(said_again(conn, case, message, at).await?);
        }
        let Some(secret) = open_again(conn, case, target_on, (Some(at), at)).await? else {
            // Nothing of it is kept: the transaction is undone.
            let status = dossier::by_id(conn, case).await?.case.status;
            return Err(ActError::NotNow(status));
        };
        insert(conn, case, (message, today), target_on).await?;
        let digest = digest(secret.as_deref(), reason);
        let entry = events::disagreed(message, target_on, &digest);
        journal::append(conn, case.0, entry, Actor::Person, at).await?;
        notices::disagreement(conn, &office.notices, case, at).await?;
        files::send_pending(conn, (case, FileAuthor::Person), message, at).await?;
        Ok(Said::Now)
    })
    .await
}

/// Opens an answered or closed complaint again, because its person contests the answer by letter, by
/// e-mail, by telephone or in a message, which reached us on `received_on` (Paris calendar).
///
/// # Errors
/// [`ActError::BadDate`] when the day is to come or before the answer; [`ActError::NotNow`] when there is
/// no answer to contest; or the case has changed since it was shown, or the database fails.
pub async fn disagreement_received(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    (reason, received_on): (&PersonText, NaiveDate),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    let (case, reason) = (seen.case, reason.as_str());
    let today = calendar::paris_date(at);
    let target_on = calendar::reexamination_target(received_on, office.disagreement_target());
    let target_on = target_on.max(today);
    conn.transaction(async |conn| {
        lock(conn, case).await?;
        let before = dossier::by_id(conn, case).await?.case;
        if before.version != seen.version {
            return Err(ActError::Stale);
        }
        if before.answered_on.is_some_and(|on| received_on < on) || today < received_on {
            return Err(ActError::BadDate);
        }
        // Whoever notes it has read it.
        let opened = open_again(conn, case, target_on, (None, at)).await?;
        let secret = opened.ok_or(ActError::NotNow(before.status))?;
        diesel::update(cases::table.find(case.0))
            .set(Touch::at(at))
            .execute(conn)
            .await?;
        let said = (Submission::new(), reason);
        let message = keep(conn, case, MessageKind::Disagreement, said, at)
            .await?
            .message;
        insert(conn, case, (message, received_on), target_on).await?;
        let digest = digest(secret.as_deref(), reason);
        let entry = events::disagreement_received((message, received_on), target_on, &digest);
        journal::append(conn, case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(notices::disagreement(conn, &office.notices, case, at).await?)
    })
    .await
}

async fn insert(
    conn: &mut Conn,
    case: CaseId,
    (message, disagreed_on): (i64, NaiveDate),
    target_on: NaiveDate,
) -> Result<(), DbError> {
    diesel::insert_into(disagreements::table)
        .values((
            disagreements::message_id.eq(message),
            disagreements::case_id.eq(case.0),
            disagreements::answer_id.eq(last_answer(conn, case).await?),
            disagreements::disagreed_on.eq(disagreed_on),
            disagreements::target_on.eq(target_on),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Moves the case, if there is an answer to contest, and returns its secret.
async fn open_again(
    conn: &mut Conn,
    case: CaseId,
    target_on: NaiveDate,
    (wrote_at, at): (Option<DateTime<Utc>>, DateTime<Utc>),
) -> Result<Option<Option<Vec<u8>>>, DbError> {
    let answered = cases::table
        .find(case.0)
        .filter(cases::nature.eq(Nature::Complaint))
        .filter(cases::answered_on.is_not_null())
        .filter(cases::status.eq_any(Status::leading_to(Status::Acknowledged)));
    diesel::update(answered)
        .set((
            cases::status.eq(Status::Acknowledged),
            cases::closed_on.eq(None::<NaiveDate>),
            cases::target_on.eq(target_on),
            cases::next_due_on.eq(target_on),
            cases::version.eq(cases::version + 1),
            cases::last_event_at.eq(at),
            cases::person_wrote_at.eq(wrote_at),
        ))
        .returning(cases::secret)
        .get_result(conn)
        .await
        .optional()
}

/// The answer contested: the last that left.
async fn last_answer(conn: &mut Conn, case: CaseId) -> Result<Option<i64>, DbError> {
    answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.eq(AnswerState::HandedOver))
        .order(answers::id.desc())
        .select(answers::id)
        .first(conn)
        .await
        .optional()
}
