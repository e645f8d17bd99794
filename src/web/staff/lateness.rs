//! What was late already on the day a case was entered: said before it is registered, and on its
//! page for as long as it is owed.

use chrono::NaiveDate;

use crate::calendar::{is_overdue, long_date, paris_date};
use crate::case::Dossier;

/// The legal dates that can be late.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dues {
    /// Of the acknowledgement.
    pub(super) ack: Option<NaiveDate>,
    /// Of the answer.
    pub(super) answer: Option<NaiveDate>,
}

/// What a case owes and owed already on the day it was entered.
pub(super) fn of_dossier(dossier: &Dossier) -> Vec<String> {
    let (case, dates) = (&dossier.case, &dossier.dates);
    if !case.status.is_open() || dossier.legal_dates().is_none() {
        return Vec::new();
    }
    let is_answered = case.answered_on.is_some();
    let is_acknowledged = is_answered || case.acknowledged_on.is_some();
    let due = Dues {
        ack: dates.ack_due_on.filter(|_| !is_acknowledged),
        answer: dates.answer_due_on.filter(|_| !is_answered),
    };
    late_on_entry(due, dates.received_on, paris_date(case.entered_at))
}

/// What was late on the day a case was entered, in sentences; and whether it was late before it
/// reached us, which is then the cause of the overrun.
pub(super) fn late_on_entry(
    due: Dues,
    received_on: NaiveDate,
    entered_on: NaiveDate,
) -> Vec<String> {
    let sentence = |what: &str, due: Option<NaiveDate>| {
        let due = due.filter(|due| is_overdue(*due, entered_on))?;
        let cause = if is_overdue(due, received_on) {
            " Le délai était passé avant même l’arrivée du dossier."
        } else {
            ""
        };
        Some(format!(
            "{what} le {}\u{202f}: c’est déjà en retard à l’enregistrement.{cause}",
            long_date(due)
        ))
    };
    [
        sentence("L’accusé de réception était dû au plus tard", due.ack),
        sentence("La réponse motivée était due au plus tard", due.answer),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn late(received_on: &str, entered_on: &str) -> Vec<String> {
        let dues = Dues {
            ack: "2026-05-15".parse().ok(),
            answer: "2026-06-30".parse().ok(),
        };
        late_on_entry(
            dues,
            received_on.parse().unwrap(),
            entered_on.parse().unwrap(),
        )
    }

    #[test]
    fn what_is_late_on_entry_says_whose_delay_it_is() {
        assert!(late("2026-05-04", "2026-05-15").is_empty());
        let ours = late("2026-05-15", "2026-05-16");
        assert_eq!(ours.len(), 1);
        assert!(!ours.concat().contains("avant même l’arrivée"));
        let theirs = late("2026-07-01", "2026-07-02");
        assert_eq!(theirs.len(), 2);
        assert!(
            theirs
                .iter()
                .all(|said| said.contains("avant même l’arrivée"))
        );
    }
}
