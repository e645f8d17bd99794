//! The act of making a complaint of a request: at once, with its original date.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar::LegalDates;
use crate::case::act::{ActError, Seen, count};
use crate::case::correct_dates::CorrectedDates;
use crate::case::dossier::{self, Dossier};
use crate::case::failure;
use crate::case::hand_over::{ask_for_letter, drop_letters, lock};
use crate::case::notify::of_conversion;
use crate::case::requalification::{Grounds, NewRow, insert};
use crate::case::{CaseId, Dues, Nature, Office, PostalKind, StaffId, Status, events, next_due_on};
use crate::db::schema::{cases, requalifications};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// The states in which a request can become a complaint: an answer to a question, even a closed
/// case, takes nothing from the right to complain.
const FROM: [Status; 3] = [Status::Received, Status::Answered, Status::Closed];

/// Makes a complaint of the person's request, as they ask; of a complaint, it stays one.
///
/// # Errors
/// When the case was withdrawn, or the acknowledgement cannot be written or queued.
pub async fn convert_by_person(
    conn: &mut Conn,
    office: &Office,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        lock(conn, case).await?;
        let dossier = dossier::by_id(conn, case).await?;
        if dossier.case.nature == Nature::Complaint {
            return Ok(());
        }
        diesel::update(cases::table.find(case.0))
            .set((
                cases::version.eq(cases::version + 1),
                cases::person_wrote_at.eq(at),
            ))
            .execute(conn)
            .await?;
        convert(conn, office, &dossier, None, at).await
    })
    .await
}

/// Makes a complaint of a request, as staff decide: whoever voices dissatisfaction complains (R1).
///
/// # Errors
/// When the case has changed since it was shown or is no request, or the acknowledgement cannot be
/// written or queued.
pub async fn convert_by_staff(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    grounds: Grounds<'_>,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, &FROM, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        if dossier.case.nature == Nature::Complaint {
            return Err(ActError::NotNow(dossier.case.status));
        }
        convert(conn, office, &dossier, Some((by, grounds)), at).await
    })
    .await
}

async fn convert(
    conn: &mut Conn,
    office: &Office,
    dossier: &Dossier,
    by: Option<(StaffId, Grounds<'_>)>,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    let (case, status) = (dossier.case.id(), dossier.case.status);
    if !FROM.contains(&status) {
        return Err(ActError::NotNow(status));
    }
    let dates = dossier.dates_as_complaint();
    freeze(conn, dossier, &dates).await?;
    let was_acknowledged = dossier.case.acknowledged_on.is_some();
    begin_again(conn, dossier, &dates, at).await?;
    let answered_on = dossier.case.answered_on;
    let row = NewRow {
        from: Nature::InformationRequest,
        by,
        request_answered_on: answered_on,
        settled_at: Some(at),
        at,
    };
    let id = insert(conn, case, row).await?;
    let actor = by.map_or(Actor::Person, |(staff, _)| Actor::Staff(staff.0));
    let entry = events::requalified(id, Nature::Complaint, Some(&dates));
    let entry = match by {
        Some((_, grounds)) => grounds.on(entry),
        None => entry,
    };
    journal::append(conn, case.0, entry, actor, at).await?;
    answer_by_message(conn, case, (actor, at)).await?;
    // What would have acknowledged the request, or told of its own requalification, falls away.
    let outdated = [PostalKind::Acknowledgement, PostalKind::Requalification];
    drop_letters(conn, case, &outdated, (actor, at)).await?;
    let dossier = dossier::by_id(conn, case).await?;
    if !of_conversion(conn, office, &dossier, &dates, at).await? {
        let kind = if was_acknowledged {
            PostalKind::Conversion
        } else {
            PostalKind::Acknowledgement
        };
        ask_for_letter(conn, case, kind, actor, at).await?;
    }
    Ok(())
}

/// Whether the case is a complaint again that had been acknowledged as one before: an e-mail that
/// fails to say so is owed as a letter, though no acknowledgement is.
///
/// # Errors
/// When the database fails.
pub(in crate::case) async fn was_acknowledged(
    conn: &mut Conn,
    case: CaseId,
) -> Result<bool, DbError> {
    let again = requalifications::table
        .inner_join(cases::table)
        .filter(requalifications::case_id.eq(case.0))
        .filter(requalifications::is_last)
        .filter(requalifications::to_nature.eq(Nature::Complaint))
        .filter(cases::status.eq(Status::Acknowledged));
    diesel::select(diesel::dsl::exists(again))
        .get_result(conn)
        .await
}

/// Freezes the legal dates, unless they are from the time when the case was a complaint before.
async fn freeze(conn: &mut Conn, dossier: &Dossier, dates: &LegalDates) -> Result<(), DbError> {
    if dossier.dates.ack_due_on.is_some() {
        return Ok(());
    }
    let from = CorrectedDates::known(dossier);
    from.freeze(conn, dossier.case.id(), dates).await
}

/// A complaint begins: received, or acknowledged if it was a complaint before. What answered the
/// request does not answer it.
async fn begin_again(
    conn: &mut Conn,
    dossier: &Dossier,
    dates: &LegalDates,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let status = match dossier.case.acknowledged_on {
        Some(_) => Status::Acknowledged,
        None => Status::Received,
    };
    let dues = Dues::of(dates, dossier.case.next_due_on);
    diesel::update(cases::table.find(dossier.case.id().0))
        .set((
            cases::nature_qualified.eq(Nature::Complaint),
            cases::status.eq(status),
            cases::answered_on.eq(None::<chrono::NaiveDate>),
            cases::closed_on.eq(None::<chrono::NaiveDate>),
            cases::target_on.eq(None::<chrono::NaiveDate>),
            cases::next_due_on.eq(next_due_on(status, Nature::Complaint, &dues, None)),
            cases::last_event_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// The answer to the request, if it waits to be posted, is a message from now on: posting it must
/// not pass for the answer to the complaint.
async fn answer_by_message(
    conn: &mut Conn,
    case: CaseId,
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    let answer = [PostalKind::Answer];
    let replaces_email = failure::letter_waits_since(conn, case, &answer).await?;
    let waited = drop_letters(conn, case, &answer, (actor, at)).await?;
    if waited.is_empty() {
        return Ok(());
    }
    ask_for_letter(conn, case, PostalKind::Message, actor, at).await?;
    let instead = replaces_email.map(|_since| PostalKind::Message);
    failure::by_post_instead(conn, case, instead, at).await
}
