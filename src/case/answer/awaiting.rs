//! Whether an answer waits for its second reader: kept on the case's row for the lists, and found again
//! when what it depends on changes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::answer::{
    AnswerDraft, AnswerState, Circumstances, Missing, Outcome, check, written,
};
use crate::case::{CaseId, StaffId};
use crate::db::schema::{answers, cases};
use crate::db::{Conn, DbError};
use crate::settings::{self, Book, Change, Key, SettingError, Value};

/// Whether all that a draft of `author` lacks is a second reader.
pub(super) fn awaits(
    draft: &AnswerDraft,
    author: StaffId,
    common_outcome: Option<Outcome>,
    at: DateTime<Utc>,
) -> bool {
    let unread = Circumstances {
        second_reader_required: true,
        author,
        reader: None,
        sender: None,
        n_eligible_readers: 1,
        today: calendar::paris_date(at),
        common_outcome,
    };
    check(draft, &unread).is_err_and(|missing| missing == [Missing::SecondReading])
}

/// Notes on the case's row whether its answer waits for a second reader.
pub(super) async fn mark(
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

/// A draft of this case has lost its reading: it waits again, where one is required.
pub(in crate::case) async fn recount(
    conn: &mut Conn,
    case: CaseId,
    required: bool,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let answers = written(conn, case).await?;
    let draft = answers
        .iter()
        .find(|written| written.row.state == AnswerState::Draft)
        .filter(|written| written.row.reader().is_none());
    let waits = draft.is_some_and(|written| {
        let row = &written.row;
        awaits(&written.draft(), row.author(), row.common_outcome, at)
    });
    mark(conn, case, required && waits).await
}

/// Changes a setting of this office. A second reading required from now on, or no longer, has every
/// draft looked at again.
///
/// # Errors
/// When someone else was first, or the database fails.
pub async fn change_setting(
    conn: &mut Conn,
    book: &Book,
    wanted: &Change,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), SettingError> {
    conn.transaction(async |conn| {
        settings::change(conn, book, wanted, by.0, at).await?;
        if wanted.key == Key::SecondReader {
            let is_on = wanted.value.as_ref().map(Value::as_str) == Some(Value::ON);
            reading_required(conn, is_on, at).await?;
        }
        Ok(())
    })
    .await
}

async fn reading_required(
    conn: &mut Conn,
    required: bool,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    if !required {
        return diesel::update(cases::table.filter(cases::awaits_reader))
            .set(cases::awaits_reader.eq(false))
            .execute(conn)
            .await
            .map(drop);
    }
    let drafts: Vec<i64> = answers::table
        .filter(answers::state.eq(AnswerState::Draft))
        .filter(answers::outcome.is_not_null())
        .filter(answers::reader_id.is_null())
        .select(answers::case_id)
        .load(conn)
        .await?;
    for case in drafts {
        recount(conn, CaseId(case), required, at).await?;
    }
    Ok(())
}
