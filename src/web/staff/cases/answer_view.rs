//! An answer in words, read only: on the page of the case, and beside another version of it.

use crate::calendar::plain_date;
use crate::case::answer::{AnswerState, Point, Promise, Written};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::moment::Moment;
use crate::web::staff::words;

/// An answer to read.
pub(in crate::web::staff) struct AnswerView {
    pub(in crate::web::staff) author: String,
    pub(in crate::web::staff) reader: Option<String>,
    pub(in crate::web::staff) written: Moment,
    pub(in crate::web::staff) outcome: Option<&'static str>,
    pub(in crate::web::staff) introduction: String,
    pub(in crate::web::staff) points: Vec<PointView>,
    /// `1 250,50 €`.
    pub(in crate::web::staff) amount: Option<String>,
    pub(in crate::web::staff) commitments: Vec<CommitmentView>,
}

/// What is promised, and by when.
pub(in crate::web::staff) struct CommitmentView {
    pub(in crate::web::staff) text: String,
    pub(in crate::web::staff) due: Option<String>,
}

/// One grievance and what is answered to it.
pub(in crate::web::staff) struct PointView {
    pub(in crate::web::staff) number: usize,
    pub(in crate::web::staff) grievance: String,
    pub(in crate::web::staff) position: Option<&'static str>,
    pub(in crate::web::staff) grounds: String,
}

impl AnswerView {
    /// The draft of the case, if there is one.
    pub(in crate::web::staff) fn of_draft(loaded: &Loaded) -> Option<Self> {
        loaded
            .in_hand()
            .filter(|written| written.row.state == AnswerState::Draft)
            .map(|written| Self::new(written, loaded))
    }

    fn new(written: &Written, loaded: &Loaded) -> Self {
        let name = |id| loaded.colleagues.name(id).to_owned();
        let row = &written.row;
        Self {
            author: name(row.author()),
            reader: row.reader().map(name),
            written: Moment::of(row.written_at),
            outcome: row.outcome.map(words::outcome),
            introduction: row.introduction.clone(),
            points: (1..).zip(&written.points).map(point).collect(),
            amount: row.amount.map(|amount| amount.to_string()),
            commitments: written.promises.iter().map(commitment).collect(),
        }
    }
}

fn point((number, point): (usize, &Point)) -> PointView {
    PointView {
        number,
        grievance: point.grievance.clone(),
        position: point.position.map(words::position),
        grounds: point.grounds.clone(),
    }
}

fn commitment(one: &Promise) -> CommitmentView {
    CommitmentView {
        text: one.commitment.text.clone(),
        due: one.commitment.due_on.map(plain_date),
    }
}
