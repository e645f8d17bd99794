//! The letter of an answer that went through the gate, whose mediator's block is put in here and by
//! nobody's hand.

use crate::calendar;
use crate::case::act::ActError;
use crate::case::answer::{Cleared, Outcome, Position, SendError, Sending};
use crate::case::notify::{NotifyError, mediator};
use crate::case::{Dossier, Office};
use crate::firm;
use crate::letters::Letter;
use crate::mail::words::{
    self, AnswerLetter, CommitmentMade, Granted, Occasion, PositionTaken, WordsError,
};

/// The letter, for paper and as the text that is frozen.
pub(super) struct Written {
    pub(super) letter: Letter,
    pub(super) text: String,
}

/// Writes the letter.
pub(super) fn letter(
    office: &Office,
    dossier: &Dossier,
    (cleared, files): (&Cleared, &[String]),
    sending: &Sending,
) -> Result<Written, SendError> {
    let dated_on = calendar::paris_date(sending.at);
    let Some(legal) = dossier.legal_dates() else {
        return Err(ActError::NotNow(dossier.case.status).into());
    };
    let is_professional = dossier.filing.is_professional;
    let positions: Vec<PositionTaken<'_>> = (1..)
        .zip(cleared.points())
        .map(|(number, point)| PositionTaken {
            number,
            grievance: &point.grievance,
            position: position_words(point.position),
            grounds: &point.grounds,
        })
        .collect();
    let amount = cleared.amount().map(|amount| amount.to_string());
    let commitments: Vec<CommitmentMade<'_>> = cleared
        .commitments()
        .iter()
        .map(|one| CommitmentMade {
            text: &one.text,
            due_on: one.due_on,
        })
        .collect();
    let words = AnswerLetter {
        reference: &dossier.case.reference().to_string(),
        complaint_of: legal.answer_due.explanation.starts_on(),
        dated_on,
        person_name: dossier.case.person_name.as_deref().unwrap_or_default(),
        postal_address: dossier.filing.postal_address.as_deref(),
        introduction: cleared.introduction(),
        positions: &positions,
        outcome: outcome_words(cleared.outcome()),
        granted: Granted {
            amount: amount.as_deref(),
            commitments: &commitments,
            files,
            by_post: dossier.email_to_rely_on().is_none(),
        },
        signatory: &sending.signatory_name,
        service: firm::COMPLAINTS_SERVICE,
        mediator: mediator(&legal, is_professional, Occasion::Answer, dated_on),
        identity: &office.identity(),
    };
    Ok(both(&words).map_err(NotifyError::from)?)
}

fn both(words: &AnswerLetter<'_>) -> Result<Written, WordsError> {
    Ok(Written {
        letter: words.compose()?,
        text: words.text()?,
    })
}

/// The position, for the words of the letter.
pub(crate) const fn position_words(position: Position) -> words::Position {
    match position {
        Position::Accepted => words::Position::Accepted,
        Position::PartlyAccepted => words::Position::PartlyAccepted,
        Position::Refused => words::Position::Refused,
    }
}

/// The outcome, for the words of the letter.
pub(crate) const fn outcome_words(outcome: Outcome) -> words::Outcome {
    match outcome {
        Outcome::Upheld => words::Outcome::Upheld,
        Outcome::PartlyUpheld => words::Outcome::PartlyUpheld,
        Outcome::Rejected => words::Outcome::Rejected,
        Outcome::NoAction => words::Outcome::NoAction,
    }
}
