//! The act of cancelling the sending of an answer, in the moment left for it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Touch};
use crate::case::answer::AnswerState;
use crate::case::{CaseId, PostalKind, StaffId, Status, events, files};
use crate::db::schema::{answers, cases, postal_tasks};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};
use crate::mail::{OutboxId, outbox};

/// What the sending did that cancelling undoes.
type Sent = (AnswerState, Option<i64>, Option<DateTime<Utc>>);

/// Makes a draft again of an answer that was sent, while its e-mail is held back or its letter not
/// noted as posted. It is decided on no version of the case: every second counts, and what happens
/// meanwhile changes nothing of what is undone. Cancelling twice cancels once.
///
/// # Errors
/// [`ActError::AnswerLeaving`] when it is too late: the time is over, or the e-mail was taken to be
/// carried; [`ActError::NotNow`] when the case is not open; or the database fails.
pub async fn cancel(
    conn: &mut Conn,
    (case, answer): (CaseId, i64),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        let status = hold(conn, case).await?;
        let of_case = answers::table
            .find(answer)
            .filter(answers::case_id.eq(case.0));
        let sent: Option<(Sent, Option<DateTime<Utc>>)> = of_case
            .select((
                (answers::state, answers::outbox_id, answers::person_wrote_at),
                answers::held_until,
            ))
            .first(conn)
            .await
            .optional()?;
        let Some(((state, outbox, person_wrote_at), held_until)) = sent else {
            return Err(ActError::Unknown);
        };
        if state == AnswerState::Draft {
            return Ok(());
        }
        if !status.is_open() {
            return Err(ActError::NotNow(status));
        }
        if state != AnswerState::Leaving || held_until.is_none_or(|until| until <= at) {
            return Err(ActError::AnswerLeaving);
        }
        make_draft(conn, answer).await?;
        let is_out = match outbox {
            Some(id) => outbox::take_back(conn, OutboxId(id)).await?,
            None => take_off_list(conn, case, at).await?,
        };
        if !is_out {
            return Err(ActError::AnswerLeaving);
        }
        count(conn, case, person_wrote_at, at).await?;
        let entry = events::answer_cancelled(answer);
        journal::append(conn, case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// Holds the case, so that nobody else acts on it, and tells where it stands.
async fn hold(conn: &mut Conn, case: CaseId) -> Result<Status, DbError> {
    cases::table
        .find(case.0)
        .select(cases::status)
        .for_no_key_update()
        .first(conn)
        .await
}

/// It has not left, and can be changed again; its files wait as before.
pub(in crate::case) async fn make_draft(conn: &mut Conn, answer: i64) -> Result<(), DbError> {
    diesel::update(answers::table.find(answer))
        .set((
            answers::state.eq(AnswerState::Draft),
            answers::signatory_id.eq(None::<i64>),
            answers::dated_on.eq(None::<chrono::NaiveDate>),
            answers::letter.eq(None::<String>),
            answers::outbox_id.eq(None::<i64>),
            answers::sent_at.eq(None::<DateTime<Utc>>),
            answers::held_until.eq(None::<DateTime<Utc>>),
            answers::person_wrote_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
        .await?;
    files::part_from_answer(conn, answer).await
}

/// The letter is no longer to be posted; the line of the act says so.
async fn take_off_list(conn: &mut Conn, case: CaseId, at: DateTime<Utc>) -> Result<bool, DbError> {
    let waiting = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::kind.eq(PostalKind::Answer))
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    let n_dropped = diesel::update(waiting)
        .set(postal_tasks::dropped_at.eq(at))
        .execute(conn)
        .await?;
    Ok(n_dropped == 1)
}

/// Counts the act; what the person wrote before the sending is to be answered again.
async fn count(
    conn: &mut Conn,
    case: CaseId,
    person_wrote_at: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    diesel::update(cases::table.find(case.0))
        .set((cases::version.eq(cases::version + 1), Touch::at(at)))
        .execute(conn)
        .await?;
    let silent = cases::table
        .find(case.0)
        .filter(cases::person_wrote_at.is_null());
    diesel::update(silent)
        .set(cases::person_wrote_at.eq(person_wrote_at))
        .execute(conn)
        .await
        .map(drop)
}
