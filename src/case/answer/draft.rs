//! Writing an answer: kept as it is typed, complete or not, until it goes through the gate.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::answer::{Circumstances, Missing, Outcome, Position, check};
use crate::case::{CaseId, Office, StaffId, Status, events};
use crate::db::schema::{answer_positions, answers, cases, grievances};
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor};

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
    author_id: i64,
    reader_id: Option<i64>,
    pub letter: Option<String>,
    pub outbox_id: Option<i64>,
    pub written_at: DateTime<Utc>,
    pub handed_over_on: Option<NaiveDate>,
}

impl AnswerRow {
    /// Who wrote it last.
    pub const fn author(&self) -> StaffId {
        StaffId(self.author_id)
    }

    /// Who read it, if anyone.
    pub fn reader(&self) -> Option<StaffId> {
        self.reader_id.map(StaffId)
    }
}

/// Keeps what is typed. A second reading is void once the text changes.
///
/// # Errors
/// When the case is not open, has changed since it was shown, or its answer is leaving already
/// ([`ActError::AnswerLeaving`]); or the database fails.
pub async fn save(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    draft: &AnswerDraft,
    (author, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    const FROM: [Status; 2] = [Status::Received, Status::Acknowledged];
    conn.transaction(async |conn| {
        count(conn, seen, &FROM, at).await?;
        let answer = put_row(conn, seen.case, draft, author, at).await?;
        put_points(conn, seen.case, answer, &draft.points).await?;
        let awaits_reader = awaits_reader(draft, office.second_reader_required());
        mark_awaiting(conn, seen.case, awaits_reader).await?;
        let entry = events::answer_drafted(answer);
        journal::append(conn, seen.case.0, entry, Actor::Staff(author.0), at).await?;
        Ok(())
    })
    .await
}

/// Whether a draft lacks nothing but the eyes of another person.
fn awaits_reader(draft: &AnswerDraft, second_reader_required: bool) -> bool {
    let unread = Circumstances {
        second_reader_required,
        author: StaffId(0),
        reader: None,
        n_eligible_readers: 1,
    };
    check(draft, &unread).is_err_and(|missing| missing == [Missing::SecondReading])
}

/// Notes on the case's row whether its answer waits for a second reader.
pub(super) async fn mark_awaiting(
    conn: &mut Conn,
    case: CaseId,
    awaits_reader: bool,
) -> Result<(), DbError> {
    diesel::update(cases::table.find(case.0))
        .set(cases::awaits_reader.eq(awaits_reader))
        .execute(conn)
        .await
        .map(drop)
}

async fn put_row(
    conn: &mut Conn,
    case: CaseId,
    draft: &AnswerDraft,
    author: StaffId,
    at: DateTime<Utc>,
) -> Result<i64, ActError> {
    let values = (
        answers::outcome.eq(draft.outcome),
        answers::introduction.eq(&draft.introduction),
        answers::author_id.eq(author.0),
        answers::reader_id.eq(None::<i64>),
        answers::written_at.eq(at),
    );
    match in_hand(conn, case).await? {
        Some(row) if row.state == AnswerState::Draft => {
            diesel::update(answers::table.find(row.id))
                .set(values)
                .execute(conn)
                .await?;
            Ok(row.id)
        }
        Some(_) => Err(ActError::AnswerLeaving),
        None => Ok(diesel::insert_into(answers::table)
            .values((answers::case_id.eq(case.0), values))
            .returning(answers::id)
            .get_result(conn)
            .await?),
    }
}

async fn put_points(
    conn: &mut Conn,
    case: CaseId,
    answer: i64,
    points: &[Point],
) -> Result<(), DbError> {
    let old = answer_positions::table.filter(answer_positions::answer_id.eq(answer));
    diesel::delete(old).execute(conn).await?;
    diesel::delete(grievances::table.filter(grievances::case_id.eq(case.0)))
        .execute(conn)
        .await?;
    for (number, point) in (1_i32..).zip(points) {
        diesel::insert_into(grievances::table)
            .values((
                grievances::case_id.eq(case.0),
                grievances::number.eq(number),
                grievances::text.eq(&point.grievance),
            ))
            .execute(conn)
            .await?;
        diesel::insert_into(answer_positions::table)
            .values((
                answer_positions::answer_id.eq(answer),
                answer_positions::grievance.eq(number),
                answer_positions::position.eq(point.position),
                answer_positions::grounds.eq(&point.grounds),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
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

/// Every answer of the case, oldest first, at most 100.
///
/// # Errors
/// When the database fails.
pub async fn of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<AnswerRow>, DbError> {
    answers::table
        .filter(answers::case_id.eq(case.0))
        .order(answers::id.asc())
        .limit(100)
        .select(AnswerRow::as_select())
        .load(conn)
        .await
}

/// The points of an answer, in their order.
///
/// # Errors
/// When the database fails.
pub async fn points(conn: &mut Conn, case: CaseId, answer: i64) -> Result<Vec<Point>, DbError> {
    let rows: Vec<(String, Option<Position>, String)> = grievances::table
        .inner_join(answer_positions::table.on(answer_positions::grievance.eq(grievances::number)))
        .filter(
            grievances::case_id
                .eq(case.0)
                .and(answer_positions::answer_id.eq(answer)),
        )
        .order(grievances::number.asc())
        .select((
            grievances::text,
            answer_positions::position,
            answer_positions::grounds,
        ))
        .load(conn)
        .await?;
    let point = |(grievance, position, grounds)| Point {
        grievance,
        position,
        grounds,
    };
    Ok(rows.into_iter().map(point).collect())
}
