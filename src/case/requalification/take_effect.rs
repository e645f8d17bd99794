//! The daily work on requalifications whose ten days have passed without objection.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::answer::{self, AnswerState};
use crate::case::dossier::{self, Dossier};
use crate::case::events;
use crate::case::hand_over::{drop_letters, lock};
use crate::case::incoming::{self, MAY_BE_OF_ANY};
use crate::case::{CaseId, Nature, PostalKind, Status};
use crate::db::schema::{answers, cases, requalifications};
use crate::db::{Condition, Conn, DbError};
use crate::journal::{self, Actor};

/// Makes requests of the complaints whose ten days have passed without objection, at most `limit` of
/// them, and returns how many; their target is `request_target` *jours ouvrables* away. A case that was
/// answered or ended meanwhile stays what it is; one whose person wrote meanwhile, be it an e-mail that
/// staff have not decided on, waits until staff have dealt with what they wrote. So does one whose
/// person may have written what the mailbox does not give us; `read` are its folders (mailbox and name).
/// As long as one of them is to be read and cannot be, which staff are told of, nothing takes effect: the
/// case stays the complaint it is, and loses nothing by it.
///
/// # Errors
/// When the database fails.
pub async fn take_effect(
    conn: &mut Conn,
    (request_target, read): (usize, &[(String, String)]),
    limit: i64,
    at: DateTime<Utc>,
) -> Result<usize, DbError> {
    let today = calendar::paris_date(at);
    // What cannot be settled yet is left out here: it must not keep the rest from its turn.
    let ended = cases::status.ne_all([Status::Received, Status::Acknowledged]);
    let leaving = answers::table
        .filter(answers::case_id.eq(cases::id))
        .filter(answers::state.eq(AnswerState::Leaving));
    let missing_until = incoming::missing_until(conn, read, at).await?;
    let not_missing = requalifications::decided_at.gt(missing_until.unwrap_or_default());
    let not_written = cases::person_wrote_at
        .is_null()
        .or(cases::person_wrote_at.lt(requalifications::decided_at.nullable()));
    let over: Vec<i64> = requalifications::table
        .inner_join(cases::table)
        .filter(requalifications::settled_at.is_null())
        .filter(requalifications::objected_at.is_null())
        .filter(requalifications::told_on.lt(calendar::told_before(today)))
        .filter(
            ended.or(not(exists(leaving))
                .and(not_written)
                .and(not_missing)
                .and(no_mail_waits().fixed())),
        )
        .order((requalifications::told_on, requalifications::id))
        .limit(limit)
        .select(requalifications::case_id)
        .load(conn)
        .await?;
    let mut n_settled = 0;
    for id in over {
        let case = CaseId(id);
        let settled = conn
            .transaction(async |conn| settle(conn, (request_target, read), case, at).await)
            .await?;
        n_settled += usize::from(settled);
    }
    Ok(n_settled)
}

/// Settles the requalification of one case, unless the person objected meanwhile or an answer is on
/// its way.
async fn settle(
    conn: &mut Conn,
    (request_target, read): (usize, &[(String, String)]),
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    lock(conn, case).await?;
    let dossier = dossier::by_id(conn, case).await?;
    let pending = dossier.requalification.as_ref();
    let Some(last) = pending.filter(|last| last.is_pending()) else {
        return Ok(false);
    };
    let is_open = dossier.case.status.is_open();
    let must_wait = waits_for_staff(&dossier)
        || answer::is_leaving(conn, case).await?
        || a_mail_waits(conn, case).await?
        || Some(last.decided_at) <= incoming::missing_until(conn, read, at).await?;
    if is_open && must_wait {
        return Ok(false);
    }
    diesel::update(requalifications::table.find(last.id))
        .set(requalifications::settled_at.eq(at))
        .execute(conn)
        .await?;
    let takes_effect = is_open && dossier.case.answered_on.is_none();
    if takes_effect {
        become_request(conn, request_target, &dossier, at).await?;
    }
    let entry = if takes_effect {
        events::requalified(last.id, Nature::InformationRequest, None)
    } else {
        events::requalification_lapsed(last.id)
    };
    journal::append(conn, case.0, entry, Actor::System, at).await?;
    let notice = [PostalKind::Requalification];
    drop_letters(conn, case, &notice, (Actor::System, at)).await?;
    Ok(true)
}

/// No e-mail that nobody has understood yet, or that staff have to decide on and that may be about the
/// case, or about any: it may object.
fn no_mail_waits() -> Condition {
    Condition::of(
        "NOT EXISTS (SELECT FROM incoming_mails \
         WHERE incoming_mails.state = 'new') \
         AND NOT EXISTS (SELECT FROM incoming_mails \
         WHERE incoming_mails.state = 'not_understood' AND ",
    )
    .words(MAY_BE_OF_ANY)
    .words(
        ") AND NOT EXISTS (SELECT FROM incoming_mails \
         WHERE incoming_mails.state IN ('held', 'not_understood') \
         AND (incoming_mails.id IN (SELECT incoming_leads.mail_id FROM incoming_leads \
         WHERE incoming_leads.case_id = cases.id) OR lower(incoming_mails.sender) = (\
         SELECT lower(filings.email) FROM filings WHERE filings.case_id = cases.id)))",
    )
}

async fn a_mail_waits(conn: &mut Conn, case: CaseId) -> Result<bool, DbError> {
    let free: Option<i64> = cases::table
        .find(case.0)
        .filter(no_mail_waits().fixed())
        .select(cases::id)
        .first(conn)
        .await
        .optional()?;
    Ok(free.is_none())
}

/// Whether the person wrote since a requalification that waits was decided, and nobody has answered
/// or noted it as read: it may be an objection, so that time alone decides nothing.
pub fn waits_for_staff(dossier: &Dossier) -> bool {
    let last = dossier.requalification.as_ref();
    let pending = last.filter(|last| last.is_pending());
    pending.is_some_and(|last| dossier.case.person_wrote_at >= Some(last.decided_at))
}

/// The clocks end; the frozen dates stay, for the day the person makes it a complaint again.
async fn become_request(
    conn: &mut Conn,
    request_target: usize,
    dossier: &Dossier,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let target = calendar::request_target(calendar::paris_date(at), request_target);
    diesel::update(cases::table.find(dossier.case.id().0))
        .set((
            cases::nature_qualified.eq(Nature::InformationRequest),
            // A request has no acknowledged state.
            cases::status.eq(Status::Received),
            cases::target_on.eq(target),
            cases::next_due_on.eq(target),
            cases::awaits_reader.eq(false),
            cases::version.eq(cases::version + 1),
            cases::last_event_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}
