//! The act of disagreeing with an answer: said outright, never read into a message. The case is
//! open again with a target of our own; no legal clock starts anew, none is undone.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::ActError;
use crate::case::answer::AnswerState;
use crate::case::dossier::{self, digest};
use crate::case::exchange::MessageKind;
use crate::case::files::{self, FileAuthor};
use crate::case::said::{PersonText, Said, Submission, keep, said_again};
use crate::case::{CaseId, Nature, Office, Status, events, notices};
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
        let Some(secret) = open_again(conn, case, target_on, at).await? else {
            // Nothing of it is kept: the transaction is undone.
            let status = dossier::by_id(conn, case).await?.case.status;
            return Err(ActError::NotNow(status));
        };
        diesel::insert_into(disagreements::table)
            .values((
                disagreements::message_id.eq(message),
                disagreements::case_id.eq(case.0),
                disagreements::answer_id.eq(last_answer(conn, case).await?),
                disagreements::disagreed_on.eq(today),
                disagreements::target_on.eq(target_on),
            ))
            .execute(conn)
            .await?;
        let digest = digest(secret.as_deref(), reason);
        let entry = events::disagreed(message, target_on, &digest);
        journal::append(conn, case.0, entry, Actor::Person, at).await?;
        notices::disagreement(conn, &office.notices, case, at).await?;
        files::send_pending(conn, (case, FileAuthor::Person), message, at).await?;
        Ok(Said::Now)
    })
    .await
}

/// Moves the case, if there is an answer to contest, and returns its secret.
async fn open_again(
    conn: &mut Conn,
    case: CaseId,
    target_on: NaiveDate,
    at: DateTime<Utc>,
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
            cases::person_wrote_at.eq(at),
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
