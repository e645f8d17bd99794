//! The act: all of one case in one transaction, with its line in the journal.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::answer::{AnswerState, Outcome};
use crate::case::erase::fates::{FATES, Fate};
use crate::case::events::erase::erased;
use crate::case::hand_over::lock;
use crate::case::hold::not_held;
use crate::case::{CaseId, StaffId, Status, dossier};
use crate::db::schema::{answers, case_files, cases, erased_cases, messages};
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor};

text_code! {
    /// Why a case was erased.
    pub enum Cause {
        /// The time it is kept was over.
        Retention => "retention",
        /// The person asked for it (GDPR, art. 17).
        Request => "request",
    }
}

/// Why a case was not erased for its person.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// Something is still owed to the person, or can be.
    #[error("the case is {}", .0.code())]
    StillOpen(Status),
    /// It is kept for a dispute or a mediation.
    #[error("under a legal hold")]
    Held,
    /// There is no such case, or it is erased.
    #[error("no such case")]
    Unknown,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
}

/// Erases a case at the request of its person, decided by `by`.
///
/// # Errors
/// While it is open or only just answered: what is owed to the person is owed first. When it is
/// unknown or erased already, or the database fails.
pub async fn erase_for_person(
    conn: &mut Conn,
    case: CaseId,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), EraseError> {
    conn.transaction(async |conn| {
        lock(conn, case).await?;
        let dossier = match dossier::by_id(conn, case).await {
            Err(DbError::NotFound) => return Err(EraseError::Unknown),
            other => other?,
        };
        if !dossier.case.status.has_ended() {
            return Err(EraseError::StillOpen(dossier.case.status));
        }
        if is_held(conn, case, calendar::paris_date(at)).await? {
            return Err(EraseError::Held);
        }
        erase(conn, case, (Cause::Request, Some(by)), at).await?;
        Ok(())
    })
    .await
}

/// Whether a legal hold keeps it.
async fn is_held(conn: &mut Conn, case: CaseId, today: NaiveDate) -> Result<bool, DbError> {
    let free = cases::table.find(case.0).filter(not_held(today).fixed());
    diesel::select(diesel::dsl::not(diesel::dsl::exists(free)))
        .get_result(conn)
        .await
}

/// Erases one case; its row is locked.
pub(super) async fn erase(
    conn: &mut Conn,
    case: CaseId,
    (why, by): (Cause, Option<StaffId>),
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let outcome = last_outcome(conn, case).await?;
    let [n_messages, n_files, n_answers] = counts(conn, case).await?;
    for (table, fate) in FATES {
        match fate {
            Fate::Deleted(found) => {
                run(conn, format!("DELETE FROM {table} WHERE {found}"), case).await?;
            }
            Fate::Emptied(columns) => {
                let emptied: Vec<String> = columns
                    .iter()
                    .map(|column| format!("{column} = NULL"))
                    .collect();
                let emptied = emptied.join(", ");
                let sql =
                    format!("UPDATE {table} SET version = version + 1, {emptied} WHERE id = $1");
                run(conn, sql, case).await?;
            }
            Fate::GoesWith(_) | Fate::Stays | Fate::OfNoCase => {}
        }
    }
    diesel::insert_into(erased_cases::table)
        .values((
            erased_cases::case_id.eq(case.0),
            erased_cases::erased_at.eq(at),
            erased_cases::cause.eq(why),
            erased_cases::erased_by.eq(by.map(|by| by.0)),
            erased_cases::outcome.eq(outcome),
            erased_cases::n_messages.eq(n_messages),
            erased_cases::n_files.eq(n_files),
            erased_cases::n_answers.eq(n_answers),
        ))
        .execute(conn)
        .await?;
    let actor = by.map_or(Actor::System, |by| Actor::Staff(by.0));
    let entry = erased(why, n_messages, n_files);
    journal::append(conn, case.0, entry, actor, at)
        .await
        .map(drop)
}

/// Only what [`FATES`] says is run: no part of it was typed by anyone.
#[expect(
    clippy::disallowed_methods,
    reason = "one list of tables says what goes; the query builder would say it twice"
)]
async fn run(conn: &mut Conn, sql: String, case: CaseId) -> Result<(), DbError> {
    diesel::sql_query(sql)
        .bind::<BigInt, _>(case.0)
        .execute(conn)
        .await
        .map(drop)
}

/// What the last answer that left decided.
async fn last_outcome(conn: &mut Conn, case: CaseId) -> Result<Option<Outcome>, DbError> {
    let last: Option<Option<Outcome>> = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.eq(AnswerState::HandedOver))
        .order(answers::id.desc())
        .select(answers::outcome)
        .first(conn)
        .await
        .optional()?;
    Ok(last.flatten())
}

/// Messages, files and answers it had.
async fn counts(conn: &mut Conn, case: CaseId) -> Result<[i64; 3], DbError> {
    Ok([
        messages::table
            .filter(messages::case_id.eq(case.0))
            .count()
            .get_result(conn)
            .await?,
        case_files::table
            .filter(case_files::case_id.eq(case.0))
            .count()
            .get_result(conn)
            .await?,
        answers::table
            .filter(answers::case_id.eq(case.0))
            .filter(answers::state.eq(AnswerState::HandedOver))
            .count()
            .get_result(conn)
            .await?,
    ])
}
