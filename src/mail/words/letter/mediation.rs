//! Our file for the mediator: a letter that lists what is in it, and what was exchanged.

use crate::firm;
use crate::letters::{Block, Letter};
use crate::mail::words::Section;
use crate::mail::words::letter::Addressed;

/// The letter on top of the file: the chronology, the proofs of sending, the list of the pieces.
#[derive(Clone, Copy)]
pub struct MediationCover<'a> {
    /// From whom, about which case; it is to the mediator.
    pub addressed: Addressed<'a>,
    /// The mediator's number of the case.
    pub number: Option<&'a str>,
    /// The person, and the days that count: what, and its value.
    pub facts: &'a [(String, String)],
    /// Day and what happened, oldest first.
    pub chronology: &'a [(String, String)],
    /// Day and what left, oldest first.
    pub sendings: &'a [(String, String)],
    /// Number and name of each piece.
    pub pieces: &'a [(String, String)],
}

impl MediationCover<'_> {
    /// Writes the letter.
    pub fn compose(&self) -> Letter {
        let [name, rest @ ..] = firm::MEDIATOR_POSTAL_ADDRESS;
        let address = rest.join("\n");
        let addressed = Addressed {
            person_name: name,
            postal_address: Some(&address),
            ..self.addressed
        };
        let mut facts = self.facts.to_vec();
        facts.extend(
            self.number
                .map(|number| ("Votre référence".to_owned(), number.to_owned())),
        );
        let mut said = vec![
            Block::paragraph(
                "Voici les pièces de notre dossier sur la réclamation nommée ci-dessous. Elles sont \
                 numérotées dans l’ordre de la liste qui termine cette lettre.",
            ),
            Block::Facts { rows: facts },
            Block::heading("Chronologie"),
            Block::Facts {
                rows: self.chronology.to_vec(),
            },
            Block::heading("Preuves d’envoi"),
        ];
        said.push(if self.sendings.is_empty() {
            Block::paragraph("Rien n’est encore parti.")
        } else {
            Block::Facts {
                rows: self.sendings.to_vec(),
            }
        });
        said.push(Block::heading("Liste des pièces"));
        said.push(Block::Facts {
            rows: self.pieces.to_vec(),
        });
        let subject = "pièces du dossier de réclamation".to_owned();
        addressed.signed_by_service(subject, said)
    }
}

/// A piece of the file that is no letter: texts under their labels, for nobody's envelope.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    /// From whom, about which case.
    pub addressed: Addressed<'a>,
    /// What it is.
    pub title: &'a str,
    /// Each text.
    pub sections: &'a [Section<'a>],
}

impl Piece<'_> {
    /// Writes the piece, as of its date.
    pub fn compose(&self) -> Letter {
        let said = |section: &Section<'_>| Block::Labelled {
            label: section.label.to_owned(),
            text: section.text.to_owned(),
            quoted: true,
        };
        let nobody = Addressed {
            person_name: "",
            postal_address: None,
            ..self.addressed
        };
        let blocks = self.sections.iter().map(said).collect();
        nobody.letter(self.title.to_owned(), blocks)
    }
}

/// Both are about a person: they never show in a log by accident.
impl std::fmt::Debug for MediationCover<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.addressed.fmt(f)
    }
}

impl std::fmt::Debug for Piece<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.addressed.fmt(f)
    }
}
