//! One line of the journal, and the bytes its hash is made of.

use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::journal::Hash;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The person whose case it is, or a visitor.
    Person,
    /// A member of staff, by the id of the account.
    Staff(i64),
    /// The program itself: a relay's answer, a daily job.
    System,
    /// Someone at the command line of the server.
    Operator,
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Person => f.write_str("person"),
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::System => f.write_str("system"),
            Self::Operator => f.write_str("operator"),
        }
    }
}

/// What happened: a code, and facts that can be kept for ever.
#[derive(Clone, Debug)]
pub struct Entry {
    kind: &'static str,
    facts: String,
}

impl Entry {
    /// An event with no fact yet; `kind` is lower case with dots, such as `case.closed`.
    pub fn new(kind: &'static str) -> Self {
        Self {
            kind,
            facts: String::new(),
        }
    }

    /// Adds the id of a row.
    #[must_use]
    pub fn id(self, name: &'static str, id: i64) -> Self {
        self.fact(name, &id)
    }

    /// Adds a code: one of a closed list of the program's, never typed by anyone.
    #[must_use]
    pub fn code(self, name: &'static str, code: &'static str) -> Self {
        self.fact(name, &code)
    }

    /// Adds a calendar date of Paris.
    #[must_use]
    pub fn date(self, name: &'static str, date: NaiveDate) -> Self {
        self.fact(name, &date)
    }

    /// Adds a keyed digest of a content that is kept elsewhere and can be erased.
    #[must_use]
    pub fn digest(self, name: &'static str, digest: &Hash) -> Self {
        self.fact(name, &HEXLOWER.encode(digest))
    }

    fn fact(mut self, name: &'static str, value: &dyn std::fmt::Display) -> Self {
        if !self.facts.is_empty() {
            self.facts.push('\n');
        }
        self.facts = format!("{}{name}={value}", self.facts);
        self
    }

    /// The line that this event makes at its place in a chain.
    pub fn at(self, chain: i64, seq: i32, at: DateTime<Utc>, actor: Actor) -> Line {
        Line {
            chain,
            seq,
            at,
            actor: actor.to_string(),
            kind: self.kind.to_owned(),
            facts: self.facts,
        }
    }
}

/// An event at its place in a chain, as the hash covers it and the database keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The case's id, or [`crate::journal::SYSTEM_CHAIN`].
    pub chain: i64,
    /// Place in the chain, from 1, without a gap.
    pub seq: i32,
    /// When, UTC, to the microsecond.
    pub at: DateTime<Utc>,
    /// [`Actor`] as text.
    pub actor: String,
    /// Code of the event.
    pub kind: String,
    /// `name=value`, one a line.
    pub facts: String,
}

impl Line {
    /// SHA-256 of the hash before and of this line's canonical bytes: a version, then each field
    /// preceded by its length, so that no two lines share their bytes.
    pub fn hash(&self, before: &Hash) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(before);
        for field in [
            "reclamations.journal.1",
            &self.chain.to_string(),
            &self.seq.to_string(),
            &self.at.timestamp_micros().to_string(),
            &self.actor,
            &self.kind,
            &self.facts,
        ] {
            hasher.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.finalize().into()
    }
}
