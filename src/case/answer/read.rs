//! The act of reading a refusal before it leaves: a second person, never the author.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::answer::AnswerState;
use crate::case::answer::save::mark_awaiting;
use crate::case::{StaffId, Status, events};
use crate::db::Conn;
use crate::db::schema::answers;
use crate::journal::{self, Actor};

/// Marks the answer in hand as read and agreed to by `reader`, who must have the right to.
///
/// # Errors
/// [`ActError::OwnAnswer`] when there is no draft or it is the reader's own; or the case has changed
/// since it was shown, or the database fails.
pub async fn approve(
    conn: &mut Conn,
    seen: Seen,
    reader: StaffId,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    const FROM: [Status; 2] = [Status::Received, Status::Acknowledged];
    conn.transaction(async |conn| {
        count(conn, seen, &FROM, at).await?;
        let of_another = answers::table
            .filter(answers::case_id.eq(seen.case.0))
            .filter(answers::state.eq(AnswerState::Draft))
            .filter(answers::author_id.ne(reader.0));
        let read: Option<i64> = diesel::update(of_another)
            .set(answers::reader_id.eq(reader.0))
            .returning(answers::id)
            .get_result(conn)
            .await
            .optional()?;
        let Some(answer) = read else {
            return Err(ActError::OwnAnswer);
        };
        mark_awaiting(conn, seen.case, false).await?;
        let entry = events::answer_read(answer);
        journal::append(conn, seen.case.0, entry, Actor::Staff(reader.0), at).await?;
        Ok(())
    })
    .await
}
