//! The act of the person writing to us. It is decided on no version of the case: whatever staff do
//! meanwhile, it is kept; and it counts one, so that staff are told before they act on.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::dossier::digest;
use crate::case::exchange::MessageKind;
use crate::case::files::{self, FileAuthor};
use crate::case::said::{PersonText, Said, Submission, keep};
use crate::case::{CaseId, events};
use crate::db::schema::cases;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// Keeps a message of the person, once. It is taken in every state of the case, and is never by
/// itself a disagreement.
///
/// # Errors
/// When there is no such case, or the database fails.
pub async fn write(
    conn: &mut Conn,
    case: CaseId,
    (submission, text): (Submission, &PersonText),
    at: DateTime<Utc>,
) -> Result<Said, DbError> {
    let text = text.as_str();
    conn.transaction(async |conn| {
        let said = (submission, text);
        let Some(message) = keep(conn, case, MessageKind::FromPerson, said, at).await? else {
            return Ok(Said::Before);
        };
        let secret: Option<Vec<u8>> = diesel::update(cases::table.find(case.0))
            .set((
                cases::version.eq(cases::version + 1),
                cases::last_event_at.eq(at),
                cases::person_wrote_at.eq(at),
            ))
            .returning(cases::secret)
            .get_result(conn)
            .await?;
        let entry = events::message_received(message, &digest(secret.as_deref(), text));
        journal::append(conn, case.0, entry, Actor::Person, at).await?;
        files::send_pending(conn, (case, FileAuthor::Person), message, at).await?;
        Ok(Said::Now)
    })
    .await
}
