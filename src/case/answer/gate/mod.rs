//! The send gate: what an answer must hold before it can leave (R21, R22, R31).

use chrono::NaiveDate;

use crate::case::StaffId;
use crate::case::answer::{Amount, AnswerDraft, Commitment, Outcome, Position};

#[cfg(test)]
mod tests;

/// What stands around the answer when someone wants to send it.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Whether refusals need a second reader.
    pub second_reader_required: bool,
    /// Who wrote the answer last.
    pub author: StaffId,
    /// Who read it, if anyone.
    pub reader: Option<StaffId>,
    /// Who sends it, when someone does: another one than its reader.
    pub sender: Option<StaffId>,
    /// How many people could read it: with the right, and who wrote nothing of it.
    pub n_eligible_readers: i64,
    /// The date of the letter, Paris calendar.
    pub today: NaiveDate,
    /// What most comparable cases decided, if they are enough to say so.
    pub common_outcome: Option<Outcome>,
}

/// What is missing. The answer cannot leave while anything is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No outcome was chosen.
    Outcome,
    /// No grievance is numbered.
    Grievances,
    /// Grievance n is empty.
    Grievance(usize),
    /// No position on grievance n.
    Position(usize),
    /// No grounds for the position on grievance n, or too short to be any.
    Grounds(usize),
    /// The outcome and the positions contradict each other.
    Coherence,
    /// A sum is granted by an answer that grants nothing.
    AmountOnRefusal,
    /// Commitment n says nothing.
    Commitment(usize),
    /// Commitment n has no date, or one that has passed.
    CommitmentDate(usize),
    /// It decides otherwise than most comparable cases did, and does not say why.
    Divergence,
    /// A refusal that nobody but its author has read.
    SecondReading,
    /// A refusal that nobody else could read.
    NobodyCanRead,
    /// A refusal that its reader would send: they would be alone to let it leave.
    ReaderSends,
}

/// Shortest grounds that can be reasons, in characters.
pub const MIN_GROUNDS_CHARS: usize = 20;

/// An answer that may leave: only [`check`] makes one, and only one can be sent.
#[derive(Clone, Debug)]
pub struct Cleared {
    outcome: Outcome,
    introduction: String,
    points: Vec<ClearedPoint>,
    amount: Option<Amount>,
    commitments: Vec<ClearedCommitment>,
}

/// One commitment made.
#[derive(Clone, Debug)]
pub struct ClearedCommitment {
    /// What is promised.
    pub text: String,
    /// The last day to keep it, Paris calendar.
    pub due_on: NaiveDate,
}

/// One grievance answered.
#[derive(Clone, Debug)]
pub struct ClearedPoint {
    /// The grievance.
    pub grievance: String,
    /// The position on it.
    pub position: Position,
    /// Its grounds.
    pub grounds: String,
}

impl Cleared {
    /// What it decides.
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// What comes before the grievances; may be empty.
    pub fn introduction(&self) -> &str {
        &self.introduction
    }

    /// The grievances in their order.
    pub fn points(&self) -> &[ClearedPoint] {
        &self.points
    }

    /// The sum granted, if any.
    pub const fn amount(&self) -> Option<Amount> {
        self.amount
    }

    /// What is promised, in order.
    pub fn commitments(&self) -> &[ClearedCommitment] {
        &self.commitments
    }
}

/// Opens the gate, or says everything that is missing.
///
/// The date, the signatory and the mediator's block are put in by the letter itself and cannot be
/// left out: a letter is made from a [`Cleared`] answer only.
///
/// # Errors
/// All that is missing at once, in the order of the page.
pub fn check(draft: &AnswerDraft, around: &Circumstances) -> Result<Cleared, Vec<Missing>> {
    let mut missing = Vec::new();
    if draft.outcome.is_none() {
        missing.push(Missing::Outcome);
    }
    if draft.points.is_empty() {
        missing.push(Missing::Grievances);
    }
    let points = points(draft, &mut missing);
    let commitments = commitments(&draft.commitments, around.today, &mut missing);
    if let Some(outcome) = draft.outcome {
        missing.extend(incoherence(outcome, &points, draft.amount));
        if diverges(outcome, around.common_outcome) && draft.divergence.trim().is_empty() {
            missing.push(Missing::Divergence);
        }
        missing.extend(unread(outcome, &points, around));
    }
    match draft.outcome {
        Some(outcome) if missing.is_empty() => Ok(Cleared {
            outcome,
            introduction: draft.introduction.trim().to_owned(),
            points,
            amount: draft.amount,
            commitments,
        }),
        _ => Err(missing),
    }
}

