//! What staff wrote to the person, on paper: one letter for all that waits.

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::firm;
use crate::letters::{Block, Letter};
use crate::mail::words::letter::{Addressed, MEDIATOR_TITLE, mediator_block, what};
use crate::mail::words::{MediatorBlock, WordsError};

/// The messages of one envelope.
#[derive(Clone, Copy)]
pub struct MessageLetter<'a> {
    /// From whom, to whom.
    pub addressed: Addressed<'a>,
    /// Whether the case is a complaint.
    pub is_complaint: bool,
    /// What was written, oldest first.
    pub written: &'a [Written<'a>],
    /// The mediator, for a complaint, unless a message has the block already.
    pub mediator: Option<MediatorBlock>,
}

/// A message.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    /// What it is about.
    pub about: About,
    /// When it was written, Paris calendar.
    pub on: NaiveDate,
    /// Its text.
    pub text: &'a str,
    /// Names of the files that go with it.
    pub files: &'a [String],
}

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The case.
    Case,
    /// Something we need.
    Asked,
    /// The answer takes longer.
    Delay,
    /// Someone else has the case too.
    Transfer,
    /// The case is withdrawn.
    Withdrawal,
    /// The mediator.
    Mediation,
}

impl About {
    const fn subject(self) -> &'static str {
        match self {
            Self::Case => "votre",
            Self::Asked => "un élément attendu pour votre",
            Self::Delay => "le délai de notre réponse à votre",
            Self::Transfer => "la transmission de votre",
            Self::Withdrawal => "le retrait de votre",
            Self::Mediation => "la médiation au sujet de votre",
        }
    }
}

impl MessageLetter<'_> {
    /// Writes the letter.
    ///
    /// # Errors
    /// When the mediator's block cannot be written.
    pub fn compose(&self) -> Result<Letter, WordsError> {
        let about = match self.written {
            [only] => only.about,
            _ => About::Case,
        };
        let subject = format!("{} {}", about.subject(), what(self.is_complaint));
        let mut blocks = Vec::new();
        for one in self.written {
            if self.written.len() > 1 {
                let title = format!("Notre message du {}", plain_date(one.on));
                blocks.push(Block::heading(title));
            }
            blocks.extend(said(one.text));
            if !one.files.is_empty() {
                blocks.push(Block::paragraph("Pièces jointes\u{202f}:"));
                blocks.push(Block::List {
                    items: one.files.to_vec(),
                });
            }
        }
        let tells_of_mediator = self
            .written
            .iter()
            .any(|one| one.text.contains(firm::MEDIATOR_SITE));
        if let Some(mediator) = self.mediator.filter(|_| !tells_of_mediator) {
            blocks.push(mediator_block(MEDIATOR_TITLE, &mediator)?);
        }
        blocks.push(self.addressed.signature());
        Ok(self.addressed.letter(subject, blocks))
    }
}

/// A text, with the mediator's block apart if it ends with one.
fn said(text: &str) -> Vec<Block> {
    let title = format!("\n\n{MEDIATOR_TITLE}\n\n");
    match text.split_once(&title) {
        Some((text, block)) => vec![
            Block::paragraph(text),
            Block::Mediator {
                title: MEDIATOR_TITLE.to_owned(),
                text: block.to_owned(),
            },
        ],
        None => vec![Block::paragraph(text)],
    }
}

/// A message is about a person: it never shows in a log by accident.
impl std::fmt::Debug for MessageLetter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.addressed.fmt(f)
    }
}
