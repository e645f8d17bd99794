//! The dates a person can count on, each with its explanation: after sending, and on their page.

use chrono::NaiveDate;

use crate::calendar::{self, Deadline, Promise, long_date, plain_date, promise};
use crate::case::{ClockState, Dossier, Milestones, Nature, acknowledgement_clock, answer_clock};

/// One line of « Ce qui se passe maintenant ».
pub(super) struct DateLine {
    /// `done`, `missed`, or nothing for what is to come.
    pub(super) state: &'static str,
    /// Before the date: « Au plus tard le ».
    pub(super) before: &'static str,
    /// The date, unless the promise is « sans attendre ».
    pub(super) date: Option<NaiveDate>,
    /// What happens.
    pub(super) what: String,
    /// How the date was found, in sentences.
    pub(super) why: Vec<String>,
}

impl DateLine {
    /// The date in words.
    pub(super) fn words(&self) -> String {
        self.date.map(long_date).unwrap_or_default()
    }

    /// The date for machines.
    pub(super) fn iso(&self) -> String {
        self.date.map(|date| date.to_string()).unwrap_or_default()
    }
}

/// The dates of a case as they stand on `today` (Paris), in the order of the case's life.
pub(super) fn of(dossier: &Dossier, today: NaiveDate) -> Vec<DateLine> {
    let mut lines = vec![received(dossier)];
    match (dossier.case.nature, dossier.legal_dates()) {
        (Nature::Complaint, Some(dates)) => {
            let done = Milestones {
                acknowledged_on: dossier.case.acknowledged_on,
                answered_on: dossier.case.answered_on,
                ended_on: dossier.case.closed_on,
            };
            let line = |clock, deadline| promised(clock, (dossier, &dates), deadline, today);
            let ack_due = Some(dates.ack_due.date);
            let answer_due = Some(dates.answer_due.date);
            lines.extend(line(
                acknowledgement_clock(ack_due, &done, today),
                Deadline::Acknowledgement,
            ));
            lines.extend(line(
                answer_clock(answer_due, &done, today),
                Deadline::Answer,
            ));
            lines.extend(reexamination(dossier, today));
            // A professional has no right to it (R41).
            if !dossier.filing.is_professional {
                lines.extend(mediation(&dates, today));
            }
        }
        (Nature::Complaint | Nature::InformationRequest, _) => lines.extend(target(dossier, today)),
    }
    // Along the line of time: sixty days are over before or after two months, as the months go.
    if let Some((_, next)) = lines.split_first_mut() {
        next.sort_by_key(|line| line.date.unwrap_or(today));
    }
    lines
}

fn received(dossier: &Dossier) -> DateLine {
    let what = match dossier.case.nature {
        Nature::Complaint => "Nous avons reçu votre réclamation.",
        Nature::InformationRequest => "Nous avons reçu votre demande.",
    };
    DateLine {
        state: "done",
        before: "",
        date: Some(dossier.dates.received_on),
        what: what.to_owned(),
        why: Vec::new(),
    }
}

fn promised(
    clock: ClockState,
    (dossier, dates): (&Dossier, &calendar::LegalDates),
    deadline: Deadline,
    today: NaiveDate,
) -> Option<DateLine> {
    let name = deadline.title();
    let sent = if deadline == Deadline::Answer {
        "envoyée"
    } else {
        "envoyé"
    };
    if let Some(on) = answer_stood_for(dossier, clock, deadline) {
        let told = format!("{name}\u{202f}: notre réponse en a tenu lieu.");
        return Some(done(on, told));
    }
    let due = dates.get(deadline).date;
    Some(match clock {
        ClockState::NotRunning => return None,
        ClockState::Met { on } => done(on, format!("{name}\u{202f}: {sent}.")),
        ClockState::MetLate { on, .. } if was_past_at_arrival(dossier, due) => {
            done(on, format!("{name}\u{202f}: {sent}."))
        }
        ClockState::MetLate { on, .. } => done(
            on,
            format!(
                "{name}\u{202f}: {sent}, en retard sur la date du {}.",
                plain_date(due)
            ),
        ),
        ClockState::Running { .. } | ClockState::DueToday { .. } => DateLine {
            state: "",
            before: "Au plus tard le",
            date: Some(due),
            what: format!("{name}."),
            why: dates.sentences(deadline),
        },
        ClockState::Overdue { .. } if was_past_at_arrival(dossier, due) => DateLine {
            state: "",
            before: "Sans attendre",
            date: None,
            what: format!(
                "{name}\u{202f}: compté depuis votre premier écrit, le délai était déjà passé {}.",
                arrival(dossier)
            ),
            why: dates.sentences(deadline),
        },
        ClockState::Overdue { .. } if dossier.case.status.has_ended() => unmet(dates, deadline),
        ClockState::Overdue { .. } => overdue(dates, deadline, today),
    })
}

const fn done(on: NaiveDate, what: String) -> DateLine {
    DateLine {
        state: "done",
        before: "",
        date: Some(on),
        what,
        why: Vec::new(),
    }
}

