//! The act of a supervisor for whom a complaint is a request: the person is told, and has ten days.

use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;

use crate::case::act::{ActError, Seen, count};
use crate::case::answer;
use crate::case::dossier::{self, digest};
use crate::case::hand_over::ask_for_letter;
use crate::case::requalification::{Grounds, NewRow, Requalification, insert, notice};
use crate::case::{Dossier, Nature, Office, PostalKind, StaffId, Status, events};
use crate::db::Conn;
use crate::journal::{self, Actor};

/// Decides that a complaint is an information request. Nothing changes yet: its clocks run until the
/// person has been told and ten days have passed without objection.
///
/// # Errors
/// When the case has changed since it was shown; is not an open complaint that no answer was given
/// to; waits for such a decision already, or the person objected to one; an answer is leaving; or
/// the notice cannot be queued.
pub async fn requalify(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    grounds: Grounds<'_>,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    const FROM: [Status; 2] = [Status::Received, Status::Acknowledged];
    conn.transaction(async |conn| {
        count(conn, seen, &FROM, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        if !can_be_requalified(&dossier) {
            return Err(ActError::NotNow(dossier.case.status));
        }
        if answer::is_leaving(conn, seen.case).await? {
            return Err(ActError::AnswerLeaving);
        }
        let row = NewRow {
            from: Nature::Complaint,
            by: Some((by, grounds)),
            request_answered_on: None,
            settled_at: None,
            at,
        };
        let id = insert(conn, seen.case, row).await?;
        let motive = digest(dossier.case.secret.as_deref(), grounds.motive.as_str());
        let entry = grounds.on(events::requalification_decided(id, &motive));
        let actor = Actor::Staff(by.0);
        journal::append(conn, seen.case.0, entry, actor, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        if !notice::queue(conn, office, &dossier, at).await? {
            let kind = PostalKind::Requalification;
            ask_for_letter(conn, seen.case, kind, actor, at).await?;
        }
        Ok(())
    })
    .await
}

/// Whether a supervisor may decide that this complaint is a request: once, before any answer, and
/// not against the word of a person who made it a complaint.
pub fn can_be_requalified(dossier: &Dossier) -> bool {
    let is_free = |last: &Requalification| {
        let is_word_of_person = last.to_nature == Nature::Complaint && last.decided_by().is_none();
        !last.is_pending() && !last.was_refused() && !is_word_of_person
    };
    dossier.case.nature == Nature::Complaint
        && dossier.case.status.is_open()
        && dossier.case.answered_on.is_none()
        && dossier.requalification.as_ref().is_none_or(is_free)
}
