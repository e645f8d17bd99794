//! What a person files, parsed: a value of these types is the proof that it can be kept and
//! answered. No HTTP, no French.

mod faults;
mod intent;
mod parse;
mod person;
mod read;
mod situation;
mod text;
mod typed;

#[cfg(test)]
mod tests;

pub use faults::{FieldError, FieldErrors, Problem};
pub use intent::{Intent, is_unsure, parse_intent};
pub(in crate::case) use parse::parse_by_hand;
pub use parse::{Terms, first_incomplete, parse_nature, parse_step};
pub use person::{Contact, Name, Person, Phone, PostalAddress, PreferredReply, ReplyTo};
pub use read::parse_contact_alone;
pub use situation::{
    Capacity, ContactWay, DateError, EarlierContact, Mandate, Situation, Subscription,
    SubscriptionPath, parse_past_date,
};
pub use text::{Line, Text, TextError};
pub use typed::{Field, Step, TypedFiling};

use crate::case::Nature;
use crate::case::catalogue::Listed;

/// What happened, 1 to 5,000 characters.
pub type Facts = Text<1, 5_000>;
/// What the person expects of us, at most 2,000 characters.
pub type Expectation = Text<1, 2_000>;

/// What the person tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The product it is about; none when the person does not know.
    pub product: Option<Listed>,
    /// The subject; none when the person does not know.
    pub subject: Option<Listed>,
    /// When it happened, in the person's words: exact or not.
    pub when: Option<Line<200>>,
    /// What happened, or what is asked.
    pub facts: Facts,
    /// What the person expects of us.
    pub expectation: Option<Expectation>,
}

/// A complaint or a request as filed by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// What the person says it is; staff may qualify it otherwise.
    pub nature_declared: Option<Nature>,
    /// Who files.
    pub person: Person,
    /// Where to answer.
    pub contact: Contact,
    /// In what capacity, through whom.
    pub situation: Situation,
    /// What happened and what is expected.
    pub statement: Statement,
}