/// The day of an answer that met the clock of the acknowledgement too, for want of one (R17).
fn answer_stood_for(dossier: &Dossier, clock: ClockState, deadline: Deadline) -> Option<NaiveDate> {
    let is_acknowledgement = deadline == Deadline::Acknowledgement;
    match clock {
        ClockState::Met { on } | ClockState::MetLate { on, .. }
            if is_acknowledgement && dossier.case.acknowledged_on.is_none() =>
        {
            Some(on)
        }
        ClockState::NotRunning
        | ClockState::Running { .. }
        | ClockState::DueToday { .. }
        | ClockState::Overdue { .. }
        | ClockState::Met { .. }
        | ClockState::MetLate { .. } => None,
    }
}

/// Whether a date was past before we could know of it: an earlier writing that the person declares
/// put it before the day we received the complaint, or it was a request until after that date. The
/// delay is not ours, and what is owed is owed at once.
pub(super) fn was_past_at_arrival(dossier: &Dossier, due: NaiveDate) -> bool {
    due < dossier.dates.received_on || converted_on(dossier).is_some_and(|day| due < day)
}

/// The moment from which we could know of a complaint, in words.
fn arrival(dossier: &Dossier) -> &'static str {
    match converted_on(dossier) {
        Some(_) => "quand votre demande est devenue une réclamation",
        None => "à l’arrivée de votre réclamation",
    }
}

/// The day a request became the complaint that the case now is, Paris calendar.
fn converted_on(dossier: &Dossier) -> Option<NaiveDate> {
    let last = dossier.requalification.as_ref()?;
    (last.to_nature == Nature::Complaint).then(|| calendar::paris_date(last.decided_at))
}

/// A date already past: never a past promise. The explanation tells which date it was.
fn overdue(dates: &calendar::LegalDates, deadline: Deadline, today: NaiveDate) -> DateLine {
    let due = dates.get(deadline).date;
    DateLine {
        state: "missed",
        before: "Sans attendre",
        date: None,
        what: format!(
            "{}\u{202f}: le délai est {} ({}).",
            deadline.title(),
            calendar::days_left_words(due, today),
            long_date(due)
        ),
        why: dates.sentences(deadline),
    }
}

/// A date that passed before the case ended: nothing is owed any more, and nothing is hidden.
fn unmet(dates: &calendar::LegalDates, deadline: Deadline) -> DateLine {
    DateLine {
        state: "missed",
        before: "Au plus tard le",
        date: Some(dates.get(deadline).date),
        what: format!("{}\u{202f}: ce délai n’a pas été tenu.", deadline.title()),
        why: dates.sentences(deadline),
    }
}

/// The new answer that we promised.
fn reexamination(dossier: &Dossier, today: NaiveDate) -> Option<DateLine> {
    let target_on = dossier.case.target_on.filter(|_| dossier.is_reexamined())?;
    let (before, date) = match promise(target_on, today) {
        Promise::OnOrBefore(date) => ("Au plus tard le", Some(date)),
        Promise::WithoutWaiting => ("Sans attendre", None),
    };
    Some(DateLine {
        state: "",
        before,
        date,
        what: "Notre nouvelle réponse, après réexamen de votre dossier.".to_owned(),
        why: vec![
            "C’est un engagement\u{202f}: la loi n’ouvre pas de nouveau délai après une réponse."
                .to_owned(),
            "Vous n’avez pas à l’attendre pour saisir le médiateur.".to_owned(),
        ],
    })
}

/// When the mediator can be seen; once the year is over, that it is.
fn mediation(dates: &calendar::LegalDates, today: NaiveDate) -> Vec<DateLine> {
    let last = dates.mediation_last_day.date;
    if last < today {
        return vec![DateLine {
            state: "done",
            before: "",
            date: Some(last),
            what: "Fin du délai d’un an pour saisir le médiateur.".to_owned(),
            why: dates.sentences(Deadline::MediationLastDay),
        }];
    }
    let from = dates.mediation_from.date;
    let is_open = from <= today;
    vec![
        DateLine {
            state: "",
            before: if is_open {
                "Dès maintenant"
            } else {
                "À partir du"
            },
            date: (!is_open).then_some(from),
            what: "Sans solution, vous pouvez saisir le médiateur, gratuitement.".to_owned(),
            why: dates.sentences(Deadline::MediationFrom),
        },
        DateLine {
            state: "",
            before: "Jusqu’au",
            date: Some(dates.mediation_last_day.date),
            what: "Dernier jour pour saisir le médiateur.".to_owned(),
            why: dates.sentences(Deadline::MediationLastDay),
        },
    ]
}

/// A request, or a complaint made by word of mouth: a target of our own.
fn target(dossier: &Dossier, today: NaiveDate) -> Option<DateLine> {
    if let Some(answered_on) = dossier.case.answered_on {
        return Some(DateLine {
            state: "done",
            before: "",
            date: Some(answered_on),
            what: "Réponse envoyée.".to_owned(),
            why: Vec::new(),
        });
    }
    let due = dossier
        .case
        .target_on
        .filter(|_| !dossier.case.status.has_ended())?;
    let (before, date) = match promise(due, today) {
        Promise::OnOrBefore(date) => ("Notre objectif, au plus tard le", Some(date)),
        Promise::WithoutWaiting => ("Sans attendre", None),
    };
    Some(DateLine {
        state: "",
        before,
        date,
        what: "Une réponse à votre demande.".to_owned(),
        why: vec![
            "Ce délai est un objectif que nous nous fixons\u{202f}: la loi n’en impose pas pour \
             une demande d’information."
                .to_owned(),
        ],
    })
}
