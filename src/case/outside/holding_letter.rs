//! The act of announcing a delay: it informs, and never moves a legal date (R23).

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde::Deserialize;

use crate::calendar;
use crate::case::act::{ActError, Seen, answered_person, count};
use crate::case::exchange::MessageKind;
use crate::case::filing::Text;
use crate::case::outside::OPEN;
use crate::case::outside::ask::is_ahead;
use crate::case::outside::follow_up::{self, FollowUpKind};
use crate::case::outside::tell::{due, tell};
use crate::case::{CaseId, Nature, Office, StaffId, dossier, events};
use crate::db::schema::holding_letters;
use crate::db::{Conn, DbError};
use crate::mail::words::{HoldingLetter, Told};

/// Why the answer takes longer, 1 to 2,000 characters; the person reads it.
pub type Reason = Text<1, 2_000>;

/// What is announced.
#[derive(Clone, Debug)]
pub struct NewHoldingLetter {
    /// Why.
    pub reason: Reason,
    /// By when the answer is hoped, Paris calendar: from today to a year ahead.
    pub announced_on: NaiveDate,
}

/// A letter whose announcement still stands.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Deserialize)]
#[diesel(table_name = holding_letters, check_for_backend(diesel::pg::Pg))]
pub struct HoldingLetterRow {
    /// The first of its case is 1.
    pub rank: i32,
    /// Why; none once erased.
    pub reason: Option<String>,
    /// The day announced, Paris calendar.
    pub announced_on: NaiveDate,
    /// The day it was written, Paris calendar.
    pub written_on: NaiveDate,
}

/// Writes a holding letter. Its day is followed inside the house; every due date stays.
///
/// # Errors
/// [`ActError::BadDate`] when the day is past or more than a year ahead; or no answer is owed any
/// more, the case has changed since it was shown, or the e-mail cannot be queued.
pub async fn write_holding_letter(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    new: &NewHoldingLetter,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    let today = calendar::paris_date(at);
    if !is_ahead(new.announced_on, today) {
        return Err(ActError::BadDate);
    }
    conn.transaction(async |conn| {
        count(conn, seen, &OPEN, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        let rank = next_rank(conn, seen.case).await?;
        let says = (new.reason.as_str(), new.announced_on);
        let is_complaint = dossier.case.nature == Nature::Complaint;
        let letter = HoldingLetter::new(is_complaint, rank, says, due(&dossier, today));
        let told = (MessageKind::HoldingLetter, Told::HoldingLetter(letter));
        let spoken = tell(conn, office, &dossier, told, (by, at)).await?;
        replace(conn, seen.case).await?;
        let id: i64 = diesel::insert_into(holding_letters::table)
            .values((
                holding_letters::case_id.eq(seen.case.0),
                holding_letters::rank.eq(rank),
                holding_letters::message_id.eq(spoken.message),
                holding_letters::staff_id.eq(by.0),
                holding_letters::reason.eq(new.reason.as_str()),
                holding_letters::announced_on.eq(new.announced_on),
                holding_letters::written_on.eq(today),
            ))
            .returning(holding_letters::id)
            .get_result(conn)
            .await?;
        answered_person(conn, seen.case).await?;
        let kind = FollowUpKind::HoldingLetter;
        follow_up::follow(conn, seen.case, kind, new.announced_on, at).await?;
        let entry = events::holding_letter_written(id, rank, new.announced_on, &spoken.text);
        Ok(spoken.record(conn, seen.case, entry, (by, at)).await?)
    })
    .await
}

async fn next_rank(conn: &mut Conn, case: CaseId) -> Result<i32, DbError> {
    let last: Option<i32> = holding_letters::table
        .filter(holding_letters::case_id.eq(case.0))
        .select(diesel::dsl::max(holding_letters::rank))
        .first(conn)
        .await?;
    Ok(last.unwrap_or(0).saturating_add(1))
}

/// What an earlier letter announced no longer stands.
async fn replace(conn: &mut Conn, case: CaseId) -> Result<(), DbError> {
    let current = holding_letters::table
        .filter(holding_letters::case_id.eq(case.0))
        .filter(holding_letters::is_current);
    diesel::update(current)
        .set(holding_letters::is_current.eq(false))
        .execute(conn)
        .await
        .map(drop)
}
