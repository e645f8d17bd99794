//! What the person wants to do, and the short questions for those who do not know.

use crate::case::Nature;
use crate::case::filing::faults::{FieldErrors, Reader, choice, yes_or_no};
use crate::case::filing::typed::{Field, Step, TypedFiling};
use crate::db::text_code;

text_code! {
    /// The answer to *Que souhaitez-vous faire ?*
    pub enum Intent {
        /// Express dissatisfaction.
        Complaint => "complaint",
        /// Ask a question or for a service.
        InformationRequest => "information_request",
        /// Does not know: the short questions decide.
        Unsure => "unsure",
    }
}

/// Reads the choice.
///
/// # Errors
/// When nothing that is offered was chosen.
pub fn parse_intent(typed: &TypedFiling) -> Result<Intent, FieldErrors> {
    let mut reader = Reader::new(typed);
    let intent = reader.take(Field::Intent, choice(Intent::from_code));
    reader.finish(|| intent)
}

/// Whether the person chose the short questions.
pub fn is_unsure(typed: &TypedFiling) -> bool {
    parse_intent(typed) == Ok(Intent::Unsure)
}

/// Reads the short answers: one *yes* makes a complaint (R1), *no* to all a request (R2).
///
/// # Errors
/// When none is *yes* and one is missing: each missing one.
pub(super) fn parse_answers(typed: &TypedFiling) -> Result<Nature, FieldErrors> {
    let mut reader = Reader::new(typed);
    let mut is_unhappy = false;
    for field in Step::Questions.fields(Nature::Complaint) {
        is_unhappy |= reader.take(*field, choice(yes_or_no)).unwrap_or(false);
    }
    if is_unhappy {
        return Ok(Nature::Complaint);
    }
    reader.finish(|| Some(Nature::InformationRequest))
}
