//! A letter before it is set: who writes to whom, about what, and its blocks in order.

use chrono::NaiveDate;
use serde::Serialize;

/// A letter, its words chosen. Texts are plain: nothing in them is markup.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// Who writes.
    pub sender: Sender,
    /// The person and their address, line by line, as they stand in the window of the envelope.
    pub recipient: Vec<String>,
    /// The place it is dated from, and its date in words.
    pub place_and_date: String,
    /// Its date: the date of the PDF too. Paris calendar.
    pub dated_on: NaiveDate,
    /// Reference of the case.
    pub reference: String,
    /// What it is about: its title.
    pub subject: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Who writes a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sender {
    /// Name of the firm.
    pub firm: String,
    /// The service, and its address, line by line.
    pub lines: Vec<String>,
    /// Legal identity, at the foot of each page.
    pub identity: Vec<String>,
}

/// A part of a letter.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// The title of what follows.
    Heading {
        /// One line.
        text: String,
    },
    /// Text; a blank line parts paragraphs, a line break is kept.
    Paragraph {
        /// As written.
        text: String,
    },
    /// A sentence that stands out.
    Strong {
        /// As written.
        text: String,
    },
    /// A text under its label; what somebody else said is set apart.
    Labelled {
        /// One line.
        label: String,
        /// As written.
        text: String,
        /// Whether somebody else said it.
        quoted: bool,
    },
    /// Items, one line or more each.
    List {
        /// In order.
        items: Vec<String>,
    },
    /// A table of two columns.
    Facts {
        /// What, and its value.
        rows: Vec<(String, String)>,
    },
    /// The mediator, in a box of its own.
    Mediator {
        /// One line.
        title: String,
        /// The block as text.
        text: String,
    },
    /// Who signs, line by line.
    Signature {
        /// The name, then the service.
        lines: Vec<String>,
    },
}

impl Letter {
    /// What its file is called, with a capital.
    pub fn file_name(&self) -> String {
        let mut subject = self.subject.chars();
        let first = subject.next().into_iter().flat_map(char::to_uppercase);
        let subject: String = first.chain(subject).collect();
        format!("{subject} – {}.pdf", self.reference)
    }
}

impl Block {
    /// The title of what follows.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading { text: text.into() }
    }

    /// Text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into() }
    }
}

/// A letter is about a person: it never shows in a log by accident.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("reference", &self.reference)
            .finish_non_exhaustive()
    }
}

/// Nor does a part of it.
impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Block").finish_non_exhaustive()
    }
}
