//! The act of keeping, as a letter, what left by e-mail: its pages are made once, after the hand-over.

use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::AsyncConnection;

use crate::case::act::ActError;
use crate::case::dossier;
use crate::case::files::{self, LeavesAs, NewLetter};
use crate::case::hand_over::lock;
use crate::case::owed_letter::{self, Owed};
use crate::case::post::compose::{Pen, emailed};
use crate::case::{CaseId, Office, events};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};
use crate::letters::Typeset;

/// How long a letter that could not be made waits before it is made again.
const PAUSE: TimeDelta = TimeDelta::hours(1);

/// Keeps the next letter of an e-mail that has left, at `at`; false when none is owed now. One that
/// cannot be made comes back in an hour, and holds up no other.
///
/// # Errors
/// When the letter cannot be made, or the database fails.
pub async fn keep_emailed(
    conn: &mut Conn,
    office: &Office,
    at: DateTime<Utc>,
) -> Result<bool, ActError> {
    let Some(owed) = owed_letter::next(conn, at).await? else {
        return Ok(false);
    };
    let kept = conn.transaction(async |conn| keep(conn, office, owed, at).await);
    if let Err(error) = kept.await {
        owed_letter::put_off(conn, owed, at + PAUSE).await?;
        return Err(error);
    }
    Ok(true)
}

async fn keep(
    conn: &mut Conn,
    office: &Office,
    owed: Owed,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    let case = CaseId(owed.case);
    lock(conn, case).await?;
    if !owed_letter::settle(conn, owed).await? {
        return Ok(());
    }
    let dossier = match dossier::by_id(conn, case).await {
        // Erased meanwhile.
        Err(DbError::NotFound) => return Ok(()),
        other => other?,
    };
    // The letter bears the day on which the e-mail left.
    let pen = Pen {
        office,
        recap: &|_filed| Vec::new(),
        at: owed.left_at,
    };
    let Some(letter) = emailed(conn, pen, (owed.kind, &dossier), owed.outbox).await? else {
        return Ok(());
    };
    let name = letter.file_name();
    let set: Typeset = letter.typeset().await?;
    let new = NewLetter {
        leaves_as: LeavesAs::Email(owed.outbox, owed.kind),
        name: &name,
        set: &set,
    };
    let secret = dossier.case.secret.as_deref();
    let kept = files::keep_letter(conn, (case, secret), new, (None, at)).await?;
    let entry = events::letter_kept(owed.kind, owed.outbox, &kept.digest);
    journal::append(conn, case.0, entry, Actor::System, at).await?;
    Ok(())
}
