//! What becomes of an answer when it leaves us.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::answer::{AnswerState, commitment};
use crate::db::schema::answers;
use crate::db::{Conn, DbError};

/// The answer that was leaving, if there is one, has left on this day of the Paris calendar: what it
/// promises is followed from now on.
pub(in crate::case) async fn let_go(
    conn: &mut Conn,
    case: CaseId,
    on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<Option<i64>, DbError> {
    let leaving = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.eq(AnswerState::Leaving));
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
    }
    Ok(answer)
}
