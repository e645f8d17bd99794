//! The notice that a stage of a legal clock is passed, for staff.

use askama::Template;
use chrono::NaiveDate;

use crate::mail::words::{WordsError, compose, filters};
use crate::mail::{Composed, Desk, Origin};

/// What a clock asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageTask {
    /// The acknowledgement.
    Acknowledgement,
    /// The reasoned answer.
    Answer,
}

/// How much of a clock is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageShare {
    /// 50 %.
    Half,
    /// 75 %.
    ThreeQuarters,
    /// 90 %.
    NineTenths,
}

/// A stage of a clock is passed: reference, task, date and link, nothing about the person.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/stage.txt", escape = "none")]
pub struct StageNotice<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// What is to be done.
    pub task: StageTask,
    /// How much of the time is over.
    pub share: StageShare,
    /// Last legal day, Paris calendar.
    pub due_on: NaiveDate,
    /// Last working day on or before it.
    pub act_by: NaiveDate,
    /// Whether the last day is over.
    pub is_late: bool,
    /// The case in the back office, absolute.
    pub staff_url: &'a str,
}

impl StageNotice<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let (reference, task) = (self.reference, self.task());
        let day = crate::calendar::plain_date(self.due_on);
        let when = if self.is_late {
            format!("en retard depuis le {day}")
        } else {
            format!("au plus tard le {day}")
        };
        let subject = format!("{reference}\u{202f}: {task} {when}");
        compose(subject, self, Origin::Program, Desk::Complaints)
    }

    const fn task(&self) -> &'static str {
        match self.task {
            StageTask::Acknowledgement => "accusé de réception",
            StageTask::Answer => "réponse motivée",
        }
    }

    const fn elapsed(&self) -> &'static str {
        match self.share {
            StageShare::Half => "La moitié du délai est écoulée",
            StageShare::ThreeQuarters => "Les trois quarts du délai sont écoulés",
            StageShare::NineTenths => "Les neuf dixièmes du délai sont écoulés",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples::{self, day};

    fn notice() -> StageNotice<'static> {
        StageNotice {
            reference: samples::REFERENCE,
            task: StageTask::Answer,
            share: StageShare::ThreeQuarters,
            due_on: day("2026-06-28"),
            act_by: day("2026-06-26"),
            is_late: false,
            staff_url: "https://reclamations.example.org/gestion/dossiers/ASK-2026-000123-T",
        }
    }

    #[test]
    fn a_stage_is_passed() {
        let composed = notice().compose().unwrap();
        samples::assert_typography(&composed.body);
        let subject = samples::flat(&composed.subject);
        let expected = "ASK-2026-000123-T : réponse motivée au plus tard le 28 juin 2026";
        assert_eq!(subject, expected);
        assert_eq!(
            samples::flat(&composed.body),
            "Bonjour, Les trois quarts du délai sont écoulés pour ce dossier. \
             Référence : ASK-2026-000123-T À faire : réponse motivée Dernier jour : 28 juin 2026 \
             Dernier jour de travail avant cette date : 26 juin 2026 \
             Le dossier se lit une fois connecté : \
             https://reclamations.example.org/gestion/dossiers/ASK-2026-000123-T"
        );
    }

    #[test]
    fn a_deadline_is_missed() {
        let late = StageNotice {
            is_late: true,
            ..notice()
        };
        let composed = late.compose().unwrap();
        let subject = samples::flat(&composed.subject);
        let expected = "ASK-2026-000123-T : réponse motivée en retard depuis le 28 juin 2026";
        assert_eq!(subject, expected);
        assert!(
            composed
                .body
                .contains("Le délai de ce dossier est dépassé.")
        );
        assert!(!composed.body.contains("Dernier jour de travail"));
    }
}
