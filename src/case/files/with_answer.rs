//! Files that go with a reasoned answer: chosen when it is sent, given out once it has left.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::files::go::{hold, tell, waiting_of};
use crate::case::files::{FileAuthor, FileStage, LeavesAs, drop_letter, letter_left};
use crate::case::{CaseId, StaffId};
use crate::db::schema::{case_files, uploads};
use crate::db::{Conn, DbError};
use crate::files::ScanState;
use crate::journal::Actor;

/// The files of `author` that wait on this case are to go with the answer `answer`, infected ones
/// excepted; to be called in the transaction that sends it. Returns their names, in the order they
/// were added.
///
/// # Errors
/// When the database fails.
pub async fn join_to_answer(
    conn: &mut Conn,
    (case, author): (CaseId, StaffId),
    answer: i64,
) -> Result<Vec<String>, DbError> {
    let waiting: Vec<(i64, String)> = case_files::table
        .inner_join(uploads::table)
        .filter(waiting_of(case, FileAuthor::Staff(author)))
        .filter(uploads::scan.ne(ScanState::Infected))
        .order(case_files::upload.asc())
        .select((case_files::upload, uploads::name))
        .load(conn)
        .await?;
    let (files, names): (Vec<i64>, Vec<String>) = waiting.into_iter().unzip();
    diesel::update(case_files::table.filter(case_files::upload.eq_any(files)))
        .set(case_files::answer_id.eq(answer))
        .execute(conn)
        .await?;
    Ok(names)
}

/// The answer is a draft again: its files wait as before, and its letter is no more.
///
/// # Errors
/// When the database fails.
pub async fn part_from_answer(conn: &mut Conn, answer: i64) -> Result<(), DbError> {
    drop_letter(conn, answer).await?;
    diesel::update(case_files::table.filter(case_files::answer_id.eq(answer)))
        .set(case_files::answer_id.eq(None::<i64>))
        .execute(conn)
        .await
        .map(drop)
}

/// The answer has left, and its files with it: the journal tells of each.
///
/// # Errors
/// When the database fails.
pub async fn leave_with_answer(
    conn: &mut Conn,
    (case, answer): (CaseId, i64),
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    let _made_at = letter_left(conn, LeavesAs::Answer(answer)).await?;
    let its_files = case_files::table
        .filter(case_files::answer_id.eq(answer))
        .filter(case_files::stage.eq(FileStage::Pending));
    let gone: Vec<i64> = diesel::update(its_files)
        .set(case_files::stage.eq(FileStage::Sent))
        .returning(case_files::upload)
        .get_results(conn)
        .await?;
    if gone.is_empty() {
        return Ok(());
    }
    let secret = hold(conn, case).await?;
    tell(conn, case, (&gone, &secret), (actor, at)).await
}
