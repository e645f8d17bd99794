//! The parts of the letter of a reasoned answer: positions, decision, what it grants and promises.

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::letters::Block;

/// The position taken on one grievance.
#[derive(Clone, Copy)]
pub struct PositionTaken<'a> {
    /// Its number, from 1.
    pub number: i32,
    /// The grievance.
    pub grievance: &'a str,
    /// The position.
    pub position: Position,
    /// Why.
    pub grounds: &'a str,
}

/// What an answer grants and promises, beside its decision.
#[derive(Clone, Copy, Default)]
pub struct Granted<'a> {
    /// The sum granted, in words of the letter: `1 250,50 €`.
    pub amount: Option<&'a str>,
    /// What is promised, in order.
    pub commitments: &'a [CommitmentMade<'a>],
    /// Names of the files that go with it.
    pub files: &'a [String],
    /// Whether they are in the envelope.
    pub by_post: bool,
}

/// A commitment made to the person.
#[derive(Clone, Copy)]
pub struct CommitmentMade<'a> {
    /// What is promised.
    pub text: &'a str,
    /// The last day to keep it, Paris calendar.
    pub due_on: NaiveDate,
}

/// A position on a grievance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// The person is right.
    Accepted,
    /// The person is partly right.
    PartlyAccepted,
    /// The person is not.
    Refused,
}

/// The decision as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// *Suite favorable.*
    Upheld,
    /// *Suite partiellement favorable.*
    PartlyUpheld,
    /// *Refus.*
    Rejected,
    /// *Sans suite.*
    NoAction,
}

impl PositionTaken<'_> {
    pub(super) fn blocks(&self) -> [Block; 4] {
        let position = match self.position {
            Position::Accepted => "nous vous donnons raison sur ce point.",
            Position::PartlyAccepted => "nous vous donnons raison en partie sur ce point.",
            Position::Refused => "nous ne pouvons pas vous donner raison sur ce point.",
        };
        [
            Block::heading(format!("Point\u{a0}{}", self.number)),
            Block::Labelled {
                label: "Ce que vous nous dites\u{202f}:".to_owned(),
                text: self.grievance.to_owned(),
                quoted: true,
            },
            Block::Strong {
                text: format!("Notre position\u{202f}: {position}"),
            },
            Block::Labelled {
                label: "Nos raisons\u{202f}:".to_owned(),
                text: self.grounds.to_owned(),
                quoted: false,
            },
        ]
    }
}

impl Outcome {
    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::Upheld => "Nous donnons une suite favorable à votre réclamation.",
            Self::PartlyUpheld => {
                "Nous donnons une suite partiellement favorable à votre réclamation."
            }
            Self::Rejected => "Nous ne pouvons pas donner de suite favorable à votre réclamation.",
            Self::NoAction => "Votre réclamation n’appelle pas d’autre suite de notre part.",
        }
    }
}

impl Granted<'_> {
    pub(super) fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        blocks.extend(
            self.amount.map(|amount| {
                Block::paragraph(format!("Nous vous accordons la somme de {amount}."))
            }),
        );
        if !self.commitments.is_empty() {
            blocks.push(Block::heading("Nos engagements"));
            blocks.push(Block::List {
                items: self.commitments.iter().map(CommitmentMade::line).collect(),
            });
        }
        if !self.files.is_empty() {
            blocks.push(Block::heading(if self.by_post {
                "Pièces jointes à cette lettre"
            } else {
                "Pièces jointes à cette réponse, à retrouver sur la page de suivi de votre dossier"
            }));
            blocks.push(Block::List {
                items: self.files.to_vec(),
            });
        }
        blocks
    }
}

impl CommitmentMade<'_> {
    fn line(&self) -> String {
        format!(
            "Au plus tard le {}\u{202f}:\n{}",
            plain_date(self.due_on),
            self.text
        )
    }
}
