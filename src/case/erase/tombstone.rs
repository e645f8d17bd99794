//! What stays of a case that was erased.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::answer::Outcome;
use crate::case::erase::Cause;
use crate::case::{Channel, Nature, Reference, Status};
use crate::db::schema::{cases, erased_cases};
use crate::db::{Conn, DbError};

/// That a case was, and how it ended.
#[derive(Clone, Debug, Queryable)]
pub struct Tombstone {
    reference_year: i16,
    /// What it counted as.
    pub nature: Nature,
    /// How it reached us.
    pub channel: Channel,
    /// Where it stood.
    pub status: Status,
    /// When it reached us, UTC.
    pub received_at: DateTime<Utc>,
    /// Paris date of the acknowledgement's hand-over.
    pub acknowledged_on: Option<NaiveDate>,
    /// Paris date of the first answer's hand-over.
    pub answered_on: Option<NaiveDate>,
    /// Paris date of its end.
    pub closed_on: Option<NaiveDate>,
    /// Generation of its access code: whoever has the code is told that it was erased.
    pub code_generation: i32,
    /// When it was erased, UTC.
    pub erased_at: DateTime<Utc>,
    /// Why.
    pub cause: Cause,
    /// Of the last answer that left.
    pub outcome: Option<Outcome>,
    /// Messages it had.
    pub n_messages: i64,
    /// Files it had.
    pub n_files: i64,
    /// Answers that left.
    pub n_answers: i64,
}

/// The tombstone of the case that a reference names, if it was erased.
///
/// # Errors
/// When the database fails.
pub async fn tombstone(
    conn: &mut Conn,
    reference: Reference,
) -> Result<Option<Tombstone>, DbError> {
    let case = reference.case();
    let found: Option<Tombstone> = erased_cases::table
        .inner_join(cases::table)
        .filter(erased_cases::case_id.eq(case.0))
        .select((
            cases::reference_year,
            cases::nature,
            cases::channel,
            cases::status,
            cases::received_at,
            cases::acknowledged_on,
            cases::answered_on,
            cases::closed_on,
            cases::code_generation,
            erased_cases::erased_at,
            erased_cases::cause,
            erased_cases::outcome,
            erased_cases::n_messages,
            erased_cases::n_files,
            erased_cases::n_answers,
        ))
        .first(conn)
        .await
        .optional()?;
    Ok(found.filter(|found| Reference::new(found.reference_year, case) == reference))
}
