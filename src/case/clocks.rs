//! Where each legal clock of a case stands, and what comes next. Pure: everything is an argument.

use chrono::NaiveDate;

use crate::calendar::{close_target, days_left};
use crate::case::{Nature, Status};

/// What has happened on a case, in Paris dates of hand-over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Milestones {
    /// The acknowledgement left us.
    pub acknowledged_on: Option<NaiveDate>,
    /// The *first* answer left us: a later one, after a disagreement, meets no legal clock.
    pub answered_on: Option<NaiveDate>,
    /// The case was closed or withdrawn.
    pub ended_on: Option<NaiveDate>,
}

/// Where one legal clock stands. Nothing pauses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// No such clock (a request, an oral complaint), or the case ended before the due date.
    NotRunning,
    /// Still `days_left` calendar days, at least one.
    Running {
        /// The legal date.
        due: NaiveDate,
        /// Calendar days to it.
        days_left: i64,
    },
    /// Today is the due date: it runs to midnight in Paris.
    DueToday {
        /// The legal date.
        due: NaiveDate,
    },
    /// Not met in time; it counts from the day after the due date (R53).
    Overdue {
        /// The legal date.
        due: NaiveDate,
        /// Calendar days past it, up to today or to the end of the case.
        days: i64,
    },
    /// Met in time.
    Met {
        /// When.
        on: NaiveDate,
    },
    /// Met, too late.
    MetLate {
        /// When.
        on: NaiveDate,
        /// Calendar days past the due date.
        days: i64,
    },
}

/// The acknowledgement clock. An answer meets it too (R17).
pub fn acknowledgement_clock(
    due: Option<NaiveDate>,
    done: &Milestones,
    today: NaiveDate,
) -> ClockState {
    let met_on = [done.acknowledged_on, done.answered_on]
        .into_iter()
        .flatten()
        .min();
    clock(due, met_on, done.ended_on, today)
}

/// The answer clock.
pub fn answer_clock(due: Option<NaiveDate>, done: &Milestones, today: NaiveDate) -> ClockState {
    clock(due, done.answered_on, done.ended_on, today)
}

fn clock(
    due: Option<NaiveDate>,
    met_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    today: NaiveDate,
) -> ClockState {
    let Some(due) = due else {
        return ClockState::NotRunning;
    };
    if let Some(on) = met_on {
        return match days_left(on, due) {
            days @ 1.. => ClockState::MetLate { on, days },
            _ => ClockState::Met { on },
        };
    }
    match (days_left(due, ended_on.unwrap_or(today)), ended_on) {
        (0.., Some(_)) => ClockState::NotRunning,
        (0, None) => ClockState::DueToday { due },
        (days_left @ 1.., None) => ClockState::Running { due, days_left },
        (late, _) => ClockState::Overdue {
            due,
            days: late.saturating_neg(),
        },
    }
}

/// The dates one case can be waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dues {
    /// Legal date of the acknowledgement; none for requests and oral complaints.
    pub ack_due: Option<NaiveDate>,
    /// Legal date of the answer; none for requests and oral complaints.
    pub answer_due: Option<NaiveDate>,
    /// Internal target: requests, oral complaints, disagreements.
    pub target: Option<NaiveDate>,
    /// What `next_due_on` was until now: kept once the case has ended.
    pub last: NaiveDate,
}

