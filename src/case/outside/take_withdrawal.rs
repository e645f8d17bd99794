//! The act of noting that the person withdraws, as they asked otherwise than on their page: they are
//! told, and can object.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde::Deserialize;

use crate::calendar;
use crate::case::act::{ActError, Seen, Touch, guarded, refusal};
use crate::case::exchange::MessageKind;
use crate::case::filing::Text;
use crate::case::hand_over::drop_letters;
use crate::case::outside::lapse::lapse;
use crate::case::outside::tell::tell;
use crate::case::withdraw::{FALL_AWAY, answer_may_arrive};
use crate::case::{Channel, Dossier, Nature, Office, StaffId, Status, dossier, events};
use crate::db::schema::{cases, withdrawals_taken};
use crate::db::{Conn, DbError};
use crate::journal::Actor;
use crate::mail::words::{AskedThrough, Told, WithdrawalTaken};

/// How it was said, 1 to 2,000 characters: for staff alone.
pub type Circumstances = Text<1, 2_000>;

/// A withdrawal to note.
#[derive(Clone, Debug)]
pub struct NewWithdrawal {
    /// How the person asked.
    pub channel: Channel,
    /// When, Paris calendar: from the case's reception to today.
    pub asked_on: NaiveDate,
    /// How it was said.
    pub circumstances: Circumstances,
}

/// The last withdrawal that staff noted on a case.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Deserialize)]
#[diesel(table_name = withdrawals_taken, check_for_backend(diesel::pg::Pg))]
pub struct WithdrawalTakenRow {
    pub(super) message_id: i64,
    /// How the person asked.
    pub channel: Channel,
    /// When, Paris calendar.
    pub asked_on: NaiveDate,
    pub(super) status_before: Status,
    pub(super) taken_at: DateTime<Utc>,
    /// When they said that it was a mistake, UTC.
    pub objected_at: Option<DateTime<Utc>>,
}

/// Withdraws the case at the word of its person. Letters that waited to be posted are no longer
/// needed, but an answer that was leaving still leaves.
///
/// # Errors
/// [`ActError::BadDate`] when the day is to come or before the case was received; or it is over, has
/// changed since it was shown, or the e-mail cannot be queued.
pub async fn take_withdrawal(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    new: &NewWithdrawal,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    let today = calendar::paris_date(at);
    conn.transaction(async |conn| {
        let before = dossier::by_id(conn, seen.case).await?.case.status;
        end(conn, seen, today, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        if new.asked_on < dossier.dates.received_on || today < new.asked_on {
            return Err(ActError::BadDate);
        }
        let told = WithdrawalTaken {
            is_complaint: dossier.case.nature == Nature::Complaint,
            asked_on: new.asked_on,
            through: through(new.channel),
            awaits_answer: dossier.case.answered_on.is_none(),
            answer_may_arrive: answer_may_arrive(conn, seen.case).await?,
            is_online: dossier.is_followed_online(),
        };
        let actor = (Actor::Staff(by.0), at);
        drop_letters(conn, seen.case, &FALL_AWAY, actor).await?;
        let told = (MessageKind::WithdrawalTaken, Told::WithdrawalTaken(told));
        let spoken = tell(conn, office, &dossier, told, (by, at)).await?;
        insert(conn, &dossier, new, (spoken.message, before), (by, at)).await?;
        lapse(conn, seen.case, at).await?;
        let entry = events::withdrawal_taken(new.channel, new.asked_on, &spoken.text);
        Ok(spoken.record(conn, seen.case, entry, (by, at)).await?)
    })
    .await
}

async fn end(
    conn: &mut Conn,
    seen: Seen,
    today: NaiveDate,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    let from = Status::leading_to(Status::Withdrawn);
    let changed = diesel::update(guarded(seen, &from))
        .set((
            cases::status.eq(Status::Withdrawn),
            cases::closed_on.eq(today),
            cases::version.eq(cases::version + 1),
            Touch::at(at),
        ))
        .execute(conn)
        .await?;
    if changed == 0 {
        return Err(refusal(conn, seen).await?);
    }
    Ok(())
}

/// Writes the row, which is the last one of its case from now on.
async fn insert(
    conn: &mut Conn,
    dossier: &Dossier,
    new: &NewWithdrawal,
    (message, before): (i64, Status),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), DbError> {
    let case = dossier.case.id();
    let earlier = withdrawals_taken::table
        .filter(withdrawals_taken::case_id.eq(case.0))
        .filter(withdrawals_taken::is_last);
    diesel::update(earlier)
        .set(withdrawals_taken::is_last.eq(false))
        .execute(conn)
        .await?;
    diesel::insert_into(withdrawals_taken::table)
        .values((
            withdrawals_taken::message_id.eq(message),
            withdrawals_taken::case_id.eq(case.0),
            withdrawals_taken::staff_id.eq(by.0),
            withdrawals_taken::channel.eq(new.channel),
            withdrawals_taken::asked_on.eq(new.asked_on),
            withdrawals_taken::circumstances.eq(new.circumstances.as_str()),
            withdrawals_taken::status_before.eq(before),
            withdrawals_taken::taken_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

const fn through(channel: Channel) -> AskedThrough {
    match channel {
        Channel::Web => AskedThrough::Site,
        Channel::Email => AskedThrough::Email,
        Channel::Post => AskedThrough::Post,
        Channel::Phone => AskedThrough::Phone,
        Channel::Counter => AskedThrough::Counter,
    }
}
