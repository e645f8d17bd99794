//! What passed between a person and us: the only thread the person ever reads.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::answer::AnswerState;
use crate::db::schema::{answers, messages};
use crate::db::{Conn, DbError, text_code};

/// Who wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The person.
    Person,
    /// Us.
    Office,
}

text_code! {
    /// What a message of the public thread is.
    pub enum MessageKind {
        /// The person wrote to us.
        FromPerson => "from_person",
        /// We wrote to the person.
        ToPerson => "to_person",
        /// The person contests an answer, and says why.
        Disagreement => "disagreement",
        /// The person withdrew, and may say why.
        Withdrawal => "withdrawal",
    }
}

/// What an exchange is, beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExchangeKind {
    /// A message, one way or the other.
    Message,
    /// A reasoned answer.
    Answer,
    /// The person contests an answer.
    Disagreement,
    /// The person withdrew.
    Withdrawal,
}

/// One message, or an answer that has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Row of the message, for what is attached to it; none for an answer.
    pub message: Option<i64>,
    /// Who wrote.
    pub side: Side,
    /// What it is.
    pub kind: ExchangeKind,
    /// The text; empty when the person withdrew, or sent files, without a word.
    pub body: String,
    /// When it was written, UTC.
    pub at: DateTime<Utc>,
    /// The day an answer left us, Paris calendar; none for a message.
    pub left_on: Option<NaiveDate>,
}

impl Exchange {
    /// Whether it is a message of files alone.
    pub fn is_wordless(&self) -> bool {
        self.kind == ExchangeKind::Message && self.body.is_empty()
    }
}

/// Most messages read, the last ones.
const PAGE: i64 = 100;

type Letter = (Option<String>, Option<DateTime<Utc>>, Option<NaiveDate>);

/// The messages of a case and the answers that have left, newest first. Internal notes live in
/// another table, which this never reads.
///
/// # Errors
/// When the database fails.
pub async fn with_person(conn: &mut Conn, case: CaseId) -> Result<Vec<Exchange>, DbError> {
    let written: Vec<(i64, MessageKind, String, DateTime<Utc>)> = messages::table
        .filter(messages::case_id.eq(case.0))
        .order(messages::id.desc())
        .limit(PAGE)
        .select((
            messages::id,
            messages::kind,
            messages::body,
            messages::written_at,
        ))
        .load(conn)
        .await?;
    let answered: Vec<Letter> = answers::table
        .filter(answers::case_id.eq(case.0))
        .filter(answers::state.eq(AnswerState::HandedOver))
        .order(answers::id.desc())
        .limit(PAGE)
        .select((
            answers::letter,
            answers::handed_over_at,
            answers::handed_over_on,
        ))
        .load(conn)
        .await?;
    let messages = written.into_iter().map(of_message);
    let letters = answered
        .into_iter()
        .filter_map(|(letter, handed_over_at, left_on)| {
            Some(Exchange {
                message: None,
                side: Side::Office,
                kind: ExchangeKind::Answer,
                body: letter?,
                at: handed_over_at?,
                left_on,
            })
        });
    let mut all: Vec<Exchange> = messages.chain(letters).collect();
    all.sort_by_key(|exchange| std::cmp::Reverse(exchange.at));
    Ok(all)
}

fn of_message((id, kind, body, at): (i64, MessageKind, String, DateTime<Utc>)) -> Exchange {
    let (side, kind) = match kind {
        MessageKind::FromPerson => (Side::Person, ExchangeKind::Message),
        MessageKind::ToPerson => (Side::Office, ExchangeKind::Message),
        MessageKind::Disagreement => (Side::Person, ExchangeKind::Disagreement),
        MessageKind::Withdrawal => (Side::Person, ExchangeKind::Withdrawal),
    };
    Exchange {
        message: Some(id),
        side,
        kind,
        body,
        at,
        left_on: None,
    }
}
