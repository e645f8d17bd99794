//! The full dated copy of what was filed, on paper (R19).

use chrono::{NaiveDateTime, Timelike};

use crate::calendar::plain_date;
use crate::letters::{Block, Letter};
use crate::mail::words::letter::{Addressed, MEDIATOR_TITLE, mediator_block, what};
use crate::mail::words::{MediatorBlock, Section, WordsError};

/// Everything the person filed, section by section.
#[derive(Clone, Copy, Debug)]
pub struct CopyLetter<'a> {
    /// From whom, to whom.
    pub addressed: Addressed<'a>,
    /// When it was filed, Paris time.
    pub filed_at: NaiveDateTime,
    /// What was filed, in the order of the form.
    pub sections: &'a [Section<'a>],
    /// The mediator, for a complaint; none for an information request.
    pub mediator: Option<MediatorBlock>,
}

impl CopyLetter<'_> {
    /// Writes the letter.
    ///
    /// # Errors
    /// When the mediator's block cannot be written.
    pub fn compose(&self) -> Result<Letter, WordsError> {
        let what = what(self.mediator.is_some());
        let first = format!(
            "Voici la copie complète de votre {what}, telle que nous l’avons enregistrée le {} à \
             {}\u{a0}h\u{a0}{:02}, heure de Paris. Gardez-la\u{202f}: elle est datée et vaut preuve \
             de votre envoi.",
            plain_date(self.filed_at.date()),
            self.filed_at.hour(),
            self.filed_at.minute(),
        );
        let mut blocks = vec![Block::paragraph(first)];
        blocks.extend(self.sections.iter().map(|section| Block::Labelled {
            label: section.label.to_owned(),
            text: section.text.to_owned(),
            quoted: true,
        }));
        blocks.push(Block::paragraph("Fin de la copie."));
        if let Some(mediator) = &self.mediator {
            blocks.push(mediator_block(MEDIATOR_TITLE, mediator)?);
        }
        let subject = format!("copie de votre {what}");
        Ok(self.addressed.signed_by_service(subject, blocks))
    }
}
