//! Wrong codes: how long a refusal takes, and when guessing is stopped.

use std::time::Duration;

use chrono::TimeDelta;

use crate::case::CaseId;
use crate::web::public::visit::Visit;

/// How much longer a refusal takes for a case that is tried too often.
const SLOWER: u32 = 4;

/// How long this visitor must wait, who has tried too many wrong codes to try one more now.
pub(super) fn wait(visit: &Visit<'_>) -> Option<TimeDelta> {
    let tried = &visit.state.public_limits.guesses_by_address;
    visit.client().and_then(|from| tried.wait(from, visit.at))
}

/// Counts a wrong code of this visitor.
pub(super) fn count(visit: &Visit<'_>) {
    if let Some(from) = visit.client() {
        let tried = &visit.state.public_limits.guesses_by_address;
        tried.count(from, visit.at);
    }
}

/// How long a refusal takes: slower for a case that is tried too often, wherever from; never closed
/// to its person.
pub(super) fn refusal_takes(visit: &Visit<'_>, case: Option<CaseId>) -> Duration {
    let usual = visit.state.staff_limits().refusal_takes;
    let Some(CaseId(number)) = case else {
        return usual;
    };
    let tried = &visit.state.public_limits.guesses_by_case;
    tried.count(number, visit.at);
    if tried.is_over(number, visit.at) {
        usual * SLOWER
    } else {
        usual
    }
}
