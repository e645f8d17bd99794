//! The digest of the morning, for one member of staff.

use askama::Template;
use chrono::NaiveDate;

use crate::mail::words::{ClockTask, WordsError, compose, filters};
use crate::mail::{Composed, Desk, Origin};

/// How much of a legal clock is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockShare {
    /// 50 %.
    Half,
    /// 75 %.
    ThreeQuarters,
    /// 90 %.
    NineTenths,
}

/// A case to act on today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueLine {
    /// Its reference.
    pub reference: String,
    /// Its next date, legal or followed, Paris calendar.
    pub due_on: NaiveDate,
    /// Whether that day is over.
    pub is_late: bool,
}

/// A legal clock that has passed a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageLine {
    /// Reference of the case.
    pub reference: String,
    /// What is to be done.
    pub task: ClockTask,
    /// How much of the time is over.
    pub share: ClockShare,
    /// Last legal day, Paris calendar.
    pub due_on: NaiveDate,
}

impl StageLine {
    const fn elapsed(&self) -> &'static str {
        match self.share {
            ClockShare::Half => "la moitié du délai est passée",
            ClockShare::ThreeQuarters => "les trois quarts du délai sont passés",
            ClockShare::NineTenths => "les neuf dixièmes du délai sont passés",
        }
    }
}

/// What waits for those who oversee the team, and how many cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamLine {
    /// A legal date is over.
    Late(i64),
    /// Nobody handles them.
    Unassigned(i64),
    /// A refusal waits for its second reading.
    ToRead(i64),
    /// The person contests an answer.
    Contested(i64),
    /// Something could not be delivered.
    Failed(i64),
}

impl TeamLine {
    /// How many cases.
    pub const fn n_cases(self) -> i64 {
        match self {
            Self::Late(n)
            | Self::Unassigned(n)
            | Self::ToRead(n)
            | Self::Contested(n)
            | Self::Failed(n) => n,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Late(_) => "En retard",
            Self::Unassigned(_) => "Sans responsable",
            Self::ToRead(_) => "Réponses à relire",
            Self::Contested(_) => "Désaccords",
            Self::Failed(_) => "Envois en échec",
        }
    }
}

/// What someone has to do today, and what they oversee: references and dates, nothing about persons.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/digest.txt", escape = "none")]
pub struct Digest<'a> {
    /// Cases to act on, next date first.
    pub due: &'a [DueLine],
    /// Whether there are more.
    pub has_more: bool,
    /// Clocks that have passed a stage since the last digest.
    pub stages: &'a [StageLine],
    /// What waits for those who oversee the team.
    pub team: &'a [TeamLine],
    /// E-mails that arrived and wait for a decision.
    pub n_mails: i64,
    /// Whether there may be more.
    pub has_more_mails: bool,
    /// Their desk, absolute.
    pub mails_url: &'a str,
    /// The day, Paris calendar.
    pub today: NaiveDate,
    /// The back office, absolute.
    pub staff_url: &'a str,
}

impl Digest<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let n_late = self.due.iter().filter(|line| line.is_late).count();
        let more = if self.has_more { "plus de " } else { "" };
        let due = match self.due.len() {
            0 => "votre point du jour".to_owned(),
            1 => "1 dossier à traiter aujourd’hui".to_owned(),
            n => format!("{more}{n} dossiers à traiter aujourd’hui"),
        };
        let late = match n_late {
            0 => String::new(),
            n => format!(", dont {n} en retard"),
        };
        let subject = format!("Réclamations\u{202f}: {due}{late}");
        compose(subject, self, Origin::Program, Desk::Complaints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples::{self, day};

    fn line(reference: &str, due_on: &str, is_late: bool) -> DueLine {
        DueLine {
            reference: reference.to_owned(),
            due_on: day(due_on),
            is_late,
        }
    }

    fn digest<'a>(due: &'a [DueLine], stages: &'a [StageLine], team: &'a [TeamLine]) -> Digest<'a> {
        Digest {
            due,
            has_more: false,
            stages,
            team,
            n_mails: 0,
            has_more_mails: false,
            mails_url: "https://reclamations.example.org/gestion/courriels/recus",
            today: day("2026-05-15"),
            staff_url: "https://reclamations.example.org/gestion",
        }
    }

    #[test]
    fn a_supervisor_reads_what_is_theirs_then_the_clocks_then_the_team() {
        let due = [
            line("ASK-2026-000087-K", "2026-05-13", true),
            line("ASK-2026-000123-T", "2026-05-15", false),
            line("ASK-2026-000131-B", "2026-05-16", false),
        ];
        let stages = [StageLine {
            reference: "ASK-2026-000045-C".to_owned(),
            task: ClockTask::Answer,
            share: ClockShare::ThreeQuarters,
            due_on: day("2026-05-28"),
        }];
        let team = [TeamLine::Late(1), TeamLine::Unassigned(3)];
        let digest = Digest {
            has_more: true,
            n_mails: 2,
            ..digest(&due, &stages, &team)
        };
        let composed = digest.compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(samples::flat(&composed.subject), @"Réclamations : plus de 3 dossiers à traiter aujourd’hui, dont 1 en retard");
        insta::assert_snapshot!(composed.body, @"
        Bonjour,

        À traiter aujourd’hui :
        - ASK-2026-000087-K, en retard depuis le 13 mai 2026
        - ASK-2026-000123-T, dernier jour aujourd’hui
        - ASK-2026-000131-B, dernier jour le 16 mai 2026, où le bureau est fermé
        - et d’autres, dans votre boîte

        Délais légaux qui avancent :
        - ASK-2026-000045-C, réponse motivée : les trois quarts du délai sont
          passés, dernier jour le 28 mai 2026

        Courriels reçus, à traiter : 2
        https://reclamations.example.org/gestion/courriels/recus

        Dans l’équipe :
        - En retard : 1
        - Sans responsable : 3

        Votre boîte s’ouvre ici, une fois connecté :
        https://reclamations.example.org/gestion
        ");
    }

    #[test]
    fn whoever_has_one_case_reads_of_one() {
        let due = [line("ASK-2026-000123-T", "2026-05-15", false)];
        let composed = digest(&due, &[], &[]).compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(samples::flat(&composed.subject), @"Réclamations : 1 dossier à traiter aujourd’hui");
        insta::assert_snapshot!(composed.body, @"
        Bonjour,

        À traiter aujourd’hui :
        - ASK-2026-000123-T, dernier jour aujourd’hui

        Votre boîte s’ouvre ici, une fois connecté :
        https://reclamations.example.org/gestion
        ");
    }

    #[test]
    fn whoever_is_told_of_clocks_alone_reads_of_them_alone() {
        let stages = [StageLine {
            reference: "ASK-2026-000045-C".to_owned(),
            task: ClockTask::Acknowledgement,
            share: ClockShare::NineTenths,
            due_on: day("2026-05-16"),
        }];
        let composed = digest(&[], &stages, &[]).compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(samples::flat(&composed.subject), @"Réclamations : votre point du jour");
        insta::assert_snapshot!(composed.body, @"
        Bonjour,

        Délais légaux qui avancent :
        - ASK-2026-000045-C, accusé de réception : les neuf dixièmes du délai sont
          passés, dernier jour le 16 mai 2026

        Votre boîte s’ouvre ici, une fois connecté :
        https://reclamations.example.org/gestion
        ");
    }
}
