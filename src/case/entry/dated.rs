//! How and when a case entered by hand reached us, and the dates that follow from it. Pure.

use chrono::{Months, NaiveDate};

use crate::calendar::LegalDates;
use crate::case::arrival::Arrival;
use crate::case::{Channel, Nature};

/// A writing older than this is asked about twice, in calendar months.
const OLD_AFTER_MONTHS: u32 = 24;

/// How a case reached us, and the dates that follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// How it reached us: never the form of the site.
    pub channel: Channel,
    /// What it is said to be; none when that is left for staff to qualify.
    pub nature: Option<Nature>,
    /// When.
    pub arrival: Arrival,
    /// The earlier writing to the usual contact that it tells of.
    pub declared_on: Option<NaiveDate>,
}

impl Dated {
    /// What it counts as: open, it is a complaint, so that the clocks run.
    pub fn effective(&self) -> Nature {
        Nature::effective(self.nature, None)
    }

    /// The legal dates it will have, entered on `today` (Paris calendar).
    pub fn legal_dates(&self, today: NaiveDate) -> Option<LegalDates> {
        self.arrival
            .legal_dates(self.effective(), self.declared_on, today)
    }

    /// The target it will have where no law sets a date; `within` *jours ouvrables*.
    pub fn target(&self, within: usize) -> Option<NaiveDate> {
        self.arrival.target(self.effective(), within)
    }

    /// Whether its first day is so long ago that it may be a slip of the keyboard.
    pub fn is_old(&self, today: NaiveDate) -> bool {
        let first = self.arrival.first_written_on();
        let first = first.unwrap_or_else(|| self.arrival.received_on());
        let oldest = today.checked_sub_months(Months::new(OLD_AFTER_MONTHS));
        oldest.is_some_and(|oldest| first < oldest)
    }
}
