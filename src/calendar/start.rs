//! What the clocks start from: the first writing, its reception, an earlier writing declared.

use chrono::{Months, NaiveDate};

/// Months after which a declared earlier date no longer counts.
const DECLARED_DATE_LASTS_MONTHS: u32 = 24;

/// The Paris dates a written complaint starts from; reception is never before the writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    first_written: NaiveDate,
    received: NaiveDate,
    declared: Option<NaiveDate>,
}

/// Why two dates make no start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// Received before it was written.
    #[error("a complaint cannot be received before it was written")]
    WrittenAfterReception,
}

/// What becomes of an earlier writing the person declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclaredDate {
    /// Earlier than the writing to us: the clocks start from it.
    Counts,
    /// Not earlier than the writing to us: it changes nothing.
    NotEarlier,
    /// After today: a slip, it does not count.
    InTheFuture,
    /// More than two years ago: it does not count; staff may correct it.
    TooOld,
}

impl DeclaredDate {
    /// Judges `declared_on` as known on `today`, the day the case is entered.
    pub fn judge(declared_on: NaiveDate, first_written_on: NaiveDate, today: NaiveDate) -> Self {
        let oldest = today
            .checked_sub_months(Months::new(DECLARED_DATE_LASTS_MONTHS))
            .unwrap_or(NaiveDate::MIN);
        if declared_on > today {
            Self::InTheFuture
        } else if declared_on < oldest {
            Self::TooOld
        } else if declared_on >= first_written_on {
            Self::NotEarlier
        } else {
            Self::Counts
        }
    }
}

impl Start {
    /// A letter, an e-mail: written one day, received the same or a later one.
    ///
    /// # Errors
    /// `first_written_on` after `received_on`.
    pub fn new(first_written_on: NaiveDate, received_on: NaiveDate) -> Result<Self, StartError> {
        if first_written_on > received_on {
            return Err(StartError::WrittenAfterReception);
        }
        Ok(Self {
            first_written: first_written_on,
            received: received_on,
            declared: None,
        })
    }

    /// The form of this site: written and received on the same day.
    pub const fn same_day(date: NaiveDate) -> Self {
        Self {
            first_written: date,
            received: date,
            declared: None,
        }
    }

    /// The same start, with the earlier writing to the usual contact that the person declares;
    /// it moves the clocks only if [`DeclaredDate::judge`] says that it counts on `today`.
    #[must_use]
    pub fn with_declared(self, declared_on: NaiveDate, today: NaiveDate) -> Self {
        let counts =
            DeclaredDate::judge(declared_on, self.first_written, today) == DeclaredDate::Counts;
        Self {
            declared: counts.then_some(declared_on),
            ..self
        }
    }

    /// The first writing *to Asekkey*: the year to go to the mediator runs from it.
    pub const fn first_written_on(&self) -> NaiveDate {
        self.first_written
    }

    /// The day it reached us.
    pub const fn received_on(&self) -> NaiveDate {
        self.received
    }

    /// The declared earlier writing, when it counts.
    pub const fn declared_on(&self) -> Option<NaiveDate> {
        self.declared
    }

    /// Where the clocks start: the declared earlier writing if it counts, else the first writing.
    pub fn effective_on(&self) -> NaiveDate {
        self.declared.unwrap_or(self.first_written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn nothing_is_received_before_it_is_written() {
        let refused = Start::new(date("2026-04-02"), date("2026-04-01"));
        assert_eq!(refused, Err(StartError::WrittenAfterReception));
        let same = Start::new(date("2026-04-01"), date("2026-04-01"));
        assert_eq!(same, Ok(Start::same_day(date("2026-04-01"))));
    }

    #[test]
    fn a_declared_date_counts_within_two_years_and_not_after_today() {
        let today = date("2026-11-22");
        let start = Start::same_day(today);
        for (declared, judged) in [
            ("2026-11-23", DeclaredDate::InTheFuture),
            ("2026-11-22", DeclaredDate::NotEarlier),
            ("2026-11-21", DeclaredDate::Counts),
            ("2024-11-22", DeclaredDate::Counts),
            ("2024-11-21", DeclaredDate::TooOld),
        ] {
            let declared = date(declared);
            assert_eq!(
                DeclaredDate::judge(declared, today, today),
                judged,
                "{declared}"
            );
            let counts = judged == DeclaredDate::Counts;
            let from = start.with_declared(declared, today).effective_on();
            assert_eq!(from, if counts { declared } else { today }, "{declared}");
        }
        assert_eq!(
            start
                .with_declared(date("2026-01-12"), today)
                .first_written_on(),
            today
        );
    }
}
