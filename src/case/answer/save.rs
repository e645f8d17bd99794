//! The act of keeping an answer as it is typed, complete or not.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::answer::awaiting::{awaits, mark};
use crate::case::answer::draft::in_hand;
use crate::case::answer::{
    AnswerDraft, AnswerState, Outcome, Point, commitment, common_outcome, comparable,
};
use crate::case::dossier::digest;
use crate::case::sight::Viewer;
use crate::case::{CaseId, Office, StaffId, Status, events};
use crate::db::schema::{answer_positions, answers, cases, divergences, grievances};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// Keeps what is typed. A second reading is void once the text changes. The grievances that an
/// answer has taken a position on stay as they were numbered and worded then; others can follow.
///
/// # Errors
/// When the case is not open, has changed since it was shown, or its answer is leaving already
/// ([`ActError::AnswerLeaving`]); or the database fails.
pub async fn save(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    draft: &AnswerDraft,
    (viewer, at): (Viewer, DateTime<Utc>),
) -> Result<(), ActError> {
    const FROM: [Status; 2] = [Status::Received, Status::Acknowledged];
    conn.transaction(async |conn| {
        count(conn, seen, &FROM, at).await?;
        let author = viewer.id;
        let common_outcome = common_outcome(&comparable(conn, seen.case, viewer).await?);
        let written = (author, common_outcome, at);
        let answer = put_row(conn, seen.case, draft, written).await?;
        put_divergence(conn, (seen.case, answer), &draft.divergence).await?;
        let n_grievances = put_points(conn, seen.case, answer, &draft.points).await?;
        commitment::put(conn, (seen.case, answer), &draft.commitments).await?;
        let required = office.second_reader_required();
        let awaits_reader = required && awaits(draft, author, common_outcome, at);
        mark(conn, seen.case, awaits_reader).await?;
        let secret: Option<Vec<u8>> = cases::table
            .find(seen.case.0)
            .select(cases::secret)
            .first(conn)
            .await?;
        let text = digest(secret.as_deref(), draft.words());
        let entry = events::answer_drafted(answer, n_grievances, &text);
        journal::append(conn, seen.case.0, entry, Actor::Staff(author.0), at).await?;
        Ok(())
    })
    .await
}

/// Writes why the answer decides otherwise in place of what was said, or takes it away.
async fn put_divergence(
    conn: &mut Conn,
    (case, answer): (CaseId, i64),
    sentence: &str,
) -> Result<(), DbError> {
    if sentence.is_empty() {
        return diesel::delete(divergences::table.find(answer))
            .execute(conn)
            .await
            .map(drop);
    }
    diesel::insert_into(divergences::table)
        .values((
            divergences::answer_id.eq(answer),
            divergences::case_id.eq(case.0),
            divergences::sentence.eq(sentence),
        ))
        .on_conflict(divergences::answer_id)
        .do_update()
        .set(divergences::sentence.eq(sentence))
        .execute(conn)
        .await
        .map(drop)
}

/// Each once, for the column.
fn ids(mut writers: Vec<StaffId>) -> Vec<i64> {
    writers.sort_unstable();
    writers.dedup();
    writers.into_iter().map(|writer| writer.0).collect()
}

async fn put_row(
    conn: &mut Conn,
    case: CaseId,
    draft: &AnswerDraft,
    (author, common_outcome, at): (StaffId, Option<Outcome>, DateTime<Utc>),
) -> Result<i64, ActError> {
    let values = (
        answers::outcome.eq(draft.outcome),
        answers::introduction.eq(&draft.introduction),
        answers::amount_cents.eq(draft.amount),
        answers::common_outcome.eq(common_outcome),
        answers::author_id.eq(author.0),
        answers::reader_id.eq(None::<i64>),
        answers::written_at.eq(at),
    );
    match in_hand(conn, case).await? {
        Some(row) if row.state == AnswerState::Draft => {
            let mut writers = row.writers();
            writers.push(author);
            diesel::update(answers::table.find(row.id))
                .set((values, answers::writer_ids.eq(ids(writers))))
                .execute(conn)
                .await?;
            Ok(row.id)
        }
        Some(_) => Err(ActError::AnswerLeaving),
        None => Ok(diesel::insert_into(answers::table)
            .values((
                answers::case_id.eq(case.0),
                values,
                answers::writer_ids.eq(ids(vec![author])),
            ))
            .returning(answers::id)
            .get_result(conn)
            .await?),
    }
}

/// Writes the points, and returns how many grievances the case has now.
async fn put_points(
    conn: &mut Conn,
    case: CaseId,
    answer: i64,
    points: &[Point],
) -> Result<i64, DbError> {
    let settled = settled(conn, case).await?;
    let old = answer_positions::table.filter(answer_positions::answer_id.eq(answer));
    diesel::delete(old).execute(conn).await?;
    let open = grievances::table
        .filter(grievances::case_id.eq(case.0))
        .filter(grievances::number.gt(settled));
    diesel::delete(open).execute(conn).await?;
    let mut points = points.to_vec();
    let n_settled = usize::try_from(settled).unwrap_or_default();
    points.resize(points.len().max(n_settled), Point::default());
    let raised: Vec<_> = (1_i32..)
        .zip(&points)
        .filter(|(number, _)| settled < *number)
        .map(|(number, point)| {
            (
                grievances::case_id.eq(case.0),
                grievances::number.eq(number),
                grievances::text.eq(&point.grievance),
            )
        })
        .collect();
    diesel::insert_into(grievances::table)
        .values(raised)
        .execute(conn)
        .await?;
    let answered: Vec<_> = (1_i32..)
        .zip(&points)
        .map(|(number, point)| {
            (
                answer_positions::answer_id.eq(answer),
                answer_positions::grievance.eq(number),
                answer_positions::position.eq(point.position),
                answer_positions::grounds.eq(&point.grounds),
            )
        })
        .collect();
    diesel::insert_into(answer_positions::table)
        .values(answered)
        .execute(conn)
        .await?;
    Ok(i64::try_from(points.len()).unwrap_or(i64::MAX))
}

/// Up to which number the grievances have been answered.
async fn settled(conn: &mut Conn, case: CaseId) -> Result<i32, DbError> {
    let last: Option<i32> = answer_positions::table
        .inner_join(answers::table)
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.ne(AnswerState::Draft))
        .select(diesel::dsl::max(answer_positions::grievance))
        .first(conn)
        .await?;
    Ok(last.unwrap_or_default())
}
