//! The act of reading a refusal before it leaves: a second person, who wrote nothing of it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::answer::awaiting::mark;
use crate::case::answer::{AnswerRow, AnswerState, in_hand};
use crate::case::{StaffId, Status, events};
use crate::db::Conn;
use crate::db::schema::answers;
use crate::journal::{self, Actor};

/// Marks the answer in hand as read and agreed to by `reader`, who must have the right to.
///
/// # Errors
/// [`ActError::OwnAnswer`] when there is no draft or the reader has written some of it; or the case has changed
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
        let draft = in_hand(conn, seen.case)
            .await?
            .filter(|row| row.state == AnswerState::Draft && !row.writers().contains(&reader));
        let Some(AnswerRow { id: answer, .. }) = draft else {
            return Err(ActError::OwnAnswer);
        };
        diesel::update(answers::table.find(answer))
            .set(answers::reader_id.eq(reader.0))
            .execute(conn)
            .await?;
        mark(conn, seen.case, false).await?;
        let entry = events::answer_read(answer);
        journal::append(conn, seen.case.0, entry, Actor::Staff(reader.0), at).await?;
        Ok(())
    })
    .await
}
