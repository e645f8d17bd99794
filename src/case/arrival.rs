//! How and when a case reached us: what its dates are counted from. Pure.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::{self, LegalDates, Start};
use crate::case::Nature;

/// The Paris dates of a case's arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// In writing: the legal clocks of a complaint run.
    Written(Start),
    /// By word of mouth, on this day: no legal clock until it is confirmed in writing (R8).
    Spoken(NaiveDate),
}

impl Arrival {
    /// The form of this site: written, received and entered at once.
    pub(super) fn now(at: DateTime<Utc>) -> Self {
        Self::Written(Start::same_day(calendar::paris_date(at)))
    }

    /// When it reached us.
    pub const fn received_on(&self) -> NaiveDate {
        match self {
            Self::Written(start) => start.received_on(),
            Self::Spoken(on) => *on,
        }
    }

    /// When it was written to us, if it was.
    pub const fn first_written_on(&self) -> Option<NaiveDate> {
        match self {
            Self::Written(start) => Some(start.first_written_on()),
            Self::Spoken(_) => None,
        }
    }

    /// When it was said, if it was.
    pub const fn expressed_on(&self) -> Option<NaiveDate> {
        match self {
            Self::Written(_) => None,
            Self::Spoken(on) => Some(*on),
        }
    }

    /// The legal dates: of a complaint in writing only. `declared_on` is the earlier writing that
    /// the person tells of, judged on the day of the entry.
    pub fn legal_dates(
        &self,
        nature: Nature,
        declared_on: Option<NaiveDate>,
        entered_on: NaiveDate,
    ) -> Option<LegalDates> {
        match (self, nature) {
            (Self::Written(start), Nature::Complaint) => {
                let start = match declared_on {
                    Some(declared_on) => start.with_declared(declared_on, entered_on),
                    None => *start,
                };
                Some(LegalDates::compute(start))
            }
            (Self::Written(_), Nature::InformationRequest) | (Self::Spoken(_), _) => None,
        }
    }

    /// Our own target, where no law sets a date: `within` *jours ouvrables*.
    pub fn target(&self, nature: Nature, within: usize) -> Option<NaiveDate> {
        match (self, nature) {
            (Self::Written(_), Nature::Complaint) => None,
            (Self::Written(start), Nature::InformationRequest) => {
                Some(calendar::request_target(start.received_on(), within))
            }
            (Self::Spoken(on), _) => Some(calendar::oral_target(*on, within)),
        }
    }

    /// The instant it reached us: `at` when that is today, else noon in Paris of its day.
    pub(super) fn received_at(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let on = self.received_on();
        if on == calendar::paris_date(at) {
            at
        } else {
            calendar::paris_noon(on)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn only_a_complaint_in_writing_has_legal_dates() {
        let start = Start::new(date("2026-04-28"), date("2026-04-30")).unwrap();
        let (written, said) = (Arrival::Written(start), Arrival::Spoken(date("2026-04-30")));
        let today = date("2026-05-04");
        let dates = written.legal_dates(Nature::Complaint, None, today).unwrap();
        assert_eq!(dates.answer_due.date, date("2026-06-28"));
        assert_eq!(dates.answer_due_from_reception.date, date("2026-06-30"));
        assert_eq!(written.target(Nature::Complaint, 5), None);
        for (arrival, nature) in [
            (written, Nature::InformationRequest),
            (said, Nature::Complaint),
            (said, Nature::InformationRequest),
        ] {
            assert_eq!(arrival.legal_dates(nature, None, today), None);
            assert_eq!(arrival.target(nature, 5), Some(date("2026-05-07")));
        }
    }

    #[test]
    fn what_reached_us_earlier_is_dated_from_the_middle_of_its_day() {
        let at: DateTime<Utc> = "2026-05-04T06:30:00Z".parse().unwrap();
        assert_eq!(Arrival::now(at).received_at(at), at);
        let said = Arrival::Spoken(date("2026-04-30")).received_at(at);
        assert_eq!(
            said,
            "2026-04-30T10:00:00Z".parse::<DateTime<Utc>>().unwrap()
        );
    }
}
