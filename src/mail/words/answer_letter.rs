//! The letter of a reasoned answer (R21–R22).

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::firm;
use crate::letters::{Block, Letter};
use crate::mail::Desk;
use crate::mail::words::letter::{Addressed, CLOSING, GREETING, mediator_block, plain};
use crate::mail::words::{Granted, MediatorBlock, Outcome, PositionTaken, WordsError};

/// The reasoned answer as a letter. Its text is frozen when it leaves.
#[derive(Clone, Copy)]
pub struct AnswerLetter<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// The day retained as that of the complaint's sending, Paris calendar.
    pub complaint_of: NaiveDate,
    /// The date of the letter, Paris calendar.
    pub dated_on: NaiveDate,
    /// Name of the person, as given.
    pub person_name: &'a str,
    /// Postal address, line by line, when there is one.
    pub postal_address: Option<&'a str>,
    /// What comes before the points; a plain sentence stands there when it is empty.
    pub introduction: &'a str,
    /// A position on each grievance, in order.
    pub positions: &'a [PositionTaken<'a>],
    /// The decision as a whole.
    pub outcome: Outcome,
    /// What it grants and promises.
    pub granted: Granted<'a>,
    /// Who signs.
    pub signatory: &'a str,
    /// The service that signs.
    pub service: &'a str,
    /// The mediator, on every letter.
    pub mediator: MediatorBlock,
    /// Legal identity of the firm, line by line.
    pub identity: &'a [String],
}

impl AnswerLetter<'_> {
    /// The letter as text: paragraphs are single lines, for a page or an e-mail to wrap.
    ///
    /// # Errors
    /// When the mediator's block cannot be written.
    pub fn text(&self) -> Result<String, WordsError> {
        Ok(plain(&self.compose()?))
    }

    /// Writes the letter.
    ///
    /// # Errors
    /// When the mediator's block cannot be written.
    pub fn compose(&self) -> Result<Letter, WordsError> {
        let introduction = match self.introduction {
            "" => {
                "Nous avons examiné votre réclamation avec attention. Voici notre réponse, point \
                 par point."
            }
            written => written,
        };
        let mut blocks = vec![Block::paragraph(GREETING), Block::paragraph(introduction)];
        blocks.extend(self.positions.iter().flat_map(PositionTaken::blocks));
        blocks.push(Block::heading("Notre décision"));
        blocks.push(Block::paragraph(self.outcome.sentence()));
        blocks.extend(self.granted.blocks());
        blocks.push(mediator_block(
            "Votre recours\u{202f}: le médiateur",
            &self.mediator,
        )?);
        blocks.push(Block::paragraph(CLOSING));
        blocks.push(Block::Signature {
            lines: vec![
                self.signatory.to_owned(),
                format!("{}, {}", self.service, firm::NAME),
            ],
        });
        let addressed = Addressed {
            reference: self.reference,
            dated_on: self.dated_on,
            desk: Desk::Complaints,
            person_name: self.person_name,
            postal_address: self.postal_address,
            identity: self.identity,
            follow_url: None,
        };
        let subject = format!(
            "réponse à votre réclamation du {}",
            plain_date(self.complaint_of)
        );
        Ok(addressed.letter(subject, blocks))
    }
}

/// The letter of an answer from the text it was frozen as: its paragraphs, without their places.
pub fn frozen_answer(addressed: Addressed<'_>, text: &str) -> Letter {
    let said = text.split_once(GREETING).map_or(text, |(_, said)| said);
    let subject = text
        .lines()
        .find_map(|line| line.strip_prefix("Objet\u{202f}: "))
        .unwrap_or("réponse à votre réclamation");
    let blocks = vec![Block::paragraph(GREETING), Block::paragraph(said.trim())];
    addressed.letter(subject.to_owned(), blocks)
}

