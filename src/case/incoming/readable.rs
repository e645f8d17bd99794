//! Who reads which e-mail: what may be about a case is kept from whomever that case is kept from.

use crate::case::sight::{Viewer, barred_from_nothing, in_sight, in_sight_while_live};
use crate::db::Condition;
use crate::staff::Right;

/// In a statement on `incoming_mails`: of the cases that it names or answers.
const OF_LEADS: &str = "SELECT incoming_leads.case_id FROM incoming_leads \
    WHERE incoming_leads.mail_id = incoming_mails.id";

/// The e-mails that someone may read: those of a case that they see, and those of no case, unless one of
/// the cases that they may be about is kept from them. Those of the sender count, also once they are over.
pub(super) fn readable(viewer: Viewer) -> Condition {
    Condition::of(
        "CASE WHEN incoming_mails.case_id IS NOT NULL THEN EXISTS (\
         SELECT FROM cases WHERE cases.id = incoming_mails.case_id AND ",
    )
    .with(in_sight(viewer))
    .words(") AND ")
    .with(answers_nothing_hidden(viewer))
    .words(" ELSE NOT EXISTS (SELECT FROM cases WHERE (cases.id IN (")
    .words(OF_LEADS)
    .words(
        " UNION ALL SELECT filings.case_id FROM filings \
         WHERE lower(filings.email) = lower(incoming_mails.sender))) AND NOT (",
    )
    .with(in_sight_while_live(viewer))
    .words(")) AND (NOT (")
    .words(MAY_BE_OF_ANY)
    .words(") OR ")
    .with(may_read_of_any(viewer))
    .words(") END")
}

/// Of the e-mails of a case that someone sees, those that answer no case which is kept from them. A
/// message of the thread is of that thread for whoever reads it; but the e-mail it came as, with its
/// headers and all that is joined, may tell of each case that it answers. A case that it merely names
/// keeps it from nobody any more: anyone can name one, and it was judged to be of another.
pub(in crate::case) fn answers_nothing_hidden(viewer: Viewer) -> Condition {
    Condition::of("NOT EXISTS (SELECT FROM cases WHERE cases.id IN (")
        .words(OF_LEADS)
        .words(" AND incoming_leads.is_answered) AND NOT (")
        .with(in_sight_while_live(viewer))
        .words("))")
}

/// In a statement on `incoming_mails`: those that were not understood, of which nothing tells who wrote
/// them nor about whom. They may be about any case. One that waits to be understood shows nothing of
/// itself, to nobody.
pub(in crate::case) const MAY_BE_OF_ANY: &str = "incoming_mails.sender IS NULL \
    AND incoming_mails.sort IS NOT DISTINCT FROM 'not_understood' \
    AND NOT EXISTS (SELECT FROM incoming_leads \
    WHERE incoming_leads.mail_id = incoming_mails.id)";

/// Whether they may read what may be about any case: whoever is barred from none. Where everyone at work
/// is barred from some case, everyone may: what nobody reads would be lost, and may be a complaint.
fn may_read_of_any(viewer: Viewer) -> Condition {
    let others = Condition::of(
        "NOT EXISTS (SELECT FROM staff_accounts WHERE staff_accounts.disabled_at IS NULL \
         AND staff_accounts.enrolled_at IS NOT NULL AND staff_accounts.roles && ARRAY[NULL",
    );
    let holders = Right::EnterCases.holders().iter();
    let others = holders.fold(others, |others, role| others.words(", ").text(role.code()));
    let others = others.words(
        "] AND NOT EXISTS (SELECT FROM case_bars WHERE case_bars.lifted_at IS NULL \
         AND case_bars.account_id = staff_accounts.id))",
    );
    Condition::of("(")
        .with(barred_from_nothing(viewer))
        .words(" OR ")
        .with(others)
        .words(")")
}
