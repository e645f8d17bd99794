//! The act of the person writing to us. It is decided on no version of the case: whatever staff do
//! meanwhile, it is kept; and it counts one, so that staff are told before they act on.

use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;

use crate::case::dossier::digest;
use crate::case::exchange::MessageKind;
use crate::case::files::{self, FileAuthor};
use crate::case::said::{PersonText, Said, Submission, heard, keep, said_again};
use crate::case::{CaseId, events};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// Keeps a message of the person, once, with the files that wait for it: words, a file, or both. It
/// is taken in every state of the case, and is never by itself a disagreement.
///
/// # Errors
/// When there is no such case, or the database fails.
pub async fn write(
    conn: &mut Conn,
    case: CaseId,
    (submission, text): (Submission, Option<&PersonText>),
    at: DateTime<Utc>,
) -> Result<Said, DbError> {
    let text = text.map_or("", PersonText::as_str);
    let written = conn.transaction(async |conn| {
        let said = (submission, text);
        let kept = keep(conn, case, MessageKind::FromPerson, said, at).await?;
        if !kept.is_new {
            return said_again(conn, case, kept.message, at).await;
        }
        let secret = heard(conn, case, at).await?;
        let digest = digest(secret.as_deref(), text);
        let entry = events::message_received(kept.message, &digest);
        journal::append(conn, case.0, entry, Actor::Person, at).await?;
        let owner = (case, FileAuthor::Person);
        let n_files = files::send_pending(conn, owner, kept.message, at).await?;
        if text.is_empty() && n_files == 0 {
            return Err(DbError::RollbackTransaction);
        }
        Ok(Said::Now)
    });
    match written.await {
        Err(DbError::RollbackTransaction) => Ok(Said::Nothing),
        written => written,
    }
}
