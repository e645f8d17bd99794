//! The clocks of a case: where each stands, its legal date, and why that date.

use chrono::NaiveDate;

use crate::calendar::{Deadline, act_by, long_date, plain_date};
use crate::case::{ClockState, Dossier, Milestones, Nature, acknowledgement_clock, answer_clock};
use crate::web::staff::moment::{Day, Remaining, days};

/// One clock on the page.
pub(in crate::web::staff) struct ClockCard {
    pub(super) title: &'static str,
    /// `ok`, `soon`, `late` or nothing.
    pub(super) tone: &'static str,
    pub(super) day: Option<Day>,
    /// Where it stands.
    pub(super) standing: String,
    pub(super) note: Option<String>,
    pub(super) why: Vec<String>,
}

/// The three clocks of a complaint made in writing; else what we set ourselves.
pub(super) fn cards(dossier: &Dossier, today: NaiveDate) -> Vec<ClockCard> {
    let done = Milestones {
        acknowledged_on: dossier.case.acknowledged_on,
        answered_on: dossier.case.answered_on,
        ended_on: dossier.case.closed_on,
    };
    if dossier.case.nature == Nature::InformationRequest || dossier.dates.answer_due_on.is_none() {
        return vec![target(dossier, &done, today)];
    }
    let dates = &dossier.dates;
    vec![
        legal(
            "Accusé de réception",
            dates.ack_due_on,
            acknowledgement_clock(dates.ack_due_on, &done, today),
            why(
                dossier,
                &[
                    Deadline::Acknowledgement,
                    Deadline::AcknowledgementFromReception,
                ],
            ),
            today,
        ),
        legal(
            "Réponse motivée",
            dates.answer_due_on,
            answer_clock(dates.answer_due_on, &done, today),
            why(dossier, &[Deadline::Answer, Deadline::AnswerFromReception]),
            today,
        ),
        mediation(dossier, today),
    ]
    .into_iter()
    .chain(reexamination(dossier, today))
    .collect()
}

/// What we promised to whoever contests the answer, or when the case was opened again.
fn reexamination(dossier: &Dossier, today: NaiveDate) -> Option<ClockCard> {
    let due = dossier.case.target_on.filter(|_| dossier.is_reexamined())?;
    let left = Remaining::before(due, today);
    let note = if dossier.is_contested() {
        "Date annoncée à la personne après son désaccord\u{202f}: un engagement, pas un délai légal."
    } else {
        "Date fixée en rouvrant le dossier\u{202f}: un engagement, pas un délai légal."
    };
    Some(ClockCard {
        title: "Nouvelle réponse",
        tone: left.tone,
        day: Some(Day::of(due)),
        standing: left.words,
        note: Some(note.to_owned()),
        why: Vec::new(),
    })
}

fn why(dossier: &Dossier, deadlines: &[Deadline]) -> Vec<String> {
    let Some(dates) = dossier.legal_dates() else {
        return Vec::new();
    };
    deadlines
        .iter()
        .flat_map(|deadline| {
            let mut lines = vec![deadline.statement(dates.get(*deadline).date)];
            lines.extend(dates.sentences(*deadline));
            lines
        })
        .collect()
}

fn legal(
    title: &'static str,
    due: Option<NaiveDate>,
    state: ClockState,
    why: Vec<String>,
    today: NaiveDate,
) -> ClockCard {
    let (standing, tone) = standing(state, today);
    let is_open = matches!(
        state,
        ClockState::Running { .. } | ClockState::DueToday { .. }
    );
    let note = due
        .filter(|due| is_open && act_by(*due) != *due)
        .map(|due| {
            format!(
                "À faire au plus tard le {}, dernier jour travaillé d’ici là.",
                long_date(act_by(due))
            )
        });
    ClockCard {
        title,
        tone,
        day: due.map(Day::of),
        standing,
        note,
        why,
    }
}

fn standing(state: ClockState, today: NaiveDate) -> (String, &'static str) {
    match state {
        ClockState::NotRunning => ("ne court plus".to_owned(), ""),
        ClockState::Running { due, .. } | ClockState::DueToday { due } => {
            let left = Remaining::before(due, today);
            (left.words, left.tone)
        }
        ClockState::Overdue { days: late, .. } => (format!("en retard de {}", days(late)), "late"),
        ClockState::Met { on } => (format!("tenu le {}", plain_date(on)), "ok"),
        ClockState::MetLate { on, days: late } => (
            format!("fait le {}, avec {} de retard", plain_date(on), days(late)),
            "late",
        ),
    }
}

fn mediation(dossier: &Dossier, today: NaiveDate) -> ClockCard {
    let dates = &dossier.dates;
    let is_before = |date: Option<NaiveDate>| date.is_some_and(|date| today < date);
    let (standing, tone) = if is_before(dates.mediation_open_on) {
        ("saisine pas encore ouverte", "")
    } else if dates.mediation_last_on.is_some_and(|last| last < today) {
        ("délai d’un an écoulé", "")
    } else {
        ("saisine ouverte à la personne", "soon")
    };
    let note = if dossier.filing.is_professional {
        Some(
            "La personne agit à titre professionnel\u{202f}: la médiation ne lui est pas ouverte de droit."
                .to_owned(),
        )
    } else {
        dates
            .mediation_last_on
            .map(|last| format!("Dernier jour\u{202f}: {}.", long_date(last)))
    };
    ClockCard {
        title: "Médiateur",
        tone,
        day: dates.mediation_from_on.map(Day::of),
        standing: standing.to_owned(),
        note,
        why: why(
            dossier,
            &[
                Deadline::MediationFrom,
                Deadline::MediationOpenInternally,
                Deadline::MediationLastDay,
            ],
        ),
    }
}

/// What we set ourselves where no law sets anything.
fn target(dossier: &Dossier, done: &Milestones, today: NaiveDate) -> ClockCard {
    let due = dossier.case.target_on;
    let (standing, tone) = standing(answer_clock(due, done, today), today);
    let why = if dossier.case.nature == Nature::InformationRequest {
        "Une demande d’information n’a pas de délai légal\u{202f}: cette date est notre objectif."
    } else {
        "Une réclamation orale ne fait courir aucun délai légal tant qu’elle n’est pas confirmée par écrit\u{202f}: cette date est notre objectif."
    };
    ClockCard {
        title: "Objectif interne",
        tone,
        day: due.map(Day::of),
        standing,
        note: None,
        why: vec![why.to_owned()],
    }
}
