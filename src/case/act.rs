//! What every act shares: the version of the case it was decided on, and why it can be refused.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar;
use crate::case::notify::NotifyError;
use crate::case::{CaseId, Status};
use crate::db::schema::cases;
use crate::db::{Conn, DbError};
use crate::letters::LetterError;
use crate::mail::words::WordsError;

/// The case as the person acting saw it: an act decided on an older version is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The case.
    pub case: CaseId,
    /// Its version when the page was shown.
    pub version: i32,
}

/// Why an act was refused.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// Someone acted on the case in between.
    #[error("the case has changed since it was shown")]
    Stale,
    /// The case is not in a state that allows it.
    #[error("the case is {}", .0.code())]
    NotNow(Status),
    /// A date that cannot be: in the future, or before the case was received.
    #[error("the date cannot be")]
    BadDate,
    /// The answer has gone through the gate: it can no longer be changed.
    #[error("the answer is leaving")]
    AnswerLeaving,
    /// A second reader reads someone else's answer.
    #[error("no answer of someone else to read")]
    OwnAnswer,
    /// No such commitment waits to be kept.
    #[error("no such commitment to keep")]
    NothingToKeep,
    /// No letter of this kind is ready to be posted.
    #[error("nothing to post")]
    NothingToPost,
    /// Whom the case complains about has no part in it.
    #[error("barred from the case")]
    Barred,
    /// A legal date was missed, and nobody has said why.
    #[error("the cause of a lateness is missing")]
    CauseMissing,
    /// Someone did it before, or there is nothing to undo.
    #[error("already done")]
    AlreadyDone,
    /// There is nothing of the kind to note, or it is noted already.
    #[error("nothing to note")]
    NothingToNote,
    /// No such case.
    #[error("no such case")]
    Unknown,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
    /// A letter could not be set.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// The words of an e-mail or of a letter could not be written.
    #[error(transparent)]
    Words(#[from] WordsError),
}

impl From<NotifyError> for ActError {
    fn from(error: NotifyError) -> Self {
        match error {
            NotifyError::Database(error) => Self::Database(error),
            NotifyError::Words(error) => Self::Words(error),
        }
    }
}

/// Tells why the guarded UPDATE of an act changed no row.
///
/// # Errors
/// Only when the database fails: the refusal itself is the value.
pub(super) async fn refusal(conn: &mut Conn, seen: Seen) -> Result<ActError, DbError> {
    let now: Option<(i32, Status)> = cases::table
        .find(seen.case.0)
        .select((cases::version, cases::status))
        .first(conn)
        .await
        .optional()?;
    Ok(match now {
        None => ActError::Unknown,
        Some((version, _)) if version != seen.version => ActError::Stale,
        Some((_, status)) => ActError::NotNow(status),
    })
}

/// What every act of staff writes on the case's row, beside its version.
#[derive(AsChangeset)]
#[diesel(table_name = cases)]
pub(super) struct Touch {
    last_event_at: DateTime<Utc>,
    touched_on: NaiveDate,
}

impl Touch {
    /// Of an act at this instant.
    pub(super) fn at(at: DateTime<Utc>) -> Self {
        Self {
            last_event_at: at,
            touched_on: calendar::paris_date(at),
        }
    }
}

/// Counts an act of staff that changes nothing else of the case's row, and locks it for the rest of
/// the act.
///
/// # Errors
/// Why the act is refused: the case has changed, is in another state, or the database fails.
pub(super) async fn count(
    conn: &mut Conn,
    seen: Seen,
    from: &[Status],
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    let changed = diesel::update(guarded(seen, from))
        .set((cases::version.eq(cases::version + 1), Touch::at(at)))
        .execute(conn)
        .await?;
    if changed == 0 {
        return Err(refusal(conn, seen).await?);
    }
    Ok(())
}

/// What the person last wrote is answered: we have written since.
pub(super) async fn answered_person(conn: &mut Conn, case: CaseId) -> Result<(), DbError> {
    diesel::update(cases::table.find(case.0))
        .set(cases::person_wrote_at.eq(None::<DateTime<Utc>>))
        .execute(conn)
        .await
        .map(drop)
}

/// The rows an act may change: the case, at the version seen, in one of these states.
pub(super) type Guarded<'a> = diesel::helper_types::Filter<
    diesel::helper_types::Filter<
        diesel::helper_types::Find<cases::table, i64>,
        diesel::dsl::Eq<cases::version, i32>,
    >,
    diesel::dsl::EqAny<cases::status, &'a [Status]>,
>;

/// The target of an act's UPDATE.
pub(super) fn guarded(seen: Seen, from: &[Status]) -> Guarded<'_> {
    cases::table
        .find(seen.case.0)
        .filter(cases::version.eq(seen.version))
        .filter(cases::status.eq_any(from))
}
