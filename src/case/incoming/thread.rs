//! An e-mail of the person of a case: a message like one written on the page of the case.

use chrono::{DateTime, Utc};

use crate::case::dossier::digest;
use crate::case::events::{self, incoming::by_mail};
use crate::case::exchange::MessageKind;
use crate::case::files;
use crate::case::incoming::IncomingId;
use crate::case::said::{Submission, heard, keep};
use crate::case::{CaseId, PersonText};
use crate::db::{Conn, DbError};
use crate::files::FileId;
use crate::journal::{self, Actor};

/// Keeps it in the thread of its case, with its files, and returns its message. `actor` is whoever put it
/// there. It is in no case a disagreement by itself: staff say so.
pub(super) async fn join(
    conn: &mut Conn,
    (case, mail): (CaseId, IncomingId),
    (text, pieces): (Option<&PersonText>, &[FileId]),
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<i64, DbError> {
    let text = text.map_or("", PersonText::as_str);
    let said = (Submission::new(), text);
    let kept = keep(conn, case, MessageKind::FromPerson, said, at).await?;
    let secret = heard(conn, case, at).await?;
    let entry = events::message_received(kept.message, &digest(secret.as_deref(), text));
    journal::append(conn, case.0, by_mail(entry, mail.0), actor, at).await?;
    files::arrive(conn, (case, Some(kept.message)), pieces, (actor, at)).await?;
    Ok(kept.message)
}
