//! What follows when something has left us: the only place where a legal clock stops.
//!
//! An e-mail leaves when the relay answers 250; a letter on the day someone posts it. A row that
//! waits, or an `.eml` written for want of a relay, is not a hand-over.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable};
use diesel_async::RunQueryDsl;

use crate::calendar;
use crate::case::answer::let_go;
use crate::case::events::{self, Carrier};
use crate::case::failure;
use crate::case::letter_need;
use crate::case::outside::lapse;
use crate::case::owed_letter::owe;
use crate::case::requalification::told;
use crate::case::retry_mail::left_after_all;
use crate::case::{CaseId, Nature, PostalKind, Purpose, Status};
use crate::db::schema::{cases, legal_dates, postal_tasks};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry};

/// Draws the consequences of an e-mail's hand-over, in the transaction that records it.
///
/// # Errors
/// When the database fails.
pub async fn email_handed_over(
    conn: &mut Conn,
    case: CaseId,
    purpose: Purpose,
    outbox: i64,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let (on, by) = (calendar::paris_date(at), Carrier::Email(outbox));
    match purpose {
        Purpose::Acknowledgement => acknowledged(conn, case, on, by, (Actor::System, at)).await,
        Purpose::Answer => answered(conn, case, on, by, (Actor::System, at)).await,
        Purpose::Requalification => told(conn, case, on, by, (Actor::System, at)).await,
        Purpose::Receipt
        | Purpose::Copy
        | Purpose::Message
        | Purpose::Notice
        | Purpose::LostCode
        | Purpose::Withdrawal
        | Purpose::AddressToConfirm
        | Purpose::AddressChanged => {
            lock(conn, case).await?;
            let entry = events::mail_handed_over(purpose, by);
            journal::append(conn, case.0, entry, Actor::System, at)
                .await
                .map(drop)
        }
    }?;
    owe(conn, case, (purpose, outbox), at).await?;
    left_after_all(conn, case, (purpose, outbox), (Actor::System, at)).await
}

/// Draws the consequences of an e-mail that will never leave: it becomes a letter to post, if the case
/// still needs it. Returns which.
///
/// # Errors
/// When the database fails.
pub async fn email_failed(
    conn: &mut Conn,
    case: CaseId,
    purpose: Purpose,
    outbox: i64,
    at: DateTime<Utc>,
) -> Result<Option<PostalKind>, DbError> {
    lock(conn, case).await?;
    let entry = events::mail_failed(purpose, outbox);
    journal::append(conn, case.0, entry, Actor::System, at).await?;
    let letter = failure::letter_instead(conn, case, (purpose, outbox)).await?;
    failure::by_post_instead(conn, case, letter, at).await?;
    Ok(letter)
}

