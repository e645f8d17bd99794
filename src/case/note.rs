//! The act of writing an internal note: staff read it, the person never does.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, Touch, guarded, refusal};
use crate::case::dossier::digest;
use crate::case::filing::Text;
use crate::case::{StaffId, Status, events};
use crate::db::Conn;
use crate::db::schema::{cases, notes};
use crate::journal::{self, Actor};

/// A note, 1 to 10,000 characters.
pub type NoteText = Text<1, 10_000>;

/// Adds a note to the case.
///
/// # Errors
/// When the case has changed since it was shown, or the database fails.
pub async fn note(
    conn: &mut Conn,
    seen: Seen,
    text: &NoteText,
    author: StaffId,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        let secret: Option<Option<Vec<u8>>> = diesel::update(guarded(seen, Status::ALL))
            .set((cases::version.eq(cases::version + 1), Touch::at(at)))
            .returning(cases::secret)
            .get_result(conn)
            .await
            .optional()?;
        let Some(secret) = secret else {
            return Err(refusal(conn, seen).await?);
        };
        let id: i64 = diesel::insert_into(notes::table)
            .values((
                notes::case_id.eq(seen.case.0),
                notes::author_id.eq(author.0),
                notes::body.eq(text.as_str()),
                notes::written_at.eq(at),
            ))
            .returning(notes::id)
            .get_result(conn)
            .await?;
        let digest = digest(secret.as_deref(), text.as_str());
        let entry = events::note_written(id, &digest);
        journal::append(conn, seen.case.0, entry, Actor::Staff(author.0), at).await?;
        Ok(())
    })
    .await
}
