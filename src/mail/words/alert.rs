//! What staff are told at once of one case.

use askama::Template;
use chrono::NaiveDate;

use crate::mail::words::{WordsError, compose, filters};
use crate::mail::{Composed, Desk, Origin};

/// What a legal clock asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockTask {
    /// The acknowledgement.
    Acknowledgement,
    /// The reasoned answer.
    Answer,
}

impl ClockTask {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Acknowledgement => "accusé de réception",
            Self::Answer => "réponse motivée",
        }
    }
}

/// What cannot wait for the next digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    /// One working day is left at most.
    LastDay {
        /// What is to be done.
        task: ClockTask,
        /// Last legal day, Paris calendar.
        due_on: NaiveDate,
        /// Whether that day is over.
        is_late: bool,
    },
    /// An e-mail could not be delivered.
    FailedSending {
        /// Whether a letter is asked for in its place.
        by_letter: bool,
    },
    /// An e-mail came back.
    ReturnedSending {
        /// Whether a letter is asked for in its place.
        by_letter: bool,
    },
    /// The person contests the answer.
    Disagreement,
}

/// A notice about one case: its reference and a link, nothing about the person.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/alert.txt", escape = "none")]
pub struct Alert<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// What happened.
    pub kind: AlertKind,
    /// The case in the back office, absolute.
    pub staff_url: &'a str,
}

impl Alert<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let what = match self.kind {
            AlertKind::LastDay {
                task,
                due_on,
                is_late,
            } => {
                let (task, day) = (task.words(), crate::calendar::plain_date(due_on));
                if is_late {
                    format!("{task} en retard depuis le {day}")
                } else {
                    format!("{task} au plus tard le {day}")
                }
            }
            AlertKind::FailedSending { .. } => "un courriel n’a pas pu être remis".to_owned(),
            AlertKind::ReturnedSending { .. } => "un courriel est revenu".to_owned(),
            AlertKind::Disagreement => "la réponse est contestée".to_owned(),
        };
        let subject = format!("{}\u{202f}: {what}", self.reference);
        compose(subject, self, Origin::Program, Desk::Complaints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples::{self, day};

    fn body(kind: AlertKind) -> (String, String) {
        let alert = Alert {
            reference: samples::REFERENCE,
            kind,
            staff_url: "https://reclamations.example.org/gestion/dossiers/ASK-2026-000123-T",
        };
        let composed = alert.compose().unwrap();
        samples::assert_typography(&composed.body);
        (
            samples::flat(&composed.subject),
            samples::flat(&composed.body),
        )
    }

    #[test]
    fn one_working_day_is_left() {
        let (subject, body) = body(AlertKind::LastDay {
            task: ClockTask::Answer,
            due_on: day("2026-06-28"),
            is_late: false,
        });
        insta::assert_snapshot!(subject, @"ASK-2026-000123-T : réponse motivée au plus tard le 28 juin 2026");
        insta::assert_snapshot!(body, @"Bonjour, Il reste au plus un jour de travail pour ce dossier : réponse motivée, dernier jour le 28 juin 2026. Référence : ASK-2026-000123-T Le dossier se lit une fois connecté : https://reclamations.example.org/gestion/dossiers/ASK-2026-000123-T");
    }

    #[test]
    fn a_legal_date_is_missed() {
        let (subject, body) = body(AlertKind::LastDay {
            task: ClockTask::Acknowledgement,
            due_on: day("2026-05-15"),
            is_late: true,
        });
        insta::assert_snapshot!(subject, @"ASK-2026-000123-T : accusé de réception en retard depuis le 15 mai 2026");
        insta::assert_snapshot!(body, @"Bonjour, Le délai légal de ce dossier est dépassé : accusé de réception, dernier jour le 15 mai 2026. Référence : ASK-2026-000123-T Le dossier se lit une fois connecté : https://reclamations.example.org/gestion/dossiers/ASK-2026-000123-T");
    }

    #[test]
    fn an_email_could_not_be_delivered() {
        let (subject, body) = body(AlertKind::FailedSending { by_letter: true });
        insta::assert_snapshot!(subject, @"ASK-2026-000123-T : un courriel n’a pas pu être remis");
        insta::assert_snapshot!(body, @"Bonjour, Un courriel de ce dossier n’a pas pu être remis. Une lettre est demandée à sa place ; depuis la page des courriels, l’envoi peut aussi être tenté de nouveau. Référence : ASK-2026-000123-T Le dossier se lit une fois connecté : https://reclamations.example.org/gestion/dossiers/ASK-2026-000123-T");
    }

    #[test]
    fn an_email_came_back() {
        let (subject, body) = body(AlertKind::ReturnedSending { by_letter: true });
        insta::assert_snapshot!(subject, @"ASK-2026-000123-T : un courriel est revenu");
        insta::assert_snapshot!(body, @"Bonjour, Un courriel de ce dossier est revenu : la personne ne l’a pas reçu. Une lettre est demandée à sa place. Référence : ASK-2026-000123-T Le dossier se lit une fois connecté : https://reclamations.example.org/gestion/dossiers/ASK-2026-000123-T");
    }

    #[test]
    fn no_letter_is_announced_that_nobody_asked_for() {
        for kind in [
            AlertKind::FailedSending { by_letter: false },
            AlertKind::ReturnedSending { by_letter: false },
        ] {
            let (_, body) = body(kind);
            assert!(
                body.contains("Aucune lettre n’est demandée à sa place"),
                "{body}"
            );
            assert!(!body.contains("Une lettre"), "{body}");
        }
    }

    #[test]
    fn an_answer_is_contested() {
        let (subject, body) = body(AlertKind::Disagreement);
        insta::assert_snapshot!(subject, @"ASK-2026-000123-T : la réponse est contestée");
        insta::assert_snapshot!(body, @"Bonjour, La personne conteste la réponse reçue. Le dossier est rouvert, et sa réclamation est à réexaminer. Référence : ASK-2026-000123-T Le dossier se lit une fois connecté : https://reclamations.example.org/gestion/dossiers/ASK-2026-000123-T");
    }
}
