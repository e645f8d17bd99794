//! Where a case stands, in the words of its person.

use chrono::NaiveDate;

use crate::calendar::{Promise, days_left_words, promise};
use crate::case::outside::{Beside, MediationRow};
use crate::case::{ClockState, Dossier, Milestones, Nature, Status, answer_clock};
use crate::web::public::dates;

/// Where the case stands.
pub(super) struct Standing {
    /// Title of the page.
    pub(super) title: &'static str,
    /// The same in a word or two.
    pub(super) badge: &'static str,
    /// Colour of the badge; the word says it too.
    pub(super) tone: &'static str,
}

impl Standing {
    /// Of this case.
    pub(super) fn of(dossier: &Dossier, beside: &Beside) -> Self {
        let standing = Self::alone(dossier);
        if dossier.case.status.is_open() && beside.asked.is_some() {
            return Self {
                badge: "Nous attendons un élément de votre part",
                tone: "soon",
                ..standing
            };
        }
        if beside.mediation.as_ref().is_some_and(MediationRow::is_open) {
            return Self {
                badge: "Transmise au médiateur",
                tone: "blue",
                ..standing
            };
        }
        standing
    }

    /// Without what stands beside it.
    fn alone(dossier: &Dossier) -> Self {
        if dossier.is_reexamined() {
            return Self {
                title: "Nous réexaminons votre réclamation",
                badge: if dossier.is_contested() {
                    "Réexamen après désaccord"
                } else {
                    "Réexamen"
                },
                tone: "blue",
            };
        }
        Self::in_state(dossier.case.nature, dossier.case.status)
    }

    const fn in_state(nature: Nature, status: Status) -> Self {
        let (title, badge, tone) = match (nature, status) {
            (Nature::Complaint, Status::Received) => {
                ("Votre réclamation est bien reçue", "Reçue", "blue")
            }
            (Nature::Complaint, Status::Acknowledged) => (
                "Votre réclamation est en cours d’examen",
                "En cours d’examen",
                "blue",
            ),
            (Nature::Complaint, Status::Answered) => (
                "Nous avons répondu à votre réclamation",
                "Réponse envoyée",
                "ok",
            ),
            (Nature::Complaint, Status::Closed) => {
                ("Votre réclamation est clôturée", "Clôturée", "")
            }
            (Nature::Complaint, Status::Withdrawn) => {
                ("Votre réclamation est retirée", "Retirée", "")
            }
            (Nature::InformationRequest, Status::Received | Status::Acknowledged) => {
                ("Votre demande est bien reçue", "Reçue", "blue")
            }
            (Nature::InformationRequest, Status::Answered) => (
                "Nous avons répondu à votre demande",
                "Réponse envoyée",
                "ok",
            ),
            (Nature::InformationRequest, Status::Closed) => {
                ("Votre demande est clôturée", "Clôturée", "")
            }
            (Nature::InformationRequest, Status::Withdrawn) => {
                ("Votre demande est retirée", "Retirée", "")
            }
        };
        Self { title, badge, tone }
    }
}

/// Where the clock of the answer stands on `today` (Paris).
pub(super) fn answer_state(dossier: &Dossier, today: NaiveDate) -> ClockState {
    let done = Milestones {
        acknowledged_on: dossier.case.acknowledged_on,
        answered_on: dossier.case.answered_on,
        ended_on: dossier.case.closed_on,
    };
    // A complaint that became a request keeps its frozen dates: they no longer run.
    let is_complaint = dossier.case.nature == Nature::Complaint;
    let due = dossier.dates.answer_due_on.filter(|_| is_complaint);
    answer_clock(due, &done, today)
}

/// Whether an answer that is still owed is late, by our own doing.
pub(super) fn is_late(dossier: &Dossier, today: NaiveDate) -> bool {
    let is_owed = dossier.case.status.is_open();
    is_owed
        && matches!(answer_state(dossier, today), ClockState::Overdue { due, .. }
        if !dates::was_past_at_arrival(dossier, due))
}

/// Whether the target that we set ourselves for a request has passed.
pub(super) fn is_target_late(dossier: &Dossier, today: NaiveDate) -> bool {
    let case = &dossier.case;
    case.nature == Nature::InformationRequest
        && case.status.is_open()
        && case.target_on.is_some_and(|target| target < today)
}

/// What we promised when a case that was answered is examined again; none of others.
pub(super) fn reexamination(dossier: &Dossier, today: NaiveDate) -> Option<Promise> {
    let target_on = dossier.case.target_on?;
    dossier.is_reexamined().then(|| promise(target_on, today))
}

/// How long is left to answer, while an answer is owed.
pub(super) fn left(dossier: &Dossier, today: NaiveDate) -> Option<String> {
    if let Some(Promise::OnOrBefore(due)) = reexamination(dossier, today) {
        let left = days_left_words(due, today);
        return Some(format!("Nouvelle réponse\u{202f}: {left}."));
    }
    match answer_state(dossier, today) {
        ClockState::Running { due, .. } | ClockState::DueToday { due } => {
            Some(format!("Réponse\u{202f}: {}.", days_left_words(due, today)))
        }
        ClockState::NotRunning
        | ClockState::Overdue { .. }
        | ClockState::Met { .. }
        | ClockState::MetLate { .. } => None,
    }
}
