//! The answers of a case as its page shows them, in one reading.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Nullable};
use diesel_async::RunQueryDsl;
use serde::Deserialize;
use serde_json::Value;

use crate::case::CaseId;
use crate::case::answer::{AnswerDraft, AnswerRow, AnswerState, Commitment, Point, Position};
use crate::db::schema::{answer_positions, answers, divergences, grievances};
use crate::db::{Conn, DbError, fixed};

/// An answer with its points and what it promises.
#[derive(Clone, Debug)]
pub struct Written {
    /// The answer.
    pub row: AnswerRow,
    /// Its points, in their order.
    pub points: Vec<Point>,
    /// What it promises, in its order.
    pub promises: Vec<Promise>,
    /// Why it decides otherwise than most comparable cases did.
    pub divergence: String,
}

/// A commitment of an answer, and whether it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Promise {
    /// What it says.
    #[serde(flatten)]
    pub commitment: Commitment,
    /// The day it was kept, Paris calendar.
    pub kept_on: Option<NaiveDate>,
}

impl Written {
    /// It as typed.
    pub fn draft(&self) -> AnswerDraft {
        AnswerDraft {
            outcome: self.row.outcome,
            introduction: self.row.introduction.clone(),
            points: self.points.clone(),
            amount: self.row.amount,
            commitments: self
                .promises
                .iter()
                .map(|one| one.commitment.clone())
                .collect(),
            divergence: self.divergence.clone(),
        }
    }
}

/// The grievances that an answer which has left took a position on: they stay as they are.
pub fn settled_grievances(answers: &[Written]) -> Vec<&str> {
    let left = answers
        .iter()
        .filter(|written| written.row.state == AnswerState::HandedOver);
    let fullest = left.max_by_key(|written| written.points.len());
    let points = fullest.map_or(&[][..], |written| &written.points);
    points
        .iter()
        .map(|point| point.grievance.as_str())
        .collect()
}

/// Most lines read: answers times points.
const MOST: i64 = 1_000;

type PointColumns = (Option<String>, Option<Position>, Option<String>);

/// Every answer of the case, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn written(conn: &mut Conn, case: CaseId) -> Result<Vec<Written>, DbError> {
    let its_grievance = grievances::case_id
        .eq(answers::case_id)
        .and(answer_positions::grievance.eq(grievances::number));
    let rows: Vec<(AnswerRow, PointColumns, Option<Value>, Option<String>)> = answers::table
        .left_join(divergences::table)
        .left_join(answer_positions::table)
        .left_join(grievances::table.on(its_grievance.nullable()))
        .filter(answers::case_id.eq(case.0))
        .order((answers::id.asc(), answer_positions::grievance.asc()))
        .limit(MOST)
        .select((
            AnswerRow::as_select(),
            (
                grievances::text.nullable(),
                answer_positions::position.nullable(),
                answer_positions::grounds.nullable(),
            ),
            fixed::<Nullable<Jsonb>>(PROMISED),
            divergences::sentence.nullable(),
        ))
        .load(conn)
        .await?;
    let mut all: Vec<Written> = Vec::new();
    for (row, columns, promised, divergence) in rows {
        let point = point(columns);
        match all.last_mut().filter(|last| last.row.id == row.id) {
            Some(last) => last.points.extend(point),
            None => all.push(Written {
                row,
                points: point.into_iter().collect(),
                promises: promised.map_or_else(|| Ok(Vec::new()), read)?,
                divergence: divergence.unwrap_or_default(),
            }),
        }
    }
    Ok(all)
}

/// The commitments of an answer, with it: a page reads much else.
const PROMISED: &str = "(SELECT jsonb_agg(jsonb_build_object('text', text, \
    'due_on', due_on, 'kept_on', kept_on) \
    ORDER BY number) FROM commitments WHERE answer_id = answers.id)";

fn read(promised: Value) -> Result<Vec<Promise>, DbError> {
    serde_json::from_value(promised).map_err(|error| DbError::DeserializationError(error.into()))
}

fn point((grievance, position, grounds): PointColumns) -> Option<Point> {
    Some(Point {
        grievance: grievance?,
        position,
        grounds: grounds.unwrap_or_default(),
    })
}
