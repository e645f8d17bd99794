//! What passed between a person and us: the only thread the person ever reads.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::answer::AnswerState;
use crate::db::schema::{answers, messages};
use crate::db::{Conn, DbError};

/// Who wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The person.
    Person,
    /// Us.
    Office,
}

/// One message, or an answer that has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Who wrote.
    pub side: Side,
    /// The text.
    pub body: String,
    /// When it was written, UTC.
    pub at: DateTime<Utc>,
}

/// Most messages read, the last ones.
const PAGE: i64 = 100;

/// The messages of a case and the answers that have left, newest first. Internal notes live in
/// another table, which this never reads.
///
/// # Errors
/// When the database fails.
pub async fn with_person(conn: &mut Conn, case: CaseId) -> Result<Vec<Exchange>, DbError> {
    let written: Vec<(Option<i64>, String, DateTime<Utc>)> = messages::table
        .filter(messages::case_id.eq(case.0))
        .order(messages::id.desc())
        .limit(PAGE)
        .select((messages::author_id, messages::body, messages::written_at))
        .load(conn)
        .await?;
    let answered: Vec<(Option<String>, Option<DateTime<Utc>>)> = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.eq(AnswerState::HandedOver))
        .order(answers::id.desc())
        .limit(PAGE)
        .select((answers::letter, answers::handed_over_at))
        .load(conn)
        .await?;
    let messages = written.into_iter().map(|(author, body, at)| {
        let side = if author.is_some() {
            Side::Office
        } else {
            Side::Person
        };
        Exchange { side, body, at }
    });
    let letters = answered.into_iter().filter_map(|(letter, handed_over_at)| {
        Some(Exchange {
            side: Side::Office,
            body: letter?,
            at: handed_over_at?,
        })
    });
    let mut all: Vec<Exchange> = messages.chain(letters).collect();
    all.sort_by_key(|exchange| std::cmp::Reverse(exchange.at));
    Ok(all)
}
