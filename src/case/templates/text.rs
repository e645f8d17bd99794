//! A template's text: words and variables in braces, or every fault with its place.

use crate::case::filing::{Text, TextError};
use crate::db::text_code;

text_code! {
    /// What a template can name of a case. Its code stands in braces in the text.
    pub enum Variable {
        /// First and last name of the person.
        Person => "personne",
        /// Reference of the case.
        Reference => "reference",
        /// The day the letter is written.
        Today => "date_du_jour",
        /// The day retained as that of the complaint's sending.
        ComplaintDate => "date_reclamation",
        /// The last day to answer.
        AnswerDue => "reponse_au_plus_tard",
        /// The day from which the mediator can be turned to in any case.
        MediatorDate => "mediateur_des_le",
        /// Who handles the case.
        Handler => "gestionnaire",
        /// What the case is about: the product.
        Product => "produit",
        /// What the case is about: the subject.
        Subject => "sujet",
        /// Number of the contract.
        Contract => "contrat",
    }
}

/// A template that can be filled: 1 to 5,000 characters, every variable known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateText {
    typed: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Variable(Variable),
}

/// Something that keeps a text from being a template, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line of the text, from 1.
    pub line: usize,
    /// Character of that line, from 1.
    pub column: usize,
    /// What.
    pub kind: FaultKind,
}

/// What keeps a text from being a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A variable that is not on the list.
    Unknown(String),
    /// A brace that opens or closes nothing.
    Brace,
    /// A text that cannot be kept at all.
    Text(TextError),
}

impl TemplateText {
    /// Most characters.
    pub const MAX_CHARS: u64 = 5_000;

    /// Reads a text as typed.
    ///
    /// # Errors
    /// Every fault of it, in its order.
    pub fn parse(typed: &str) -> Result<Self, Vec<Fault>> {
        let text = Text::<1, { Self::MAX_CHARS }>::parse(typed).map_err(|error| {
            vec![Fault {
                line: 1,
                column: 1,
                kind: FaultKind::Text(error),
            }]
        })?;
        let mut reader = Reader::default();
        for (line, words) in (1..).zip(text.as_str().split('\n')) {
            if line > 1 {
                reader.words.push('\n');
            }
            reader.read(line, words);
        }
        reader.end_words();
        if reader.faults.is_empty() {
            Ok(Self {
                typed: text.as_str().to_owned(),
                pieces: reader.pieces,
            })
        } else {
            Err(reader.faults)
        }
    }

    /// The text with its variables in braces.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// The text with each variable replaced by what `value` gives for it.
    pub fn fill(&self, value: impl Fn(Variable) -> String) -> String {
        let words = self.pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Variable(variable) => value(*variable),
        });
        words.collect()
    }
}

#[derive(Default)]
struct Reader {
    words: String,
    pieces: Vec<Piece>,
    faults: Vec<Fault>,
}

impl Reader {
    /// Reads one line: a variable does not run over its end.
    fn read(&mut self, line: usize, text: &str) {
        let mut rest = text;
        let place = |rest: &str| text.chars().count() - rest.chars().count() + 1;
        while let Some(at) = rest.find(['{', '}']) {
            let (words, from_brace) = rest.split_at(at);
            self.words.push_str(words);
            let column = place(from_brace);
            let named = from_brace
                .strip_prefix('{')
                .and_then(|named| named.split_once('}'))
                .filter(|(name, _)| !name.contains('{'));
            let Some((name, after)) = named else {
                self.fault(line, column, FaultKind::Brace);
                rest = from_brace.get(1..).unwrap_or_default();
                continue;
            };
            match Variable::from_code(name.trim()) {
                Some(variable) => {
                    self.end_words();
                    self.pieces.push(Piece::Variable(variable));
                }
                None => self.fault(line, column, FaultKind::Unknown(name.trim().to_owned())),
            }
            rest = after;
        }
        self.words.push_str(rest);
    }

    fn fault(&mut self, line: usize, column: usize, kind: FaultKind) {
        self.faults.push(Fault { line, column, kind });
    }

    fn end_words(&mut self) {
        if !self.words.is_empty() {
            self.pieces
                .push(Piece::Words(std::mem::take(&mut self.words)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_replaced_and_the_rest_stays() {
        let text = TemplateText::parse("Bonjour {personne},\r\n\nDossier { reference }.").unwrap();
        assert_eq!(
            text.as_str(),
            "Bonjour {personne},\n\nDossier { reference }."
        );
        let filled = text.fill(|variable| format!("<{}>", variable.code()));
        assert_eq!(filled, "Bonjour <personne>,\n\nDossier <reference>.");
    }

    #[test]
    fn each_fault_has_its_place() {
        let faults = TemplateText::parse("Élan {nom}\n{personne} } et {perso").unwrap_err();
        let places: Vec<_> = faults
            .iter()
            .map(|fault| (fault.line, fault.column))
            .collect();
        assert_eq!(places, [(1, 6), (2, 12), (2, 17)]);
        assert_eq!(
            faults
                .into_iter()
                .map(|fault| fault.kind)
                .collect::<Vec<_>>(),
            [
                FaultKind::Unknown("nom".to_owned()),
                FaultKind::Brace,
                FaultKind::Brace
            ]
        );
        let blank = TemplateText::parse("  ").unwrap_err();
        assert_eq!(blank[0].kind, FaultKind::Text(TextError::Missing));
    }
}
