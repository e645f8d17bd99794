//! The answers of a case as its page shows them, in one reading.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::answer::{AnswerRow, AnswerState, Point, Position};
use crate::db::schema::{answer_positions, answers, grievances};
use crate::db::{Conn, DbError};

/// An answer and its points; one that has left is told by its letter, and has none.
#[derive(Clone, Debug)]
pub struct Written {
    /// The answer.
    pub row: AnswerRow,
    /// Its points, in their order.
    pub points: Vec<Point>,
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
    let rows: Vec<(AnswerRow, PointColumns)> = answers::table
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
        ))
        .load(conn)
        .await?;
    let mut all: Vec<Written> = Vec::new();
    for (row, columns) in rows {
        // The grievances are those of the case: an answer that has left may have had others.
        let point = point(columns).filter(|_| row.state != AnswerState::HandedOver);
        match all.last_mut().filter(|last| last.row.id == row.id) {
            Some(last) => last.points.extend(point),
            None => all.push(Written {
                row,
                points: point.into_iter().collect(),
            }),
        }
    }
    Ok(all)
}

fn point((grievance, position, grounds): PointColumns) -> Option<Point> {
    Some(Point {
        grievance: grievance?,
        position,
        grounds: grounds.unwrap_or_default(),
    })
}
