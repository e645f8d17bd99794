//! All that passed between a person and us: the newest first, a page at a time; or from the first to
//! the last, a batch at a time.

use std::collections::VecDeque;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::answer::AnswerState;
use crate::case::exchange::{Exchange, ExchangeKind, MessageKind, Side, of_message};
use crate::db::schema::{answers, messages};
use crate::db::{Conn, DbError};

/// Messages of a page, or of a batch.
const PAGE: usize = 100;
const LIMIT: i64 = 100;

type Message = (i64, MessageKind, String, DateTime<Utc>);
type Letter = (Option<String>, Option<DateTime<Utc>>, Option<NaiveDate>);

/// A page of the correspondence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExchangePage {
    /// Newest first.
    pub exchanges: Vec<Exchange>,
    /// The message before which there are older ones.
    pub older: Option<i64>,
}

/// The messages of a case written before one of them (the last ones when it is none), and the answers
/// that left in the same time, newest first. Internal notes live in another table, which this never
/// reads.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    case: CaseId,
    before: Option<i64>,
) -> Result<ExchangePage, DbError> {
    let written: Vec<Message> = messages::table
        .filter(messages::case_id.eq(case.0))
        .filter(messages::id.lt(before.unwrap_or(i64::MAX)))
        .order(messages::id.desc())
        .limit(LIMIT.saturating_add(1))
        .select(MESSAGE)
        .load(conn)
        .await?;
    let until = match before {
        Some(id) => written_at(conn, case, id).await?,
        None => None,
    };
    let is_cut = written.len() > PAGE;
    let shown: Vec<Exchange> = written.into_iter().take(PAGE).map(of_message).collect();
    let last = shown.last().filter(|_| is_cut);
    let (older, since) = (last.and_then(|last| last.message), last.map(|last| last.at));
    let is_of_page = |answer: &Exchange| {
        since.is_none_or(|since| since <= answer.at) && until.is_none_or(|until| answer.at < until)
    };
    let letters = left(conn, case).await?;
    let mut exchanges: Vec<Exchange> = letters.into_iter().filter(is_of_page).collect();
    exchanges.splice(0..0, shown);
    exchanges.sort_by_key(|exchange| std::cmp::Reverse(exchange.at));
    Ok(ExchangePage { exchanges, older })
}

/// Reads the whole correspondence, oldest first, without holding it in memory.
#[derive(Debug)]
pub struct Reading {
    case: CaseId,
    /// The last message read.
    after: i64,
    /// The answers that are still to be told.
    letters: VecDeque<Exchange>,
    is_over: bool,
}

impl Reading {
    /// Begins with the first exchange.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(conn: &mut Conn, case: CaseId) -> Result<Self, DbError> {
        Ok(Self {
            case,
            after: 0,
            letters: left(conn, case).await?.into(),
            is_over: false,
        })
    }

    /// The next exchanges; none once all are read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self, conn: &mut Conn) -> Result<Option<Vec<Exchange>>, DbError> {
        if self.is_over {
            return Ok(None);
        }
        let written: Vec<Message> = messages::table
            .filter(messages::case_id.eq(self.case.0))
            .filter(messages::id.gt(self.after))
            .order(messages::id.asc())
            .limit(LIMIT)
            .select(MESSAGE)
            .load(conn)
            .await?;
        self.is_over = written.len() < PAGE;
        let mut batch = Vec::with_capacity(written.len());
        for exchange in written.into_iter().map(of_message) {
            self.after = exchange.message.unwrap_or(self.after);
            while self
                .letters
                .front()
                .is_some_and(|letter| letter.at <= exchange.at)
            {
                batch.extend(self.letters.pop_front());
            }
            batch.push(exchange);
        }
        if self.is_over {
            batch.extend(self.letters.drain(..));
        }
        Ok(Some(batch))
    }
}

/// How many batches a [`Reading`] of the case has now.
///
/// # Errors
/// When the database fails.
pub async fn n_batches(conn: &mut Conn, case: CaseId) -> Result<i64, DbError> {
    let n_messages: i64 = messages::table
        .filter(messages::case_id.eq(case.0))
        .count()
        .get_result(conn)
        .await?;
    Ok(n_messages / LIMIT + 1)
}

/// What is read of a message.
const MESSAGE: (
    messages::id,
    messages::kind,
    messages::body,
    messages::written_at,
) = (
    messages::id,
    messages::kind,
    messages::body,
    messages::written_at,
);

async fn written_at(
    conn: &mut Conn,
    case: CaseId,
    message: i64,
) -> Result<Option<DateTime<Utc>>, DbError> {
    messages::table
        .find(message)
        .filter(messages::case_id.eq(case.0))
        .select(messages::written_at)
        .first(conn)
        .await
        .optional()
}

/// The answers that have left, oldest first.
async fn left(conn: &mut Conn, case: CaseId) -> Result<Vec<Exchange>, DbError> {
    let answered: Vec<Letter> = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.eq(AnswerState::HandedOver))
        .order(answers::id.asc())
        .select((
            answers::letter,
            answers::handed_over_at,
            answers::handed_over_on,
        ))
        .load(conn)
        .await?;
    let letters = answered.into_iter();
    Ok(letters
        .filter_map(|(letter, handed_over_at, left_on)| {
            Some(Exchange {
                message: None,
                side: Side::Office,
                kind: ExchangeKind::Answer,
                body: letter?,
                at: handed_over_at?,
                left_on,
            })
        })
        .collect())
}
