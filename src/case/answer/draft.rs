//! An answer as it is typed and kept, complete or not, until it goes through the gate.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::answer::{Amount, Commitment, Outcome, Position};
use crate::case::{CaseId, StaffId};
use crate::db::schema::answers;
use crate::db::{Conn, DbError, text_code};

text_code! {
    /// How far an answer has come.
    pub enum AnswerState {
        /// Being written.
        Draft => "draft",
        /// Through the gate, not handed over yet.
        Leaving => "leaving",
        /// It has left.
        HandedOver => "handed_over",
    }
}

/// An answer as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerDraft {
    /// What it decides.
    pub outcome: Option<Outcome>,
    /// What comes before the grievances.
    pub introduction: String,
    /// One per grievance, in their order.
    pub points: Vec<Point>,
    /// The sum it grants, if any.
    pub amount: Option<Amount>,
    /// What it promises.
    pub commitments: Vec<Commitment>,
    /// Why it decides otherwise than most comparable cases did; for staff only.
    pub divergence: String,
}

impl AnswerDraft {
    /// All that was typed as one text, for the digest of the journal.
    pub(super) fn words(&self) -> String {
        let points = self.points.iter().flat_map(|point| {
            let position = point.position.map_or("", Position::code);
            [point.grievance.as_str(), position, point.grounds.as_str()]
        });
        let points: Vec<&str> = points.collect();
        let promised = self.commitments.iter().map(|one| {
            let due_on = one.due_on.map(|on| on.to_string());
            format!("{}\u{1f}{}", one.text, due_on.unwrap_or_default())
        });
        let promised: Vec<String> = promised.collect();
        [
            self.outcome.map_or("", Outcome::code),
            &self.introduction,
            &points.join("\u{1f}"),
            &self.amount.map(Amount::plain).unwrap_or_default(),
            &promised.join("\u{1f}"),
            &self.divergence,
        ]
        .join("\u{1e}")
    }
}

/// A grievance and what is answered to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// The grievance, in our words.
    pub grievance: String,
    /// The position.
    pub position: Option<Position>,
    /// Its grounds.
    pub grounds: String,
}

/// An answer as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = answers, check_for_backend(diesel::pg::Pg))]
#[expect(
    missing_docs,
    reason = "the columns are explained in the schema, under the same names"
)]
pub struct AnswerRow {
    pub id: i64,
    pub state: AnswerState,
    pub outcome: Option<Outcome>,
    pub introduction: String,
    #[diesel(column_name = amount_cents)]
    pub amount: Option<Amount>,
    /// What most comparable cases decided when it was last written.
    pub common_outcome: Option<Outcome>,
    author_id: i64,
    writer_ids: Vec<Option<i64>>,
    reader_id: Option<i64>,
    pub letter: Option<String>,
    pub outbox_id: Option<i64>,
    pub written_at: DateTime<Utc>,
    pub handed_over_on: Option<NaiveDate>,
    /// When it was last sent, UTC; none while it is a draft.
    pub sent_at: Option<DateTime<Utc>>,
    /// Until when its sending can be cancelled, UTC.
    pub held_until: Option<DateTime<Utc>>,
}

impl AnswerRow {
    /// Who wrote it last.
    pub const fn author(&self) -> StaffId {
        StaffId(self.author_id)
    }

    /// Everyone who has written it: none of them reads it over.
    pub fn writers(&self) -> Vec<StaffId> {
        let mut writers = vec![self.author()];
        writers.extend(self.writer_ids.iter().flatten().copied().map(StaffId));
        writers.sort_unstable();
        writers.dedup();
        writers
    }

    /// Who read it, if anyone.
    pub fn reader(&self) -> Option<StaffId> {
        self.reader_id.map(StaffId)
    }
}

/// The answer being written or leaving, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn in_hand(conn: &mut Conn, case: CaseId) -> Result<Option<AnswerRow>, DbError> {
    answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.ne(AnswerState::HandedOver))
        .select(AnswerRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// Whether an answer has gone through the gate, left or not.
///
/// # Errors
/// When the database fails.
pub(in crate::case) async fn is_sent(conn: &mut Conn, case: CaseId) -> Result<bool, DbError> {
    let sent = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.ne(AnswerState::Draft));
    diesel::select(diesel::dsl::exists(sent))
        .get_result(conn)
        .await
}

/// Whether this e-mail carried a reasoned answer of the case.
///
/// # Errors
/// When the database fails.
pub(in crate::case) async fn is_carried_by(
    conn: &mut Conn,
    case: CaseId,
    outbox: i64,
) -> Result<bool, DbError> {
    let its_answer = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::outbox_id.eq(outbox));
    diesel::select(diesel::dsl::exists(its_answer))
        .get_result(conn)
        .await
}

/// Whether this e-mail carried the last answer of the case: none was begun after it.
///
/// # Errors
/// When the database fails.
pub(in crate::case) async fn is_last(
    conn: &mut Conn,
    case: CaseId,
    outbox: i64,
) -> Result<bool, DbError> {
    let last: Option<Option<i64>> = answers::table
        .filter(answers::case_id.eq(case.0))
        .order(answers::id.desc())
        .select(answers::outbox_id)
        .first(conn)
        .await
        .optional()?;
    Ok(last == Some(Some(outbox)))
}

/// Whether an answer has gone through the gate and not left yet.
///
/// # Errors
/// When the database fails.
pub async fn is_leaving(conn: &mut Conn, case: CaseId) -> Result<bool, DbError> {
    let leaving = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.eq(AnswerState::Leaving));
    diesel::select(diesel::dsl::exists(leaving))
        .get_result(conn)
        .await
}
