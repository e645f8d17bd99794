//! The acknowledgement of a complaint, on paper (R17–R18).

use chrono::NaiveDate;

use crate::calendar::{Promise, plain_date};
use crate::firm;
use crate::letters::{Block, Letter};
use crate::mail::words::acknowledgement::steps;
use crate::mail::words::letter::{Addressed, MEDIATOR_TITLE, mediator_block};
use crate::mail::words::{MediatorBlock, WordsError};

/// *Accusé de réception* of a complaint.
#[derive(Clone, Copy, Debug)]
pub struct AcknowledgementLetter<'a> {
    /// From whom, to whom.
    pub addressed: Addressed<'a>,
    /// The day it reached us, Paris calendar.
    pub received_on: NaiveDate,
    /// The day retained as that of sending, from which the delays run.
    pub sent_on: NaiveDate,
    /// By when we answer.
    pub answer: Promise,
    /// How that date was found.
    pub answer_why: &'a [String],
    /// How the mediator's date was found; not shown to a professional.
    pub mediation_why: &'a [String],
    /// The mediator.
    pub mediator: MediatorBlock,
    /// When it was made a complaint, Paris calendar, if it was an information request before.
    pub converted_on: Option<NaiveDate>,
}

impl AcknowledgementLetter<'_> {
    /// Writes the letter.
    ///
    /// # Errors
    /// When the mediator's block cannot be written.
    pub fn compose(&self) -> Result<Letter, WordsError> {
        let first = match self.converted_on {
            Some(day) => format!(
                "Depuis le {}, votre demande d’information est suivie comme une réclamation. Elle \
                 garde sa date d’origine\u{202f}: les délais comptent depuis cette date. Cette \
                 lettre en est l’accusé de réception.",
                plain_date(day)
            ),
            None => "Nous avons bien reçu votre réclamation\u{202f}: cette lettre en est l’accusé \
                     de réception."
                .to_owned(),
        };
        let service = format!("{} d’{}", firm::COMPLAINTS_SERVICE, firm::NAME);
        let rows = [
            ("Reçue le", plain_date(self.received_on)),
            ("Date d’envoi retenue", plain_date(self.sent_on)),
            ("Service chargé de votre dossier", service),
        ];
        let whys = (self.answer_why, self.mediation_why);
        let items = steps(self.answer, self.mediator.right, whys)
            .into_iter()
            .map(|step| {
                format!("{}\n{}", step.what, step.why.join(" "))
                    .trim_end()
                    .to_owned()
            })
            .collect();
        let mut blocks = vec![
            Block::paragraph(first),
            Block::Facts {
                rows: rows.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            },
            Block::heading("Ce qui va se passer"),
            Block::List { items },
        ];
        blocks.extend(self.addressed.ways_back());
        blocks.push(mediator_block(MEDIATOR_TITLE, &self.mediator)?);
        blocks.push(Block::paragraph(
            "Si vous n’êtes pas à l’origine de cette réclamation, écrivez-le-nous\u{202f}: nos \
             coordonnées sont en tête de cette lettre.",
        ));
        let subject = "accusé de réception de votre réclamation".to_owned();
        Ok(self.addressed.signed_by_service(subject, blocks))
    }
}