/// The next date of a case: what the inbox sorts by, stored by the same UPDATE as each act.
///
/// Received complaint: the earlier legal date. Acknowledged: the answer's, or the target after a
/// disagreement (an answer was given, no new legal clock). Request or oral complaint: the target.
/// Answered: thirty days after the answer, to close it. Ended: the last one stays.
pub fn next_due_on(
    status: Status,
    nature: Nature,
    dues: &Dues,
    answered_on: Option<NaiveDate>,
) -> NaiveDate {
    let legal = |date: Option<NaiveDate>| date.filter(|_| nature == Nature::Complaint);
    let next = match status {
        Status::Received => [legal(dues.ack_due), legal(dues.answer_due)]
            .into_iter()
            .flatten()
            .min()
            .or(dues.target),
        Status::Acknowledged if answered_on.is_some() => dues.target.or(legal(dues.answer_due)),
        Status::Acknowledged => legal(dues.answer_due).or(dues.target),
        Status::Answered => answered_on.map(close_target),
        Status::Closed | Status::Withdrawn => None,
    };
    next.unwrap_or(dues.last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Nature::{Complaint, InformationRequest};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn due() -> NaiveDate {
        date("2026-05-15")
    }

    #[test]
    fn an_unmet_clock_runs_to_midnight_of_the_due_date() {
        let none = Milestones::default();
        let state = |today| acknowledgement_clock(Some(due()), &none, date(today));
        let due = date("2026-05-15");
        assert_eq!(
            state("2026-05-13"),
            ClockState::Running { due, days_left: 2 }
        );
        assert_eq!(state("2026-05-15"), ClockState::DueToday { due });
        assert_eq!(state("2026-05-16"), ClockState::Overdue { due, days: 1 });
        assert_eq!(answer_clock(None, &none, due), ClockState::NotRunning);
    }

    #[test]
    fn an_answer_within_the_ten_days_meets_the_acknowledgement_clock() {
        let today = date("2026-06-01");
        let on = date("2026-05-15");
        let answered = Milestones {
            answered_on: Some(on),
            ..Milestones::default()
        };
        assert_eq!(
            acknowledgement_clock(Some(due()), &answered, today),
            ClockState::Met { on }
        );
        let acknowledged = Milestones {
            acknowledged_on: Some(date("2026-05-04")),
            answered_on: Some(date("2026-05-20")),
            ended_on: Some(today),
        };
        let met = ClockState::Met {
            on: date("2026-05-04"),
        };
        assert_eq!(
            acknowledgement_clock(Some(due()), &acknowledged, today),
            met
        );
        let late = ClockState::MetLate {
            on: date("2026-05-20"),
            days: 5,
        };
        assert_eq!(answer_clock(Some(due()), &acknowledged, today), late);
    }

    #[test]
    fn an_acknowledgement_alone_leaves_the_answer_due() {
        let done = Milestones {
            acknowledged_on: Some(due()),
            ..Milestones::default()
        };
        let due = date("2026-05-15");
        let running = ClockState::Running { due, days_left: 14 };
        assert_eq!(answer_clock(Some(due), &done, date("2026-05-01")), running);
    }

    #[test]
    fn a_withdrawal_stops_a_clock_and_does_not_hide_an_overrun() {
        let withdrawn = |on| Milestones {
            ended_on: Some(date(on)),
            ..Milestones::default()
        };
        let today = date("2026-07-01");
        let in_time = answer_clock(Some(due()), &withdrawn("2026-05-15"), today);
        assert_eq!(in_time, ClockState::NotRunning);
        let overrun = answer_clock(Some(due()), &withdrawn("2026-05-18"), today);
        assert_eq!(
            overrun,
            ClockState::Overdue {
                due: date("2026-05-15"),
                days: 3
            }
        );
    }

    #[test]
    fn what_comes_next_follows_the_status() {
        let dues = Dues {
            ack_due: Some(date("2026-05-15")),
            answer_due: Some(date("2026-06-30")),
            target: Some(date("2026-05-07")),
            last: date("2026-01-01"),
        };
        let oral = Dues {
            ack_due: None,
            answer_due: None,
            ..dues
        };
        let answered_on = Some(date("2026-06-01"));
        for (status, nature, dues, answered, next) in [
            (Status::Received, Complaint, &dues, None, "2026-05-15"),
            (Status::Received, Complaint, &oral, None, "2026-05-07"),
            (
                Status::Received,
                InformationRequest,
                &dues,
                None,
                "2026-05-07",
            ),
            (Status::Acknowledged, Complaint, &dues, None, "2026-06-30"),
            (
                Status::Acknowledged,
                Complaint,
                &dues,
                answered_on,
                "2026-05-07",
            ),
            (
                Status::Answered,
                Complaint,
                &dues,
                answered_on,
                "2026-07-01",
            ),
            (
                Status::Answered,
                InformationRequest,
                &dues,
                answered_on,
                "2026-07-01",
            ),
            (Status::Closed, Complaint, &dues, answered_on, "2026-01-01"),
            (Status::Withdrawn, Complaint, &dues, None, "2026-01-01"),
        ] {
            let found = next_due_on(status, nature, dues, answered);
            assert_eq!(found, date(next), "{status:?} {nature:?}");
        }
    }

    #[test]
    fn a_received_complaint_waits_for_the_earlier_legal_date() {
        let dues = Dues {
            ack_due: Some(date("2026-02-01")),
            answer_due: Some(date("2026-01-30")),
            target: None,
            last: date("2026-01-01"),
        };
        let next = next_due_on(Status::Received, Complaint, &dues, None);
        assert_eq!(next, date("2026-01-30"));
    }
}
