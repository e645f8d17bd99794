//! The notice that a complaint is to be handled as an information request, on paper.

use chrono::NaiveDate;

use crate::calendar::{OBJECT_WITHIN_DAYS, Promise, plain_date};
use crate::firm;
use crate::letters::{Block, Letter};
use crate::mail::words::letter::{Addressed, MEDIATOR_TITLE, mediator_block};
use crate::mail::words::{MediatorBlock, WordsError};

/// Notice of a requalification: its posting begins the ten days to object.
#[derive(Clone, Copy)]
pub struct RequalificationLetter<'a> {
    /// From whom, to whom.
    pub addressed: Addressed<'a>,
    /// The day the complaint reached us, Paris calendar.
    pub received_on: NaiveDate,
    /// Why, in the words of staff.
    pub motive: &'a str,
    /// By when it is answered, as the complaint that it still is.
    pub answer: Promise,
    /// The mediator: it is a complaint until the ten days have passed.
    pub mediator: MediatorBlock,
}

impl RequalificationLetter<'_> {
    /// Writes the letter.
    ///
    /// # Errors
    /// When the mediator's block cannot be written.
    pub fn compose(&self) -> Result<Letter, WordsError> {
        let first = format!(
            "Après lecture de votre réclamation, reçue le {}, nous pensons qu’il s’agit d’une \
             demande d’information\u{202f}: une question ou un service demandé, et non \
             l’expression d’un mécontentement.",
            plain_date(self.received_on)
        );
        let without = format!(
            "Sans opposition de votre part dans les {OBJECT_WITHIN_DAYS}\u{a0}jours qui suivent \
             l’envoi de cette lettre, votre dossier est confié à notre {} comme demande \
             d’information\u{202f}; les délais réglementaires cessent alors de courir.",
            firm::CUSTOMER_SERVICE
        );
        let until = match self.answer {
            Promise::OnOrBefore(day) => format!("au plus tard le {}", plain_date(day)),
            Promise::WithoutWaiting => "sans attendre".to_owned(),
        };
        let until = format!(
            "D’ici là, rien ne change\u{202f}: c’est une réclamation, et notre réponse vous est due \
             {until}."
        );
        let object = "Écrivez-le-nous, par courrier ou par courriel\u{202f}: votre réclamation reste \
                      une réclamation, avec ses dates d’origine. Vous n’avez pas de raison à donner. \
                      Après ce délai, vous pourrez encore demander qu’elle redevienne une \
                      réclamation.";
        let mut blocks = vec![
            Block::paragraph(first),
            Block::heading("Notre motif"),
            Block::paragraph(self.motive),
            Block::heading("Ce que cela change"),
            Block::List {
                items: vec![without, until],
            },
            Block::heading("Vous n’êtes pas d’accord\u{202f}?"),
            Block::paragraph(object),
        ];
        blocks.extend(self.addressed.ways_back());
        blocks.push(mediator_block(MEDIATOR_TITLE, &self.mediator)?);
        let subject = "le traitement de votre réclamation".to_owned();
        Ok(self.addressed.signed_by_service(subject, blocks))
    }
}

/// The motive is about a person: it never shows in a log by accident.
impl std::fmt::Debug for RequalificationLetter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.addressed.fmt(f)
    }
}
