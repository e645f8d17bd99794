//! What the person thinks of our answer, as staff see it.

use crate::calendar::paris_date;
use crate::case::{Evaluation, Satisfaction};
use crate::web::staff::moment::Day;
use crate::web::staff::words;

/// An evaluation in words.
pub(in crate::web::staff) struct Opinion {
    pub(super) tone: &'static str,
    pub(super) words: &'static str,
    /// When it was last changed.
    pub(super) day: Day,
    pub(super) comment: Option<String>,
}

impl Opinion {
    /// Of this evaluation.
    pub(super) fn of(evaluation: &Evaluation) -> Self {
        Self {
            tone: match evaluation.level {
                Satisfaction::Satisfied => "ok",
                Satisfaction::Partly => "soon",
                Satisfaction::Unsatisfied => "late",
            },
            words: words::satisfaction(evaluation.level),
            day: Day::of(paris_date(evaluation.changed_at)),
            comment: evaluation.comment.clone(),
        }
    }
}
