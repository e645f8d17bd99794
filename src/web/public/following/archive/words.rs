//! The texts of « mon dossier »: what was sent, what passed, when, and what the mediator asks for.

use askama::Template;
use chrono::NaiveDate;

use crate::calendar::{Deadline, LegalDates, long_date, plain_date};
use crate::case::dossier::FilingRow;
use crate::case::exchange::{Exchange, Side};
use crate::case::{Dossier, Nature};
use crate::firm;
use crate::web::public::following::moment;
use crate::web::public::following::timeline::Happening;
use crate::web::public::recap::{self, Section};

/// `templates/public/following/archive/readme.txt`.
#[derive(Template)]
#[template(path = "public/following/archive/readme.txt", escape = "none")]
pub(super) struct ReadMe<'a> {
    pub(super) dossier: &'a Dossier,
    /// Paris calendar.
    pub(super) today: NaiveDate,
    /// Names of the files of the person and ours, as they are in the archive.
    pub(super) files: &'a [String],
    /// Files that are not given out.
    pub(super) n_withheld: usize,
}

impl ReadMe<'_> {
    fn day(&self) -> String {
        plain_date(self.today)
    }
}

/// `templates/public/following/archive/filing.txt`.
#[derive(Template)]
#[template(path = "public/following/archive/filing.txt", escape = "none")]
pub(super) struct FilingText<'a> {
    dossier: &'a Dossier,
    sections: Vec<Section>,
}

impl<'a> FilingText<'a> {
    /// With how to reach the person as they gave it then.
    pub(super) fn of(dossier: &'a Dossier, filing: &FilingRow) -> Self {
        Self {
            dossier,
            sections: recap::of_dossier(dossier, filing),
        }
    }

    fn filed_at(&self) -> String {
        moment(self.dossier.case.received_at)
    }
}

/// `templates/public/following/archive/exchanges.txt`: oldest first, as a correspondence is read.
#[derive(Template)]
#[template(path = "public/following/archive/exchanges.txt", escape = "none")]
pub(super) struct ExchangesText<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) exchanges: &'a [Exchange],
    /// The batch that the file begins with.
    pub(super) is_first: bool,
}

impl ExchangesText<'_> {
    fn author(&self, exchange: &Exchange) -> &'static str {
        match (exchange.side, self.dossier.case.nature) {
            (Side::Person, _) => "Vous",
            (Side::Office, Nature::Complaint) => firm::COMPLAINTS_SERVICE,
            (Side::Office, Nature::InformationRequest) => firm::CUSTOMER_SERVICE,
        }
    }

    fn moment(exchange: &Exchange) -> String {
        moment(exchange.at)
    }
}

/// `templates/public/following/archive/chronology.txt`: oldest first.
#[derive(Template)]
#[template(path = "public/following/archive/chronology.txt", escape = "none")]
pub(super) struct ChronologyText<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) events: &'a [Happening],
    /// The legal dates of a complaint, each with its explanation.
    pub(super) deadlines: Vec<(String, Vec<String>)>,
}

/// The legal dates that concern the person, in sentences.
pub(super) fn deadlines(dates: &LegalDates) -> Vec<(String, Vec<String>)> {
    [
        Deadline::Acknowledgement,
        Deadline::Answer,
        Deadline::MediationFrom,
        Deadline::MediationLastDay,
    ]
    .into_iter()
    .map(|deadline| {
        let statement = deadline.statement(dates.get(deadline).date);
        (statement, dates.sentences(deadline))
    })
    .collect()
}

/// `templates/public/following/archive/mediator.txt`: what the mediator's form asks for, filled in.
#[derive(Template)]
#[template(path = "public/following/archive/mediator.txt", escape = "none")]
pub(super) struct MediatorText<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) dates: LegalDates,
    pub(super) today: NaiveDate,
}

impl MediatorText<'_> {
    fn is_over(&self) -> bool {
        self.dates.mediation_last_day.date < self.today
    }

    fn last_day(&self) -> String {
        long_date(self.dates.mediation_last_day.date)
    }

    fn opens_on(&self) -> String {
        long_date(self.dates.mediation_from.date)
    }

    fn answer_due_on(&self) -> String {
        plain_date(self.dates.answer_due.date)
    }

    fn written_on(&self) -> String {
        plain_date(self.dossier.written_on())
    }

    fn declared_on(&self) -> Option<String> {
        self.dossier.dates.declared_earlier_on.map(plain_date)
    }

    fn answered_on(&self) -> Option<String> {
        self.dossier.case.answered_on.map(plain_date)
    }
}