/// The letter is about a person: it never shows in a log by accident.
impl std::fmt::Debug for AnswerLetter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AnswerLetter")
            .field("reference", &self.reference)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::CommitmentMade;
    use crate::mail::words::samples;

    #[test]
    fn letter_of_a_partial_refusal() {
        let letter = samples::answer_letter().text().unwrap();
        samples::assert_typography(&letter);
        let until_the_mediator = samples::until(&letter, "La Médiation");
        insta::assert_snapshot!(until_the_mediator, @r"
        Asekkey – Service Réclamations
        10 rue de Penthièvre
        75008 Paris

        Jeanne Martin
        12 rue des Lilas
        69003 Lyon

        Paris, le 1er juin 2026

        Référence : ASK-2026-000123-T
        Objet : réponse à votre réclamation du 30 avril 2026

        Madame, Monsieur,

        Vous contestez le montant de votre cotisation et le délai de notre réponse.

        Point 1

        Ce que vous nous dites :
        La cotisation a augmenté sans avis.

        Notre position : nous vous donnons raison sur ce point.

        Nos raisons :
        L’avis n’a pas été envoyé à temps.

        Point 2

        Ce que vous nous dites :
        Le contrat devait être résilié en mars.

        Notre position : nous ne pouvons pas vous donner raison sur ce point.

        Nos raisons :
        La demande est arrivée après l’échéance.

        Notre décision

        Nous donnons une suite partiellement favorable à votre réclamation.

        Votre recours : le médiateur

        Si cette réponse ne vous satisfait pas, vous pouvez saisir gratuitement le médiateur ; en tout état de cause à partir du 29 juin 2026.
        ");
        let after = letter.split("justice.").last().unwrap();
        insta::assert_snapshot!(after, @r"


        Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.

        Paul Durand
        Service Réclamations, Asekkey
        ");
    }

    #[test]
    fn a_letter_says_the_sum_and_what_is_promised() {
        let granted = Granted {
            amount: Some("1\u{202f}250,50\u{a0}€"),
            commitments: &[CommitmentMade {
                text: "Vous rembourser la cotisation de mars.",
                due_on: samples::day("2026-06-15"),
            }],
            files: &["décompte.pdf".to_owned()],
            by_post: false,
        };
        let letter = AnswerLetter {
            granted,
            ..samples::answer_letter()
        };
        let letter = letter.text().unwrap();
        samples::assert_typography(&letter);
        let decision = letter.split("Notre décision").nth(1).unwrap();
        insta::assert_snapshot!(samples::until(decision, "Votre recours"), @"
        Nous donnons une suite partiellement favorable à votre réclamation.

        Nous vous accordons la somme de 1 250,50 €.

        Nos engagements

        – Au plus tard le 15 juin 2026 :
        Vous rembourser la cotisation de mars.

        Pièces jointes à cette réponse, à retrouver sur la page de suivi de votre dossier

        – décompte.pdf
        ");
    }

    #[test]
    fn each_outcome_and_position_has_its_words() {
        let mut texts = Vec::new();
        for outcome in [
            Outcome::Upheld,
            Outcome::PartlyUpheld,
            Outcome::Rejected,
            Outcome::NoAction,
        ] {
            let letter = AnswerLetter {
                outcome,
                introduction: "",
                ..samples::answer_letter()
            };
            let text = letter.text().unwrap();
            assert!(text.contains("point par point."));
            texts.push(
                text.lines()
                    .skip_while(|line| *line != "Notre décision")
                    .nth(2)
                    .unwrap()
                    .to_owned(),
            );
        }
        insta::assert_debug_snapshot!(texts, @r#"
        [
            "Nous donnons une suite favorable à votre réclamation.",
            "Nous donnons une suite partiellement favorable à votre réclamation.",
            "Nous ne pouvons pas donner de suite favorable à votre réclamation.",
            "Votre réclamation n’appelle pas d’autre suite de notre part.",
        ]
        "#);
    }
}
