//! What an act of staff tells the person: the text that the thread keeps and an e-mail or a letter
//! carries. It says each time that no date of the person moves.

mod asked;
mod holding_letter;
mod mediation;
mod transfer;
mod withdrawal;

pub use asked::Asked;
pub use holding_letter::HoldingLetter;
pub use mediation::{Opinion, Referral, ReferredBy};
pub use transfer::{Recipient, Transfer};
pub use withdrawal::{AskedThrough, WithdrawalTaken};

use askama::Template;

use crate::mail::words::letter::MEDIATOR_TITLE;
use crate::mail::words::{MediatorBlock, WordsError};

/// What is told.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// We need something from the person.
    Asked(Asked<'a>),
    /// The answer takes longer.
    HoldingLetter(HoldingLetter<'a>),
    /// Someone else has the case too.
    Transfer(Transfer<'a>),
    /// The case is withdrawn, at the word of the person.
    WithdrawalTaken(WithdrawalTaken),
    /// The mediator was referred to.
    Referral(Referral<'a>),
    /// The mediator gave an opinion.
    Opinion(Opinion<'a>),
}

impl Told<'_> {
    /// The text, its lines unbroken, without a blank at its end.
    ///
    /// # Errors
    /// When the template fails.
    pub fn text(&self) -> Result<String, WordsError> {
        let text = match self {
            Self::Asked(told) => told.render(),
            Self::HoldingLetter(told) => told.render(),
            Self::Transfer(told) => told.render(),
            Self::WithdrawalTaken(told) => told.render(),
            Self::Referral(told) => told.render(),
            Self::Opinion(told) => told.render(),
        }?;
        Ok(text.trim_end().to_owned())
    }

    /// The text of a letter, which has the mediator's block in it: paper has no page to turn to.
    ///
    /// # Errors
    /// When a template fails.
    pub fn letter(&self, mediator: Option<MediatorBlock>) -> Result<String, WordsError> {
        let text = self.text()?;
        Ok(match mediator {
            Some(mediator) => format!(
                "{text}\n\n{MEDIATOR_TITLE}\n\n{}",
                mediator.text()?.trim_end()
            ),
            None => text,
        })
    }

    /// What the subject of its e-mail says before the reference.
    pub const fn subject(&self) -> &'static str {
        match self {
            Self::Asked(Asked {
                reminder_of: None, ..
            }) => "Nous attendons un élément de votre part pour votre",
            Self::Asked(_) => "Rappel\u{202f}: nous attendons un élément pour votre",
            Self::HoldingLetter(_) => "Notre réponse demande plus de temps pour votre",
            Self::Transfer(_) => "Transmission de votre",
            Self::WithdrawalTaken(_) => "Retrait de votre",
            Self::Referral(_) => "Saisine du médiateur au sujet de votre",
            Self::Opinion(_) => "Avis du médiateur au sujet de votre",
        }
    }
}

/// « réclamation » or « demande d’information ».
const fn what(is_complaint: bool) -> &'static str {
    if is_complaint {
        "réclamation"
    } else {
        "demande d’information"
    }
}
