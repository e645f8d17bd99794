//! What follows when an e-mail that had left comes back: it was not delivered, and what its hand-over
//! stopped runs on.
//!
//! The state of the case goes back where nothing happened since that rests on the delivery: an
//! acknowledgement while no answer has left, an answer while the case waits to be closed. Later, only the
//! letter that replaces the e-mail is asked for, if there is something to write. A clock that was met by it
//! counts as not met.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar;
use crate::case::answer::AnswerState;
use crate::case::failure::{by_post_instead, letter_instead};
use crate::case::hand_over::lock;
use crate::case::{CaseId, Dues, Nature, PostalKind, Purpose, Status, events, next_due_on};
use crate::db::schema::{answers, cases, commitments, legal_dates, postal_tasks, requalifications};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};
use crate::mail::outbox::Bounced;

/// Draws the consequences of an e-mail that came back, in the transaction that records it. Returns the
/// letter that takes its place, if one does.
///
/// # Errors
/// When the database fails.
pub async fn email_bounced(
    conn: &mut Conn,
    case: CaseId,
    (purpose, bounced): (Purpose, &Bounced),
    at: DateTime<Utc>,
) -> Result<Option<PostalKind>, DbError> {
    lock(conn, case).await?;
    let left_on = calendar::paris_date(bounced.handed_over_at);
    match purpose {
        Purpose::Acknowledgement => not_acknowledged(conn, case, left_on, at).await?,
        Purpose::Answer => not_answered(conn, case, (bounced.id.0, left_on), at).await?,
        Purpose::Requalification => not_told(conn, case, left_on).await?,
        Purpose::Receipt
        | Purpose::Copy
        | Purpose::Message
        | Purpose::Notice
        | Purpose::LostCode
        | Purpose::Withdrawal
        | Purpose::AddressToConfirm
        | Purpose::AddressChanged => {}
    }
    let letter = letter_instead(conn, case, (purpose, bounced.id.0)).await?;
    let entry = events::mail_bounced(purpose, bounced.id.0, letter);
    journal::append(conn, case.0, entry, Actor::System, at).await?;
    by_post_instead(conn, case, letter, at).await?;
    Ok(letter)
}

/// The acknowledgement clock runs again, unless a letter met it.
async fn not_acknowledged(
    conn: &mut Conn,
    case: CaseId,
    left_on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let posted = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::kind.eq(PostalKind::Acknowledgement))
        .filter(postal_tasks::done_on.is_not_null());
    let is_posted: bool = diesel::select(exists(posted)).get_result(conn).await?;
    let dues = dues(conn, case).await?;
    let status = Status::Received;
    let by_it = cases::table
        .find(case.0)
        .filter(not(is_posted.into_sql::<diesel::sql_types::Bool>()))
        .filter(cases::status.eq(Status::Acknowledged))
        .filter(cases::acknowledged_on.eq(left_on))
        .filter(cases::answered_on.is_null());
    diesel::update(by_it)
        .set((
            cases::status.eq(status),
            cases::acknowledged_on.eq(None::<NaiveDate>),
            cases::next_due_on.eq(next_due_on(status, Nature::Complaint, &dues, None)),
            cases::last_event_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// The answer is leaving again, now by post; what it promised is not promised yet. The one that had
/// answered the case before it, if any, answers it still.
async fn not_answered(
    conn: &mut Conn,
    case: CaseId,
    (outbox, left_on): (i64, NaiveDate),
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    type Now = (Status, Nature, Option<NaiveDate>, Option<NaiveDate>);
    let now: Now = cases::table
        .find(case.0)
        .select((
            cases::status,
            cases::nature,
            cases::acknowledged_on,
            cases::answered_on,
        ))
        .first(conn)
        .await?;
    let (Status::Answered, nature, acknowledged_on, answered_on) = now else {
        return Ok(());
    };
    let answered_on = match nature {
        Nature::Complaint if !leaves_again(conn, case, outbox).await? => return Ok(()),
        Nature::Complaint => first_answer(conn, case).await?,
        Nature::InformationRequest if answered_on != Some(left_on) => return Ok(()),
        Nature::InformationRequest => None,
    };
    let status = match (nature, acknowledged_on.or(answered_on)) {
        (Nature::Complaint, Some(_)) => Status::Acknowledged,
        (Nature::Complaint, None) | (Nature::InformationRequest, _) => Status::Received,
    };
    let dues = dues(conn, case).await?;
    diesel::update(cases::table.find(case.0))
        .set((
            cases::status.eq(status),
            cases::answered_on.eq(answered_on),
            cases::next_due_on.eq(next_due_on(status, nature, &dues, answered_on)),
            cases::last_event_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Takes the answer of this e-mail back to leaving; false when it is none, or another is in hand.
async fn leaves_again(conn: &mut Conn, case: CaseId, outbox: i64) -> Result<bool, DbError> {
    let other = diesel::alias!(answers as other);
    let in_hand = other
        .filter(other.field(answers::case_id).eq(case.0))
        .filter(other.field(answers::state).ne(AnswerState::HandedOver));
    let of_it = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::outbox_id.eq(outbox))
        .filter(answers::state.eq(AnswerState::HandedOver))
        .filter(not(exists(in_hand)));
    let answer: Option<i64> = diesel::update(of_it)
        .set((
            answers::state.eq(AnswerState::Leaving),
            answers::handed_over_at.eq(None::<DateTime<Utc>>),
            answers::handed_over_on.eq(None::<NaiveDate>),
        ))
        .returning(answers::id)
        .get_result(conn)
        .await
        .optional()?;
    let Some(answer) = answer else {
        return Ok(false);
    };
    let made = commitments::table
        .filter(commitments::answer_id.eq(answer))
        .filter(commitments::kept_on.is_null());
    diesel::update(made)
        .set(commitments::made_on.eq(None::<NaiveDate>))
        .execute(conn)
        .await?;
    Ok(true)
}

/// The day of the first answer that did leave.
async fn first_answer(conn: &mut Conn, case: CaseId) -> Result<Option<NaiveDate>, DbError> {
    answers::table
        .filter(answers::case_id.eq(case.0))
        .select(diesel::dsl::min(answers::handed_over_on))
        .first(conn)
        .await
}

/// The ten days to object have not begun.
async fn not_told(conn: &mut Conn, case: CaseId, left_on: NaiveDate) -> Result<(), DbError> {
    let by_it = requalifications::table
        .filter(requalifications::case_id.eq(case.0))
        .filter(requalifications::is_last)
        .filter(requalifications::told_on.eq(left_on))
        .filter(requalifications::objected_at.is_null())
        .filter(requalifications::settled_at.is_null());
    diesel::update(by_it)
        .set(requalifications::told_on.eq(None::<NaiveDate>))
        .execute(conn)
        .await
        .map(drop)
}

async fn dues(conn: &mut Conn, case: CaseId) -> Result<Dues, DbError> {
    type Row = (
        Option<NaiveDate>,
        Option<NaiveDate>,
        Option<NaiveDate>,
        NaiveDate,
    );
    let (ack_due, answer_due, target, last): Row = cases::table
        .inner_join(legal_dates::table)
        .filter(cases::id.eq(case.0))
        .select((
            legal_dates::ack_due_on,
            legal_dates::answer_due_on,
            cases::target_on,
            cases::next_due_on,
        ))
        .first(conn)
        .await?;
    Ok(Dues {
        ack_due,
        answer_due,
        target,
        last,
    })
}
