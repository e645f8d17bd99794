//! In what capacity the person files, and how they came to us.

use chrono::NaiveDate;

use crate::calendar;
use crate::case::filing::text::Line;
use crate::db::text_code;

text_code! {
    /// In what capacity a person files; anyone may (R4).
    pub enum Capacity {
        /// Has a contract with us or through us.
        Client => "client",
        /// Had one.
        FormerClient => "former_client",
        /// Benefits from a contract.
        Beneficiary => "beneficiary",
        /// Heir (*ayant droit*).
        Heir => "heir",
        /// Acts for another person (*mandataire*).
        Representative => "representative",
        /// Sought a product, or was offered one.
        Prospect => "prospect",
        /// Anything else.
        Other => "other",
    }
}

text_code! {
    /// Through whom the contract was taken out; the procedure covers all of them.
    pub enum SubscriptionPath {
        /// From Asekkey itself.
        Direct => "direct",
        /// Through another broker.
        Broker => "broker",
        /// Through a distributor.
        Distributor => "distributor",
        /// Through an adviser.
        Adviser => "adviser",
        /// Not known, not said, or no contract.
        Unknown => "unknown",
    }
}

/// The path of the subscription, with the name on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Through whom.
    pub path: SubscriptionPath,
    /// Name of the broker, distributor or adviser; never set for a direct path.
    pub intermediary: Option<Line<200>>,
}

text_code! {
    /// How the person turned to their usual contact before.
    pub enum ContactWay {
        /// In writing: its date can start the clocks.
        Written => "written",
        /// By word of mouth: it starts no clock.
        Spoken => "spoken",
    }
}

text_code! {
    /// Where the mandate of a representative is.
    pub enum Mandate {
        /// Joined to the form, among the files.
        Joined => "joined",
        /// To be sent later.
        Later => "later",
    }
}

/// An earlier contact the person tells of, with their usual contact (R6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierContact {
    /// In writing or not.
    pub way: ContactWay,
    /// With whom.
    pub with: Option<Line<200>>,
    /// Paris calendar day, never in the future; kept apart from the dates we know.
    pub on: Option<NaiveDate>,
    /// What was replied.
    pub reply: Option<Line<500>>,
}

impl EarlierContact {
    /// The day of an earlier writing: it can start the clocks.
    pub fn written_on(&self) -> Option<NaiveDate> {
        self.on.filter(|_| self.way == ContactWay::Written)
    }

    /// The day of an earlier contact by word of mouth.
    pub fn spoken_on(&self) -> Option<NaiveDate> {
        self.on.filter(|_| self.way == ContactWay::Spoken)
    }
}

/// The situation of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// In what capacity.
    pub capacity: Capacity,
    /// For whom: always set for a representative, never for the others (R5).
    pub represented: Option<Line<200>>,
    /// Where their mandate is: never set for the others.
    pub mandate: Option<Mandate>,
    /// Whether they file as a professional: another mediation text (R41).
    pub is_professional: bool,
    /// Through whom the contract was taken out.
    pub subscription: Subscription,
    /// Contract number, never compulsory (R4).
    pub contract_number: Option<Line<100>>,
    /// Whom they turned to before, if anyone.
    pub earlier: Option<EarlierContact>,
}

/// Why a date is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not a day of the calendar, or not written as one.
    #[error(transparent)]
    NotADate(#[from] calendar::DateError),
    /// After today.
    #[error("in the future")]
    InFuture,
}

/// Reads a day of the past as people type it, `JJ/MM/AAAA` or `AAAA-MM-JJ`; blank is no date.
/// `today` is the Paris calendar day.
///
/// # Errors
/// When it is no day of the calendar, or after `today`.
pub fn parse_past_date(typed: &str, today: NaiveDate) -> Result<Option<NaiveDate>, DateError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let date = calendar::parse_typed_date(typed)?;
    if date > today {
        Err(DateError::InFuture)
    } else {
        Ok(Some(date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_never_from_the_future() {
        let today = NaiveDate::from_ymd_opt(2026, 4, 30).unwrap();
        for typed in ["02/04/2026", "2026-04-02", " 2/4/2026 "] {
            let read = parse_past_date(typed, today);
            assert_eq!(read, Ok(NaiveDate::from_ymd_opt(2026, 4, 2)), "{typed}");
        }
        assert_eq!(parse_past_date("30/04/2026", today), Ok(Some(today)));
        assert_eq!(
            parse_past_date("01/05/2026", today),
            Err(DateError::InFuture)
        );
        assert_eq!(parse_past_date("  ", today), Ok(None));
        for typed in ["31/02/2026", "hier", "02/04/26"] {
            let refused = parse_past_date(typed, today);
            assert!(matches!(refused, Err(DateError::NotADate(_))), "{typed}");
        }
    }
}
