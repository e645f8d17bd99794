//! The receipt of an information request, on paper: no legal clock runs.

use chrono::NaiveDate;

use crate::calendar::{Promise, plain_date};
use crate::firm;
use crate::letters::{Block, Letter};
use crate::mail::words::letter::Addressed;

/// Receipt of an information request.
#[derive(Clone, Copy, Debug)]
pub struct ReceiptLetter<'a> {
    /// From whom, to whom.
    pub addressed: Addressed<'a>,
    /// The day it reached us, Paris calendar.
    pub received_on: NaiveDate,
    /// Our own target.
    pub answer: Promise,
}

impl ReceiptLetter<'_> {
    /// Writes the letter.
    pub fn compose(&self) -> Letter {
        let by = match self.answer {
            Promise::OnOrBefore(day) => format!("au plus tard le {}", plain_date(day)),
            Promise::WithoutWaiting => "sans attendre".to_owned(),
        };
        let rows = [
            ("Reçue le", plain_date(self.received_on)),
            ("Réponse visée", by),
        ];
        let first = format!(
            "Nous avons bien reçu votre demande d’information. Notre {} s’en occupe.",
            firm::CUSTOMER_SERVICE
        );
        let mut blocks = vec![
            Block::paragraph(first),
            Block::Facts {
                rows: rows.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            },
            Block::paragraph(
                "Cette date est un objectif que nous nous fixons\u{202f}: aucun délai \
                 réglementaire ne court pour une demande d’information.",
            ),
            Block::heading("Vous vouliez exprimer un mécontentement\u{202f}?"),
            Block::paragraph(
                "Écrivez-le-nous\u{202f}: votre demande devient une \
                 réclamation, et les délais réglementaires comptent depuis la date de votre \
                 premier envoi.",
            ),
        ];
        blocks.extend(self.addressed.ways_back());
        let subject = "votre demande d’information est bien reçue".to_owned();
        self.addressed.signed_by_service(subject, blocks)
    }
}
