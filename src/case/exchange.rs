//! What passed between a person and us: the only thread the person ever reads.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::text_code;

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
        /// We asked the person for something, or reminded them.
        Asked => "asked",
        /// We announced that the answer takes longer.
        HoldingLetter => "holding_letter",
        /// We told who else has the case.
        Transfer => "transfer",
        /// We noted that the person withdraws, as they asked us.
        WithdrawalTaken => "withdrawal_taken",
        /// We told of a referral to the mediator, or of the opinion.
        Mediation => "mediation",
    }
}

impl MessageKind {
    /// Who wrote it.
    pub const fn side(self) -> Side {
        match self {
            Self::FromPerson | Self::Disagreement | Self::Withdrawal => Side::Person,
            Self::ToPerson
            | Self::Asked
            | Self::HoldingLetter
            | Self::Transfer
            | Self::WithdrawalTaken
            | Self::Mediation => Side::Office,
        }
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
    /// We asked the person for something.
    Asked,
    /// We announced that the answer takes longer.
    HoldingLetter,
    /// We told who else has the case.
    Transfer,
    /// We noted that the person withdraws, as they asked us.
    WithdrawalTaken,
    /// The mediator.
    Mediation,
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

/// As it is told.
pub(super) fn of_message(
    (id, kind, body, at): (i64, MessageKind, String, DateTime<Utc>),
) -> Exchange {
    let side = kind.side();
    let kind = match kind {
        MessageKind::FromPerson | MessageKind::ToPerson => ExchangeKind::Message,
        MessageKind::Disagreement => ExchangeKind::Disagreement,
        MessageKind::Withdrawal => ExchangeKind::Withdrawal,
        MessageKind::Asked => ExchangeKind::Asked,
        MessageKind::HoldingLetter => ExchangeKind::HoldingLetter,
        MessageKind::Transfer => ExchangeKind::Transfer,
        MessageKind::WithdrawalTaken => ExchangeKind::WithdrawalTaken,
        MessageKind::Mediation => ExchangeKind::Mediation,
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
