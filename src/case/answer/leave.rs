//! What becomes of an answer when it leaves us.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};
use diesel_async::RunQueryDsl;

use crate::case::answer::{AnswerState, commitment};
use crate::case::events::Carrier;
use crate::case::{CaseId, files};
use crate::db::schema::answers;
use crate::db::{Conn, DbError};
use crate::journal::Actor;

/// The answer that was leaving, if there is one, has left on this day of the Paris calendar: what it
/// promises is followed from now on, and its files are given out. An e-mail lets go the answer it carries
/// alone: one before it, tried anew, does not.
pub(in crate::case) async fn let_go(
    conn: &mut Conn,
    case: CaseId,
    (on, by): (NaiveDate, Carrier),
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<Option<i64>, DbError> {
    let carried = match by {
        Carrier::Email(outbox) => Some(outbox),
        Carrier::Post => None,
    };
    let leaving = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.eq(AnswerState::Leaving))
        .filter(
            answers::outbox_id
                .eq(carried)
                .or(carried.is_none().into_sql::<Nullable<Bool>>()),
        );
    let answer: Option<i64> = diesel::update(leaving)
        .set((
            answers::state.eq(AnswerState::HandedOver),
            answers::handed_over_at.eq(at),
            answers::handed_over_on.eq(on),
        ))
        .returning(answers::id)
        .get_result(conn)
        .await
        .optional()?;
    if let Some(answer) = answer {
        commitment::make(conn, answer, on).await?;
        files::leave_with_answer(conn, (case, answer), (actor, at)).await?;
    }
    Ok(answer)
}
