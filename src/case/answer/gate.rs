//! The send gate: what an answer must hold before it can leave (R21, R22, R31).

use crate::case::StaffId;
use crate::case::answer::{AnswerDraft, Outcome, Position};

/// What stands around the answer when someone wants to send it.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Whether refusals need a second reader.
    pub second_reader_required: bool,
    /// Who wrote the answer last.
    pub author: StaffId,
    /// Who read it, if anyone.
    pub reader: Option<StaffId>,
    /// How many people could read it: with the right, and not the author.
    pub n_eligible_readers: i64,
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
    /// A refusal that nobody but its author has read.
    SecondReading,
    /// A refusal that nobody else could read.
    NobodyCanRead,
}

/// Shortest grounds that can be reasons, in characters.
pub const MIN_GROUNDS_CHARS: usize = 20;

/// An answer that may leave: only [`check`] makes one, and only one can be sent.
#[derive(Clone, Debug)]
pub struct Cleared {
    outcome: Outcome,
    introduction: String,
    points: Vec<ClearedPoint>,
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
    missing.extend(
        draft
            .outcome
            .and_then(|outcome| incoherence(outcome, &points)),
    );
    missing.extend(
        draft
            .outcome
            .and_then(|outcome| unread(outcome, &points, around)),
    );
    match draft.outcome {
        Some(outcome) if missing.is_empty() => Ok(Cleared {
            outcome,
            introduction: draft.introduction.trim().to_owned(),
            points,
        }),
        _ => Err(missing),
    }
}

/// An answer that upholds all refuses nothing; one that rejects accepts nothing.
fn incoherence(outcome: Outcome, points: &[ClearedPoint]) -> Option<Missing> {
    let all = |wanted| points.iter().all(|point| point.position == wanted);
    let coherent = match outcome {
        Outcome::Upheld => all(Position::Accepted),
        Outcome::Rejected => all(Position::Refused),
        Outcome::PartlyUpheld => {
            points.is_empty() || !(all(Position::Accepted) || all(Position::Refused))
        }
        Outcome::NoAction => true,
    };
    (!coherent).then_some(Missing::Coherence)
}

/// A refusal, of the whole or of one grievance, needs another person's eyes.
fn unread(outcome: Outcome, points: &[ClearedPoint], around: &Circumstances) -> Option<Missing> {
    let refuses = outcome.refuses()
        || points
            .iter()
            .any(|point| point.position != Position::Accepted);
    let is_read = around.reader.is_some_and(|reader| reader != around.author);
    if !around.second_reader_required || !refuses || is_read {
        None
    } else if around.n_eligible_readers == 0 {
        Some(Missing::NobodyCanRead)
    } else {
        Some(Missing::SecondReading)
    }
}

#[cfg(test)]
mod tests {
    use crate::case::answer::Point;

    use super::*;

    const GROUNDS: &str = "L’article 4 du contrat prévoit ce délai.";

    fn point(position: Option<Position>, grounds: &str) -> Point {
        Point {
            grievance: "Le délai".to_owned(),
            position,
            grounds: grounds.to_owned(),
        }
    }

    fn draft(outcome: Option<Outcome>, points: Vec<Point>) -> AnswerDraft {
        AnswerDraft {
            outcome,
            introduction: String::new(),
            points,
        }
    }

    fn around(reader: Option<i64>, n_eligible_readers: i64) -> Circumstances {
        Circumstances {
            second_reader_required: true,
            author: StaffId(1),
            reader: reader.map(StaffId),
            n_eligible_readers,
        }
    }

    #[test]
    fn an_empty_answer_is_told_all_it_lacks() {
        let missing = check(&draft(None, vec![]), &around(None, 1)).unwrap_err();
        assert_eq!(missing, [Missing::Outcome, Missing::Grievances]);

        let hollow = draft(Some(Outcome::Upheld), vec![Point::default()]);
        let missing = check(&hollow, &around(None, 1)).unwrap_err();
        assert_eq!(
            missing,
            [
                Missing::Grievance(1),
                Missing::Grounds(1),
                Missing::Position(1)
            ]
        );
    }

    #[test]
    fn grounds_are_compulsory_even_when_all_is_granted() {
        let bare = draft(
            Some(Outcome::Upheld),
            vec![point(Some(Position::Accepted), " ok ")],
        );
        assert_eq!(
            check(&bare, &around(None, 1)).unwrap_err(),
            [Missing::Grounds(1)]
        );
        let reasoned = draft(
            Some(Outcome::Upheld),
            vec![point(Some(Position::Accepted), GROUNDS)],
        );
        assert_eq!(
            check(&reasoned, &around(None, 0)).unwrap().points().len(),
            1
        );
    }

    #[test]
    fn a_refusal_is_read_by_another_person() {
        for (outcome, position) in [
            (Outcome::Rejected, Position::Refused),
            (Outcome::PartlyUpheld, Position::PartlyAccepted),
        ] {
            let points = vec![point(Some(position), GROUNDS)];
            let refusal = draft(Some(outcome), points);
            assert_eq!(
                check(&refusal, &around(None, 1)).unwrap_err(),
                [Missing::SecondReading]
            );
            assert_eq!(
                check(&refusal, &around(None, 0)).unwrap_err(),
                [Missing::NobodyCanRead]
            );
            assert_eq!(
                check(&refusal, &around(Some(1), 1)).unwrap_err(),
                [Missing::SecondReading]
            );
            assert!(check(&refusal, &around(Some(2), 1)).is_ok());
            let alone = Circumstances {
                second_reader_required: false,
                ..around(None, 0)
            };
            assert!(check(&refusal, &alone).is_ok());
        }
    }

    #[test]
    fn a_refusal_called_no_action_is_read_all_the_same() {
        let points = vec![point(Some(Position::Refused), GROUNDS)];
        let hidden = draft(Some(Outcome::NoAction), points);
        assert_eq!(
            check(&hidden, &around(None, 1)).unwrap_err(),
            [Missing::SecondReading]
        );
        assert!(check(&hidden, &around(Some(2), 1)).is_ok());
    }

    #[test]
    fn the_outcome_agrees_with_the_positions() {
        let refused = || vec![point(Some(Position::Refused), GROUNDS)];
        let upheld = draft(Some(Outcome::Upheld), refused());
        assert_eq!(
            check(&upheld, &around(Some(2), 1)).unwrap_err(),
            [Missing::Coherence]
        );
        let partly = draft(Some(Outcome::PartlyUpheld), refused());
        assert_eq!(
            check(&partly, &around(Some(2), 1)).unwrap_err(),
            [Missing::Coherence]
        );
    }
}
