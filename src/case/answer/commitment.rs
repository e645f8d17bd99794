//! What an answer promises to the person, by when, and whether it was kept.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde::Deserialize;

use crate::calendar;
use crate::case::act::{ActError, Seen, count};
use crate::case::{CaseId, StaffId, Status, events};
use crate::db::schema::commitments;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// A commitment as typed: complete or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Commitment {
    /// What is promised, in the words of the letter.
    pub text: String,
    /// The last day to keep it, Paris calendar.
    pub due_on: Option<NaiveDate>,
}

impl Commitment {
    /// Longest text, in characters.
    pub const MAX_CHARS: u64 = 500;

    /// Whether nothing of it was typed.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.due_on.is_none()
    }
}

/// A commitment of an answer that has left.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = commitments, check_for_backend(diesel::pg::Pg))]
pub struct MadeCommitment {
    /// Its row.
    pub id: i64,
    /// What was promised.
    pub text: String,
    due_on: Option<NaiveDate>,
    made_on: Option<NaiveDate>,
    /// The day it was kept, Paris calendar.
    pub kept_on: Option<NaiveDate>,
    kept_by: Option<i64>,
}

impl MadeCommitment {
    /// The last day to keep it, Paris calendar.
    pub fn due_on(&self) -> NaiveDate {
        // The table refuses one that was made without a date.
        self.due_on.or(self.made_on).unwrap_or_default()
    }

    /// Who noted that it was kept.
    pub fn kept_by(&self) -> Option<StaffId> {
        self.kept_by.map(StaffId)
    }

    /// Whether its day has passed and it is not kept.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.kept_on.is_none() && self.due_on() < today
    }
}

/// Most commitments that a page shows.
const PAGE: i64 = 100;

/// What was promised on a case by answers that have left, first due first.
///
/// # Errors
/// When the database fails.
pub async fn made(conn: &mut Conn, case: CaseId) -> Result<Vec<MadeCommitment>, DbError> {
    commitments::table
        .filter(commitments::case_id.eq(case.0))
        .filter(commitments::made_on.is_not_null())
        .order((commitments::due_on.asc(), commitments::id.asc()))
        .limit(PAGE)
        .select(MadeCommitment::as_select())
        .load(conn)
        .await
}

/// Writes the commitments of a draft in place of those it had.
pub(super) async fn put(
    conn: &mut Conn,
    (case, answer): (CaseId, i64),
    typed: &[Commitment],
) -> Result<(), DbError> {
    diesel::delete(commitments::table.filter(commitments::answer_id.eq(answer)))
        .execute(conn)
        .await?;
    let rows: Vec<_> = (1_i32..)
        .zip(typed)
        .map(|(number, one)| {
            (
                commitments::case_id.eq(case.0),
                commitments::answer_id.eq(answer),
                commitments::number.eq(number),
                commitments::text.eq(&one.text),
                commitments::due_on.eq(one.due_on),
            )
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    diesel::insert_into(commitments::table)
        .values(rows)
        .execute(conn)
        .await
        .map(drop)
}

/// Drops the lines of an answer that were left blank: they promise nothing.
pub(super) async fn drop_blank(conn: &mut Conn, answer: i64) -> Result<(), DbError> {
    let blank = commitments::table
        .filter(commitments::answer_id.eq(answer))
        .filter(commitments::text.eq(""))
        .filter(commitments::due_on.is_null());
    diesel::delete(blank).execute(conn).await.map(drop)
}

/// The answer has left on this day: what it promises is followed from now on. The gate let whole
/// commitments through only; nothing here may fail on another, for the answer has left.
pub(super) async fn make(conn: &mut Conn, answer: i64, on: NaiveDate) -> Result<(), DbError> {
    drop_blank(conn, answer).await?;
    let whole = commitments::table
        .filter(commitments::answer_id.eq(answer))
        .filter(commitments::text.ne(""))
        .filter(commitments::due_on.is_not_null());
    diesel::update(whole)
        .set(commitments::made_on.eq(on))
        .execute(conn)
        .await
        .map(drop)
}

/// Notes that a commitment was kept on `kept_on` (Paris calendar).
///
/// # Errors
/// [`ActError::BadDate`] when the day is to come or before it was made; [`ActError::NothingToKeep`]
/// when there is no such commitment to keep; or the case has changed since it was shown, or the
/// database fails.
pub async fn keep(
    conn: &mut Conn,
    seen: Seen,
    (commitment, kept_on): (i64, NaiveDate),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let open = commitments::table
            .filter(commitments::id.eq(commitment))
            .filter(commitments::case_id.eq(seen.case.0))
            .filter(commitments::kept_on.is_null());
        let made_on: Option<Option<NaiveDate>> = open
            .select(commitments::made_on)
            .first(conn)
            .await
            .optional()?;
        let Some(made_on) = made_on.flatten() else {
            return Err(ActError::NothingToKeep);
        };
        if kept_on < made_on || calendar::paris_date(at) < kept_on {
            return Err(ActError::BadDate);
        }
        diesel::update(open)
            .set((
                commitments::kept_on.eq(kept_on),
                commitments::kept_by.eq(by.0),
            ))
            .execute(conn)
            .await?;
        let entry = events::commitment_kept(commitment, kept_on);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}
