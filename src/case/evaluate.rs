//! The act of saying what one thinks of our answer: three levels and a comment, the person's to
//! change for thirty days after the last answer.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::ActError;
use crate::case::dossier::{self, digest};
use crate::case::filing::Text;
use crate::case::hand_over::lock;
use crate::case::{CaseId, Dossier, events};
use crate::db::schema::{answers, evaluations};
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor};

text_code! {
    /// What the person thinks of our answer.
    pub enum Satisfaction {
        /// It satisfies them.
        Satisfied => "satisfied",
        /// In part.
        Partly => "partly",
        /// It does not: no disagreement by itself, which is said outright.
        Unsatisfied => "unsatisfied",
    }
}

/// A comment beside the level, at most 1,000 characters.
pub type Comment = Text<1, 1_000>;

/// How long an evaluation can be given and changed, in days after the last answer.
const EVALUATE_WITHIN_DAYS: u64 = 30;

/// An evaluation as kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = evaluations, check_for_backend(diesel::pg::Pg))]
pub struct Evaluation {
    /// Counts its changes; one of an older version is refused.
    pub version: i32,
    /// The level.
    pub level: Satisfaction,
    /// The comment.
    pub comment: Option<String>,
    /// When it was last changed, UTC.
    pub changed_at: DateTime<Utc>,
}

/// The last day to give or change an evaluation, Paris calendar, given when the last answer left.
pub fn last_day_to_evaluate(answered_on: NaiveDate) -> NaiveDate {
    answered_on
        .checked_add_days(chrono::Days::new(EVALUATE_WITHIN_DAYS))
        .unwrap_or(answered_on)
}

/// Keeps the evaluation, the first or one that takes the place of `version`. The same again changes
/// nothing.
///
/// # Errors
/// [`ActError::NotNow`] when there is no answer, [`ActError::BadDate`] when the thirty days are over,
/// [`ActError::Stale`] when another page of the person said something else meanwhile; or the
/// database fails.
pub async fn evaluate(
    conn: &mut Conn,
    case: CaseId,
    version: i32,
    (level, comment): (Satisfaction, Option<&Comment>),
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    let comment = comment.map(Text::as_str);
    conn.transaction(async |conn| {
        lock(conn, case).await?;
        let dossier = dossier::by_id(conn, case).await?;
        let Some(answered_on) = answered_on(conn, &dossier).await? else {
            return Err(ActError::NotNow(dossier.case.status));
        };
        if last_day_to_evaluate(answered_on) < calendar::paris_date(at) {
            return Err(ActError::BadDate);
        }
        let before = dossier.evaluation.as_ref();
        if before.is_some_and(|one| one.level == level && one.comment.as_deref() == comment) {
            return Ok(());
        }
        if before.map_or(0, |one| one.version) != version {
            return Err(ActError::Stale);
        }
        put(conn, case, (level, comment), at).await?;
        let digest = comment.map(|text| digest(dossier.case.secret.as_deref(), text));
        let entry = events::evaluated(level, digest.as_ref());
        journal::append(conn, case.0, entry, Actor::Person, at).await?;
        Ok(())
    })
    .await
}

async fn put(
    conn: &mut Conn,
    case: CaseId,
    (level, comment): (Satisfaction, Option<&str>),
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    diesel::insert_into(evaluations::table)
        .values((
            evaluations::case_id.eq(case.0),
            evaluations::level.eq(level),
            evaluations::comment.eq(comment),
            evaluations::given_at.eq(at),
            evaluations::changed_at.eq(at),
        ))
        .on_conflict(evaluations::case_id)
        .do_update()
        .set((
            evaluations::version.eq(evaluations::version + 1),
            evaluations::level.eq(level),
            evaluations::comment.eq(comment),
            evaluations::changed_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// When the last answer left: a message for a request, else the last of the reasoned answers.
async fn answered_on(conn: &mut Conn, dossier: &Dossier) -> Result<Option<NaiveDate>, DbError> {
    let last: Option<NaiveDate> = answers::table
        .filter(answers::case_id.eq(dossier.case.id().0))
        .select(diesel::dsl::max(answers::handed_over_on))
        .first(conn)
        .await?;
    Ok(last.or(dossier.case.answered_on))
}