/// The grievances answered, complete or with what they lack.
fn points(draft: &AnswerDraft, missing: &mut Vec<Missing>) -> Vec<ClearedPoint> {
    let mut points = Vec::new();
    for (number, point) in (1..).zip(&draft.points) {
        if point.grievance.trim().is_empty() {
            missing.push(Missing::Grievance(number));
        }
        if point.grounds.trim().chars().count() < MIN_GROUNDS_CHARS {
            missing.push(Missing::Grounds(number));
        }
        match point.position {
            None => missing.push(Missing::Position(number)),
            Some(position) => points.push(ClearedPoint {
                grievance: point.grievance.trim().to_owned(),
                position,
                grounds: point.grounds.trim().to_owned(),
            }),
        }
    }
    points
}

/// The commitments made; one left blank is none.
fn commitments(
    typed: &[Commitment],
    today: NaiveDate,
    missing: &mut Vec<Missing>,
) -> Vec<ClearedCommitment> {
    let mut made = Vec::new();
    for (number, one) in (1..).zip(typed) {
        if one.is_blank() {
            continue;
        }
        if one.text.trim().is_empty() {
            missing.push(Missing::Commitment(number));
        }
        match one.due_on.filter(|due_on| today <= *due_on) {
            None => missing.push(Missing::CommitmentDate(number)),
            Some(due_on) => made.push(ClearedCommitment {
                text: one.text.trim().to_owned(),
                due_on,
            }),
        }
    }
    made
}

/// An answer that upholds all refuses nothing; one that rejects accepts nothing and grants no sum. A
/// sum granted out of goodwill, every grievance being refused, is a partial satisfaction.
fn incoherence(
    outcome: Outcome,
    points: &[ClearedPoint],
    amount: Option<Amount>,
) -> Option<Missing> {
    let all = |wanted| points.iter().all(|point| point.position == wanted);
    let grants = matches!(outcome, Outcome::Upheld | Outcome::PartlyUpheld);
    let coherent = match outcome {
        Outcome::Upheld => all(Position::Accepted),
        Outcome::Rejected => all(Position::Refused),
        Outcome::PartlyUpheld => {
            let refuses_all = all(Position::Refused) && amount.is_none();
            points.is_empty() || !(all(Position::Accepted) || refuses_all)
        }
        Outcome::NoAction => true,
    };
    if !coherent {
        Some(Missing::Coherence)
    } else if amount.is_some() && !grants {
        Some(Missing::AmountOnRefusal)
    } else {
        None
    }
}

/// Whether an outcome is not what most comparable cases decided.
pub fn diverges(outcome: Outcome, common: Option<Outcome>) -> bool {
    common.is_some_and(|common| common != outcome)
}

/// A refusal, of the whole or of one grievance, needs another person's eyes.
fn unread(outcome: Outcome, points: &[ClearedPoint], around: &Circumstances) -> Option<Missing> {
    let refuses = outcome.refuses()
        || points
            .iter()
            .any(|point| point.position != Position::Accepted);
    let is_read = around.reader.is_some_and(|reader| reader != around.author);
    if !around.second_reader_required || !refuses {
        None
    } else if is_read {
        let reader_sends = around.sender.is_some() && around.sender == around.reader;
        reader_sends.then_some(Missing::ReaderSends)
    } else if around.n_eligible_readers == 0 {
        Some(Missing::NobodyCanRead)
    } else {
        Some(Missing::SecondReading)
    }
}
