//! The way through the form: which step comes next, and which comes first.

use crate::case::Nature;
use crate::case::filing::{Step, Terms, TypedFiling, first_incomplete, parse_nature};
use crate::web::public::deposit::notice::Notice;
use crate::web::public::deposit::progress::path;
use crate::web::public::deposit::{CHECK, step_url};

/// The first step that is not right yet, else the check.
pub(super) fn where_to_go_on(typed: &TypedFiling, terms: &Terms<'_>) -> String {
    first_incomplete(typed, terms).map_or_else(|| CHECK.to_owned(), step_url)
}

/// Where a new draft leads. One begun in the middle takes the place of a draft that was gone.
pub(super) fn first_address(step: Step, typed: &TypedFiling, terms: &Terms<'_>) -> String {
    match first_incomplete(typed, terms) {
        Some(first) if step != Step::Intent => {
            format!("{}{}", step_url(first), Notice::Kept.query())
        }
        _ => next_address(step, typed, terms),
    }
}

/// Where a saved step leads: to the check once all is right, else to the next step.
pub(super) fn next_address(step: Step, typed: &TypedFiling, terms: &Terms<'_>) -> String {
    let Some(first) = first_incomplete(typed, terms) else {
        return CHECK.to_owned();
    };
    let steps = path(typed);
    let next = steps
        .iter()
        .skip_while(|other| **other != step)
        .nth(1)
        .copied();
    let notice = match (step, parse_nature(typed)) {
        (Step::Questions, Ok(Nature::Complaint)) => Notice::IsComplaint.query(),
        (Step::Questions, Ok(Nature::InformationRequest)) => Notice::IsRequest.query(),
        _ => "",
    };
    format!("{}{notice}", step_url(next.unwrap_or(first)))
}

/// Where to lead a visitor who opens a step that is not theirs yet, or not on their way.
pub(super) fn comes_first(step: Step, typed: &TypedFiling, terms: &Terms<'_>) -> Option<String> {
    let first = first_incomplete(typed, terms);
    let steps = path(typed);
    let place = |wanted: Step| steps.iter().position(|other| *other == wanted);
    match (first, place(step)) {
        (Some(first), _) if first == step => None,
        (Some(first), Some(here)) if place(first).is_some_and(|first| here < first) => None,
        (None, Some(_)) => None,
        (None, None) => Some(CHECK.to_owned()),
        (Some(first), _) => Some(format!("{}{}", step_url(first), Notice::OutOfOrder.query())),
    }
}