/// Puts a letter on the list of what must be posted, once, while the case still needs it; it is due
/// when its clock is, or the next working day if it stops none.
pub(super) async fn ask_for_letter(
    conn: &mut Conn,
    case: CaseId,
    kind: PostalKind,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    if !letter_need::is_needed(conn, case, kind).await? {
        return Ok(());
    }
    let due_on = letter_need::due_on(conn, case, kind, at).await?;
    let asked = diesel::insert_into(postal_tasks::table)
        .values((
            postal_tasks::case_id.eq(case.0),
            postal_tasks::kind.eq(kind),
            postal_tasks::created_at.eq(at),
            postal_tasks::due_on.eq(due_on),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    if asked > 0 {
        let entry = events::letter_asked(kind, due_on);
        journal::append(conn, case.0, entry, actor, at).await?;
    }
    Ok(())
}

/// Takes letters that wait off the list: they have lost their use. Returns those that waited.
pub(super) async fn drop_letters(
    conn: &mut Conn,
    case: CaseId,
    kinds: &[PostalKind],
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<Vec<PostalKind>, DbError> {
    let waiting = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::kind.eq_any(kinds))
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    let dropped: Vec<PostalKind> = diesel::update(waiting)
        .set(postal_tasks::dropped_at.eq(at))
        .returning(postal_tasks::kind)
        .get_results(conn)
        .await?;
    for kind in &dropped {
        journal::append(conn, case.0, events::letter_dropped(*kind), actor, at).await?;
    }
    failure::ends(conn, case).await?;
    Ok(dropped)
}

/// The acknowledgement has left: `Received → Acknowledged`. On a request, which has no such state,
/// and on a case that is further along, the journal tells of it and nothing moves.
pub(super) async fn acknowledged(
    conn: &mut Conn,
    case: CaseId,
    on: NaiveDate,
    by: Carrier,
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    let (answer_due_on, next_due_on): (Option<NaiveDate>, NaiveDate) = cases::table
        .inner_join(legal_dates::table)
        .filter(cases::id.eq(case.0))
        .select((legal_dates::answer_due_on, cases::next_due_on))
        .first(conn)
        .await?;
    let received = cases::table
        .find(case.0)
        .filter(cases::status.eq(Status::Received))
        .filter(cases::nature.eq(Nature::Complaint));
    let moved = diesel::update(received)
        .set((
            cases::status.eq(Status::Acknowledged),
            cases::acknowledged_on.eq(on),
            cases::next_due_on.eq(answer_due_on.unwrap_or(next_due_on)),
            cases::last_event_at.eq(at),
        ))
        .execute(conn)
        .await?;
    if moved == 0 {
        lock(conn, case).await?;
    }
    let entry = events::acknowledgement_handed_over(on, by);
    journal::append(conn, case.0, entry, actor, at).await?;
    let stands_for = [PostalKind::Acknowledgement];
    drop_letters(conn, case, &stands_for, (actor, at))
        .await
        .map(drop)
}

/// The answer has left: `→ Answered`, and what comes next is to close. On a withdrawn case its date
/// is noted; what answers nothing any more is told by the journal, and nothing moves.
pub(super) async fn answered(
    conn: &mut Conn,
    case: CaseId,
    on: NaiveDate,
    by: Carrier,
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    let answer = let_go(conn, case, (on, by), (actor, at)).await?;
    let close_by = calendar::close_target(on);
    // A request is answered by a message; a complaint by what came through the gate. The message
    // that answered a request become a complaint meanwhile stops no clock.
    let natures: &[Nature] = match answer {
        Some(_) => Nature::ALL,
        None => &[Nature::InformationRequest],
    };
    let open = cases::table
        .find(case.0)
        .filter(cases::status.eq_any(Status::leading_to(Status::Answered)))
        .filter(cases::nature.eq_any(natures));
    let moved = diesel::update(open)
        .set((
            cases::status.eq(Status::Answered),
            cases::answered_on.eq(coalesce(cases::answered_on, Some(on))),
            cases::next_due_on.eq(close_by),
            cases::last_event_at.eq(at),
        ))
        .execute(conn)
        .await?;
    if moved > 0 {
        lapse(conn, case, at).await?;
    }
    let is_dated = moved > 0 || date_withdrawn(conn, case, natures, on).await?;
    if !is_dated {
        lock(conn, case).await?;
    }
    if !is_dated && answer.is_none() {
        return journal::append(conn, case.0, answers_nothing(on, by), actor, at)
            .await
            .map(drop);
    }
    let entry = events::answer_handed_over(on, by, answer);
    journal::append(conn, case.0, entry, actor, at).await?;
    // An answer meets the acknowledgement clock too (R17), and nothing more is to be objected to.
    let stands_for = [PostalKind::Acknowledgement, PostalKind::Requalification];
    drop_letters(conn, case, &stands_for, (actor, at))
        .await
        .map(drop)
}

/// The line of what has left, and answers nothing any more.
fn answers_nothing(on: NaiveDate, by: Carrier) -> Entry {
    match by {
        Carrier::Email(_) => events::mail_handed_over(Purpose::Answer, by),
        Carrier::Post => events::letter_posted(PostalKind::Answer, on),
    }
}

/// The person withdrew while the answer was leaving: it has left all the same.
async fn date_withdrawn(
    conn: &mut Conn,
    case: CaseId,
    natures: &[Nature],
    on: NaiveDate,
) -> Result<bool, DbError> {
    let withdrawn = cases::table
        .find(case.0)
        .filter(cases::status.eq(Status::Withdrawn))
        .filter(cases::nature.eq_any(natures));
    let n_dated = diesel::update(withdrawn)
        .set(cases::answered_on.eq(coalesce(cases::answered_on, Some(on))))
        .execute(conn)
        .await?;
    Ok(n_dated == 1)
}

/// Locks the row of a case, so that the writers of its journal follow each other.
pub(super) async fn lock(conn: &mut Conn, case: CaseId) -> Result<(), DbError> {
    cases::table
        .find(case.0)
        .select(cases::id)
        .for_no_key_update()
        .first::<i64>(conn)
        .await
        .map(drop)
}

diesel::define_sql_function! {
    /// The first of the two that is known: the clock is met by the first answer, not a later one.
    fn coalesce(known: Nullable<Date>, otherwise: Nullable<Date>) -> Nullable<Date>;
}
