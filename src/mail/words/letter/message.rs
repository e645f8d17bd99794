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
            Self::Case => "notre message au sujet de votre",
            Self::Asked => "un élément attendu pour votre",
            Self::Delay => "le délai de notre réponse à votre",
            Self::Transfer => "la transmission de votre",
            Self::Withdrawal => "le retrait de votre",
            Self::Mediation => "la médiation au sujet de votre",
        }
    }

    /// Above a message among others.
    fn title(self, on: NaiveDate) -> String {
        let what = match self {
            Self::Case => return format!("Notre message du {}", plain_date(on)),
            Self::Asked => "Un élément attendu",
            Self::Delay => "Le délai de notre réponse",
            Self::Transfer => "La transmission de votre dossier",
            Self::Withdrawal => "Le retrait de votre dossier",
            Self::Mediation => "La médiation",
        };
        format!("{what}\u{202f}: notre message du {}", plain_date(on))
    }
}

impl MessageLetter<'_> {
    /// Writes the letter.
    ///
    /// # Errors
    /// When the mediator's block cannot be written.
    pub fn compose(&self) -> Result<Letter, WordsError> {
        let about = match self.written {
            [only] => only.about.subject(),
            _ => "nos messages au sujet de votre",
        };
        let subject = format!("{about} {}", what(self.is_complaint));
        let (mut blocks, mut told) = (Vec::new(), None);
        for one in self.written {
            if self.written.len() > 1 {
                blocks.push(Block::heading(one.about.title(one.on)));
            }
            let (text, mediator) = parted(one.text);
            blocks.push(Block::paragraph(text));
            told = mediator.or(told);
            if !one.files.is_empty() {
                blocks.push(Block::paragraph("Pièces jointes\u{202f}:"));
                blocks.push(Block::List {
                    items: one.files.to_vec(),
                });
            }
        }
        let mut texts = self.written.iter().map(|one| one.text);
        if let Some(text) = told {
            blocks.push(Block::Mediator {
                title: MEDIATOR_TITLE.to_owned(),
                text: text.to_owned(),
            });
        } else if let Some(mediator) = self.mediator
            && !texts.any(|text| text.contains(firm::MEDIATOR_SITE))
        {
            blocks.push(mediator_block(MEDIATOR_TITLE, &mediator)?);
        }
        blocks.push(self.addressed.signature());
        Ok(self.addressed.letter(subject, blocks))
    }
}

/// A text, and the mediator's block apart if it ends with one: a letter has one block, at its end.
fn parted(text: &str) -> (&str, Option<&str>) {
    let title = format!("\n\n{MEDIATOR_TITLE}\n\n");
    match text.split_once(&title) {
        Some((text, block)) => (text, Some(block)),
        None => (text, None),
    }
}

/// A message is about a person: it never shows in a log by accident.
impl std::fmt::Debug for MessageLetter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.addressed.fmt(f)
    }
}
