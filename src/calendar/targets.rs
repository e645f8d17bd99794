//! What follows from a due date and today: promises, days left, and targets of our own.

use chrono::NaiveDate;

use crate::calendar::add_jours_ouvrables;
use crate::calendar::days::{plus_days, plus_months};

/// Internal target to qualify a case, in *jours ouvrables* after reception.
pub const QUALIFY_WITHIN_JOURS_OUVRABLES: usize = 2;
/// Default internal target for an information request or an oral complaint, in *jours ouvrables*.
pub const REQUEST_WITHIN_JOURS_OUVRABLES: usize = 5;
/// Default internal target to examine a contested answer again, in *jours ouvrables*.
pub const REEXAMINE_WITHIN_JOURS_OUVRABLES: usize = 10;
/// Days in which a person can object to a complaint being handled as a request, once told.
pub const OBJECT_WITHIN_DAYS: u64 = 10;
/// Internal target to close an answered case, in days after the answer.
pub const CLOSE_WITHIN_DAYS: u64 = 30;

/// Days to send our documents to the mediator, once a referral is known: five weeks.
pub const MEDIATION_DOCUMENTS_WITHIN_DAYS: u64 = 35;

/// What a page may promise about a due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// Not past: *au plus tard le …*.
    OnOrBefore(NaiveDate),
    /// Already past, for instance at arrival: *sans attendre*, never a past promise.
    WithoutWaiting,
}

/// The promise to make on `today` about `due`.
pub fn promise(due: NaiveDate, today: NaiveDate) -> Promise {
    if is_overdue(due, today) {
        Promise::WithoutWaiting
    } else {
        Promise::OnOrBefore(due)
    }
}

/// Whether `due` is past: a delay runs to midnight in Paris on the due date itself (R53).
pub fn is_overdue(due: NaiveDate, today: NaiveDate) -> bool {
    today > due
}

/// Calendar days from `today` to `due`: 0 on the last day, negative once overdue.
pub fn days_left(due: NaiveDate, today: NaiveDate) -> i64 {
    (due - today).num_days()
}

/// The day by which staff should have said what a case received on `received_on` is.
pub fn qualify_target(received_on: NaiveDate) -> NaiveDate {
    add_jours_ouvrables(received_on, QUALIFY_WITHIN_JOURS_OUVRABLES)
}

/// The day by which an information request should be answered: `within` *jours ouvrables*
/// (a setting, [`REQUEST_WITHIN_JOURS_OUVRABLES`] by default). No law sets it.
pub fn request_target(received_on: NaiveDate, within: usize) -> NaiveDate {
    add_jours_ouvrables(received_on, within)
}

/// The day by which a complaint made by word of mouth should be dealt with, or the person invited
/// to write: an oral complaint starts no legal clock.
pub fn oral_target(expressed_on: NaiveDate, within: usize) -> NaiveDate {
    add_jours_ouvrables(expressed_on, within)
}

/// The day by which an answer contested on `contested_on` should be examined again: `within` *jours
/// ouvrables* (a setting, [`REEXAMINE_WITHIN_JOURS_OUVRABLES`] by default). No law sets it.
pub fn reexamination_target(contested_on: NaiveDate, within: usize) -> NaiveDate {
    add_jours_ouvrables(contested_on, within)
}

/// The last day to object, for a person told on `told_on`: the tenth day after it, until midnight.
pub fn objection_last_day(told_on: NaiveDate) -> NaiveDate {
    plus_days(told_on, OBJECT_WITHIN_DAYS)
}

/// Whoever was told before this day can object no more on `today`.
pub fn told_before(today: NaiveDate) -> NaiveDate {
    today
        .checked_sub_days(chrono::Days::new(OBJECT_WITHIN_DAYS))
        .unwrap_or(NaiveDate::MIN)
}

/// The day by which our documents must be with the mediator, for a referral known on `known_on`: five
/// weeks later (CCSF 2021, R44).
pub fn mediation_documents_due(known_on: NaiveDate) -> NaiveDate {
    plus_days(known_on, MEDIATION_DOCUMENTS_WITHIN_DAYS)
}

/// The day by which someone who uses their rights over their data is answered: one month after
/// `received_on`, same day number or last day of the month (GDPR, art. 12.3).
pub fn rights_due(received_on: NaiveDate) -> NaiveDate {
    plus_months(received_on, 1)
}

/// The day by which a case answered on `answered_on` should be closed.
pub fn close_target(answered_on: NaiveDate) -> NaiveDate {
    plus_days(answered_on, CLOSE_WITHIN_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn overdue_begins_the_day_after() {
        let due = date("2026-05-15");
        assert_eq!(promise(due, date("2026-05-14")), Promise::OnOrBefore(due));
        assert_eq!(promise(due, due), Promise::OnOrBefore(due));
        assert_eq!(promise(due, date("2026-05-16")), Promise::WithoutWaiting);
        assert_eq!(days_left(due, due), 0);
        assert_eq!(days_left(due, date("2026-05-17")), -2);
    }

    #[test]
    fn targets_count_jours_ouvrables() {
        let thursday = date("2026-04-30");
        assert_eq!(qualify_target(thursday), date("2026-05-04"));
        assert_eq!(request_target(thursday, 5), date("2026-05-07"));
        assert_eq!(oral_target(thursday, 1), date("2026-05-02"));
        assert_eq!(close_target(thursday), date("2026-05-30"));
        assert_eq!(mediation_documents_due(thursday), date("2026-06-04"));
    }

    #[test]
    fn ten_days_are_left_to_object_and_the_eleventh_is_too_late() {
        let told_on = date("2026-04-30");
        let last = date("2026-05-10");
        assert_eq!(objection_last_day(told_on), last);
        assert!(told_on >= told_before(last));
        assert!(told_on < told_before(date("2026-05-11")));
    }
}
