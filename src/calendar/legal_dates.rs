//! The seven dates of a written complaint, computed and explained together.

use chrono::NaiveDate;

use crate::calendar::explanation::Departure;
use crate::calendar::{Explained, Start, long_date};

/// Delay to acknowledge, in *jours ouvrables* (ACPR 2024-R-02; published procedure, step 2).
const ACKNOWLEDGE_WITHIN_JOURS_OUVRABLES: usize = 10;
/// Delay to answer, in calendar months (same sources).
const ANSWER_WITHIN_MONTHS: u32 = 2;
/// Delay before the mediator, in calendar days (published procedure, step 3).
const MEDIATION_AFTER_DAYS: u64 = 60;
/// Time to go to the mediator, in calendar months (Code de la consommation, L.612-2).
const MEDIATION_WITHIN_MONTHS: u32 = 12;

const ACPR: &str = "recommandation 2024-R-02 de l’ACPR";
const ACPR_AND_PROCEDURE: &str = "procédure publiée et recommandation 2024-R-02 de l’ACPR";
const PROCEDURE: &str = "procédure publiée";
const MEDIATION_LAW: &str = "article L.612-2 du Code de la consommation";

/// The legal dates of a written complaint, each with its explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalDates {
    /// Last day to acknowledge, from the first writing: the working deadline.
    pub ack_due: Explained,
    /// The same from reception, as the published procedure counts.
    pub ack_due_from_reception: Explained,
    /// Last day to answer, from the first writing: the working deadline.
    pub answer_due: Explained,
    /// The same from reception.
    pub answer_due_from_reception: Explained,
    /// First day the published procedure opens the mediator: 60 days.
    pub mediation_from: Explained,
    /// The earlier of 60 days and two months: staff treat mediation as open from here.
    pub mediation_open_internally: Explained,
    /// Last day to go to the mediator: twelve months from the first writing to Asekkey.
    pub mediation_last_day: Explained,
}

impl LegalDates {
    /// Computes the seven dates. The clocks run from [`Start::effective_on`]; nothing is moved to
    /// a next working day.
    pub fn compute(start: Start) -> Self {
        let from_writing = Departure {
            on: start.effective_on(),
            event: if start.declared_on().is_some() {
                "date déclarée du premier écrit à l’interlocuteur habituel"
            } else {
                "date du premier écrit"
            },
        };
        let from_reception = Departure {
            on: start.received_on(),
            event: "date de réception",
        };
        let to_us = Departure {
            on: start.first_written_on(),
            event: "date du premier écrit à Asekkey",
        };

        let acknowledge = |from, source| {
            Explained::jours_ouvrables(from, ACKNOWLEDGE_WITHIN_JOURS_OUVRABLES, source)
        };
        let answer = |from, source| Explained::months(from, ANSWER_WITHIN_MONTHS, source);
        let mediation_from = Explained::days(from_writing, MEDIATION_AFTER_DAYS, PROCEDURE);
        let answer_due = answer(from_writing, ACPR_AND_PROCEDURE);
        Self {
            ack_due: acknowledge(from_writing, ACPR),
            ack_due_from_reception: acknowledge(from_reception, PROCEDURE),
            mediation_open_internally: Explained::earlier_of(&mediation_from, &answer_due),
            answer_due,
            answer_due_from_reception: answer(from_reception, PROCEDURE),
            mediation_from,
            mediation_last_day: Explained::months(to_us, MEDIATION_WITHIN_MONTHS, MEDIATION_LAW),
        }
    }

    /// The date of one deadline, with its explanation.
    pub const fn get(&self, deadline: Deadline) -> &Explained {
        match deadline {
            Deadline::Acknowledgement => &self.ack_due,
            Deadline::AcknowledgementFromReception => &self.ack_due_from_reception,
            Deadline::Answer => &self.answer_due,
            Deadline::AnswerFromReception => &self.answer_due_from_reception,
            Deadline::MediationFrom => &self.mediation_from,
            Deadline::MediationOpenInternally => &self.mediation_open_internally,
            Deadline::MediationLastDay => &self.mediation_last_day,
        }
    }

    /// The explanation of one deadline in French sentences. A count from reception is not told
    /// twice when reception is the day the clocks start.
    pub fn sentences(&self, deadline: Deadline) -> Vec<String> {
        let explanation = &self.get(deadline).explanation;
        let from_reception = matches!(
            deadline,
            Deadline::AcknowledgementFromReception | Deadline::AnswerFromReception
        );
        if from_reception && explanation.starts_on() == self.ack_due.explanation.starts_on() {
            return vec![
                "Reçu le jour du premier écrit\u{202f}: le compte est le même.".to_owned(),
            ];
        }
        explanation.sentences()
    }
}

/// Which of the seven dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deadline {
    /// `ack_due`.
    Acknowledgement,
    /// `ack_due_from_reception`.
    AcknowledgementFromReception,
    /// `answer_due`.
    Answer,
    /// `answer_due_from_reception`.
    AnswerFromReception,
    /// `mediation_from`.
    MediationFrom,
    /// `mediation_open_internally`.
    MediationOpenInternally,
    /// `mediation_last_day`.
    MediationLastDay,
}

impl Deadline {
    /// All seven, in the order a case meets them.
    pub const ALL: [Self; 7] = [
        Self::Acknowledgement,
        Self::AcknowledgementFromReception,
        Self::Answer,
        Self::AnswerFromReception,
        Self::MediationFrom,
        Self::MediationOpenInternally,
        Self::MediationLastDay,
    ];

    /// Its French name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Acknowledgement => "Accusé de réception",
            Self::AcknowledgementFromReception => "Accusé de réception, compté de la réception",
            Self::Answer => "Réponse motivée",
            Self::AnswerFromReception => "Réponse motivée, comptée de la réception",
            Self::MediationFrom => "Médiateur",
            Self::MediationOpenInternally => "Médiateur, repère interne",
            Self::MediationLastDay => "Dernier jour pour saisir le médiateur",
        }
    }

    /// The deadline and its date as one French sentence.
    pub fn statement(self, date: NaiveDate) -> String {
        let when = match self {
            Self::Acknowledgement
            | Self::AcknowledgementFromReception
            | Self::Answer
            | Self::AnswerFromReception => "au plus tard le ",
            Self::MediationFrom | Self::MediationOpenInternally => "à partir du ",
            Self::MediationLastDay => "",
        };
        format!("{}\u{202f}: {when}{}.", self.title(), long_date(date))
    }
}
