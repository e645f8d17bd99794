//! The mediator on the page of a case: always named (R45); its dates only inform.

use chrono::NaiveDate;

use crate::calendar::long_date;
use crate::case::Dossier;

/// What the person can expect of the mediator.
pub(super) enum Mediation {
    /// A request, or a complaint that nobody wrote yet: the general words.
    General,
    /// The person acts as a professional: no right to it (R41).
    Professional,
    /// A consumer's complaint.
    Consumer {
        /// The day from which it opens in any case; none once it has come.
        opens_on: Option<String>,
        /// The last day, a year after the first writing to us (R40).
        last_day: String,
    },
    /// The year is over.
    Over {
        /// The last day there was.
        last_day: String,
    },
}

impl Mediation {
    /// Of a case, on `today` (Paris).
    pub(super) fn of(dossier: &Dossier, today: NaiveDate) -> Self {
        let Some(dates) = dossier.legal_dates() else {
            return if dossier.filing.is_professional {
                Self::Professional
            } else {
                Self::General
            };
        };
        let (opens, last) = (dates.mediation_from.date, dates.mediation_last_day.date);
        let last_day = long_date(last);
        if dossier.filing.is_professional {
            Self::Professional
        } else if last < today {
            Self::Over { last_day }
        } else {
            Self::Consumer {
                opens_on: (today < opens).then(|| long_date(opens)),
                last_day,
            }
        }
    }
}
