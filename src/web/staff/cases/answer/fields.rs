//! The fields of the editor as they are shown.

use crate::case::answer::{Outcome, Position};
use crate::web::form::FormErrors;
use crate::web::staff::cases::answer::typed::{TypedAnswer, TypedCommitment, TypedPoint};
use crate::web::staff::cases::forms::Choice;
use crate::web::staff::words;

/// The fields as shown.
pub(super) struct Fields {
    pub(super) introduction: String,
    pub(super) points: Vec<PointFields>,
    pub(super) outcomes: Vec<Choice>,
    pub(super) amount: String,
    pub(super) divergence: String,
    pub(super) commitments: Vec<CommitmentFields>,
}

/// The fields of one grievance.
pub(super) struct PointFields {
    pub(super) number: usize,
    pub(super) grievance: String,
    pub(super) grievance_error: Option<String>,
    pub(super) positions: Vec<Choice>,
    pub(super) position_error: Option<String>,
    pub(super) grounds: String,
    pub(super) grounds_error: Option<String>,
    /// An answer has taken a position on it: it is no longer reworded, moved nor removed.
    pub(super) is_settled: bool,
    pub(super) can_rise: bool,
    pub(super) can_sink: bool,
}

/// The fields of one commitment.
pub(super) struct CommitmentFields {
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) text_error: Option<String>,
    pub(super) due_on: String,
    pub(super) due_on_error: Option<String>,
}

impl Fields {
    /// Of what is typed; the first `n_settled` grievances have been answered.
    pub(super) fn new(typed: &TypedAnswer, errors: &FormErrors, n_settled: usize) -> Self {
        let outcomes = Outcome::ALL.iter().map(|outcome| Choice {
            value: outcome.code().to_owned(),
            caption: words::outcome(*outcome).to_owned(),
            is_chosen: typed.outcome == outcome.code(),
        });
        let n_points = typed.points.len();
        let point = |(number, point)| PointFields {
            is_settled: number <= n_settled,
            can_rise: n_settled + 1 < number,
            can_sink: n_settled < number && number < n_points,
            ..PointFields::new(number, point, errors)
        };
        Self {
            introduction: typed.introduction.clone(),
            points: (1..).zip(&typed.points).map(point).collect(),
            outcomes: outcomes.collect(),
            amount: typed.amount.clone(),
            divergence: typed.divergence.clone(),
            commitments: (1..)
                .zip(&typed.commitments)
                .map(|(number, one)| CommitmentFields::new(number, one, errors))
                .collect(),
        }
    }
}

fn error(errors: &FormErrors, part: &str, number: usize) -> Option<String> {
    errors.of(&format!("{part}-{number}")).map(str::to_owned)
}

impl PointFields {
    fn new(number: usize, point: &TypedPoint, errors: &FormErrors) -> Self {
        let positions = Position::ALL.iter().map(|position| Choice {
            value: position.code().to_owned(),
            caption: words::position(*position).to_owned(),
            is_chosen: point.position == position.code(),
        });
        Self {
            number,
            grievance: point.grievance.clone(),
            grievance_error: error(errors, "grief", number),
            positions: positions.collect(),
            position_error: error(errors, "position", number),
            grounds: point.grounds.clone(),
            grounds_error: error(errors, "motifs", number),
            is_settled: false,
            can_rise: false,
            can_sink: false,
        }
    }
}

impl CommitmentFields {
    fn new(number: usize, typed: &TypedCommitment, errors: &FormErrors) -> Self {
        Self {
            number,
            text: typed.text.clone(),
            text_error: error(errors, "engagement", number),
            due_on: typed.due_on.clone(),
            due_on_error: error(errors, "echeance", number),
        }
    }
}
