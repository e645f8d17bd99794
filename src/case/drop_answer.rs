//! The act of giving up an answer that waited to be posted when its person withdrew.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::answer::{self, AnswerState};
use crate::case::hand_over::drop_letters;
use crate::case::{PostalKind, StaffId, Status};
use crate::db::Conn;
use crate::db::schema::answers;
use crate::journal::Actor;
use crate::mail::{OutboxId, outbox};

/// Takes the answer of a withdrawn case off the list of what must be posted: nobody posted it. It is a
/// draft again, should the case be taken up.
///
/// # Errors
/// [`ActError::NothingToPost`] when none waits; [`ActError::AnswerLeaving`] while its e-mail is being tried
/// anew; or the case is not withdrawn, has changed since it was
/// shown, or the database fails.
pub async fn drop_answer(
    conn: &mut Conn,
    seen: Seen,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, &[Status::Withdrawn], at).await?;
        let actor = (Actor::Staff(by.0), at);
        let dropped = drop_letters(conn, seen.case, &[PostalKind::Answer], actor).await?;
        if dropped.is_empty() {
            return Err(ActError::NothingToPost);
        }
        let leaving: Option<(i64, Option<i64>)> = answers::table
            .filter(answers::case_id.eq(seen.case.0))
            .filter(answers::state.eq(AnswerState::Leaving))
            .select((answers::id, answers::outbox_id))
            .first(conn)
            .await
            .optional()?;
        if let Some((answer, outbox)) = leaving {
            if let Some(id) = outbox
                && outbox::is_queued(conn, OutboxId(id)).await?
            {
                return Err(ActError::AnswerLeaving);
            }
            answer::make_draft(conn, answer).await?;
        }
        Ok(())
    })
    .await
}
