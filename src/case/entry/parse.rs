//! From what staff typed to a case that can be registered: every fault at once, tied to its field.

use chrono::NaiveDate;

use crate::calendar::Start;
use crate::case::arrival::Arrival;
use crate::case::entry::dated::Dated;
use crate::case::entry::faults::{EntryFault, EntryFaults, EntryProblem, Spoken};
use crate::case::entry::typed::{EntryField, TypedEntry};
use crate::case::filing::{Field, Filing, Terms, Text, parse_by_hand, parse_past_date};
use crate::case::{Channel, Nature};

/// A case that can be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByHand {
    /// How and when it reached us.
    pub dated: Dated,
    /// Of a complaint by word of mouth.
    pub spoken: Option<Spoken>,
    /// The person and what they wrote or said.
    pub filing: Filing,
}

/// Reads how and when it reached us, and nothing else: what the dates follow from.
///
/// # Errors
/// All faults at once, in the order of the page.
pub fn parse_dated(typed: &TypedEntry, today: NaiveDate) -> Result<Dated, EntryFaults> {
    let mut reader = Reader {
        typed,
        today,
        faults: Vec::new(),
    };
    let channel = reader.channel();
    let nature = reader.nature();
    let arrival = if channel.is_some_and(Channel::is_oral) {
        reader.date(EntryField::ExpressedOn).map(Arrival::Spoken)
    } else {
        reader.written().map(Arrival::Written)
    };
    // A wrong one is told with the other fields of the form of the site.
    let declared_on = parse_past_date(typed.shared(Field::WroteOn), today).unwrap_or_default();
    match (channel, arrival) {
        (Some(channel), Some(arrival)) if reader.faults.is_empty() => Ok(Dated {
            channel,
            nature,
            arrival,
            declared_on,
        }),
        _ => Err(reader.faults),
    }
}

/// Reads the whole form.
///
/// # Errors
/// All faults at once, in the order of the page.
pub fn parse(typed: &TypedEntry, terms: &Terms<'_>) -> Result<ByHand, EntryFaults> {
    let dated = parse_dated(typed, terms.today);
    let channel = Channel::from_code(typed.own(EntryField::Channel));
    let is_oral = channel.is_some_and(Channel::is_oral);
    let declared = dated.as_ref().ok().and_then(|dated| dated.nature);
    let filing = parse_by_hand(&typed.filing(), declared, is_oral, terms);
    let mut reader = Reader {
        typed,
        today: terms.today,
        faults: Vec::new(),
    };
    let spoken = match &dated {
        Ok(dated) => reader.spoken(dated),
        Err(_) => None,
    };
    match (dated, filing) {
        (Ok(dated), Ok(filing)) if reader.faults.is_empty() => Ok(ByHand {
            dated,
            spoken,
            filing,
        }),
        (dated, filing) => {
            let mut faults = dated.err().unwrap_or_default();
            faults.extend(reader.faults);
            let shared = filing.err().unwrap_or_default();
            faults.extend(shared.into_iter().map(EntryFault::Shared));
            Err(faults)
        }
    }
}

/// Reads fields and keeps the faults.
struct Reader<'a> {
    typed: &'a TypedEntry,
    today: NaiveDate,
    faults: EntryFaults,
}

impl Reader<'_> {
    fn note<T>(&mut self, field: EntryField, problem: impl Into<EntryProblem>) -> Option<T> {
        self.faults.push(EntryFault::Own(field, problem.into()));
        None
    }

    fn channel(&mut self) -> Option<Channel> {
        let chosen = Channel::from_code(self.typed.own(EntryField::Channel));
        match chosen.filter(|channel| *channel != Channel::Web) {
            Some(channel) => Some(channel),
            None => self.note(EntryField::Channel, EntryProblem::Missing),
        }
    }

    /// What it is said to be; none, and maybe a fault, when it is left for staff to qualify.
    fn nature(&mut self) -> Option<Nature> {
        match self.typed.own(EntryField::Nature) {
            "open" => None,
            code => match Nature::from_code(code) {
                Some(nature) => Some(nature),
                None => self.note(EntryField::Nature, EntryProblem::Missing),
            },
        }
    }

    fn date(&mut self, field: EntryField) -> Option<NaiveDate> {
        match parse_past_date(self.typed.own(field), self.today) {
            Ok(Some(date)) => Some(date),
            Ok(None) => self.note(field, EntryProblem::Missing),
            Err(error) => self.note(field, error),
        }
    }

    fn written(&mut self) -> Option<Start> {
        let written_on = self.date(EntryField::WrittenOn);
        let received_on = self.date(EntryField::ReceivedOn);
        match Start::new(written_on?, received_on?) {
            Ok(start) => Some(start),
            Err(_) => self.note(EntryField::ReceivedOn, EntryProblem::ReceivedBeforeWritten),
        }
    }

    /// What became of a complaint by word of mouth; none of anything else.
    fn spoken(&mut self, dated: &Dated) -> Option<Spoken> {
        let on = dated.arrival.expressed_on()?;
        if dated.effective() == Nature::InformationRequest {
            return None;
        }
        match self.typed.own(EntryField::Satisfied) {
            "yes" => match Text::parse(self.typed.own(EntryField::HowSatisfied)) {
                Ok(how) => Some(Spoken::Satisfied(how)),
                Err(error) => self.note(EntryField::HowSatisfied, error),
            },
            "no" => self.invited(on),
            _ => self.note(EntryField::Satisfied, EntryProblem::Missing),
        }
    }

    fn invited(&mut self, on: NaiveDate) -> Option<Spoken> {
        match parse_past_date(self.typed.own(EntryField::InvitedOn), self.today) {
            Ok(Some(invited_on)) if invited_on < on => {
                self.note(EntryField::InvitedOn, EntryProblem::BeforeSaid)
            }
            Ok(invited_on) => Some(Spoken::Invited(invited_on)),
            Err(error) => self.note(EntryField::InvitedOn, error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Catalogue;
    use crate::case::filing::DateError;

    fn typed(pairs: &[(&str, &str)]) -> TypedEntry {
        let letter = [
            ("channel", "post"),
            ("nature", "open"),
            ("written_on", "28/04/2026"),
            ("received_on", "30/04/2026"),
            ("first_name", "Jeanne"),
            ("last_name", "Lefèvre"),
            ("postal_address", "2 rue Basse, 75002 Paris"),
            ("capacity", "client"),
            ("is_professional", "no"),
            ("facts", "Ma résiliation n’a pas été traitée."),
        ];
        let pairs = letter.iter().chain(pairs);
        TypedEntry::of(pairs.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
    }

    fn read(pairs: &[(&str, &str)]) -> Result<ByHand, EntryFaults> {
        let terms = Terms {
            today: "2026-05-04".parse().unwrap(),
            catalogue: &Catalogue::default(),
        };
        parse(&typed(pairs), &terms)
    }

    #[test]
    fn a_letter_left_open_counts_as_a_complaint_from_its_postmark() {
        let letter = read(&[]).unwrap();
        assert_eq!(letter.filing.nature_declared, None);
        let today = "2026-05-04".parse().unwrap();
        let dates = letter.dated.legal_dates(today).unwrap();
        assert_eq!(dates.answer_due.date, "2026-06-28".parse().unwrap());
        assert_eq!(letter.spoken, None);
        assert!(!letter.dated.is_old(today));
        let old = read(&[("written_on", "03/05/2024")]).unwrap();
        assert!(old.dated.is_old(today));
    }

    #[test]
    fn impossible_dates_are_refused_at_their_field() {
        use EntryField::{ReceivedOn, WrittenOn};
        for (field, on, at, problem) in [
            (
                WrittenOn,
                "01/05/2026",
                ReceivedOn,
                EntryProblem::ReceivedBeforeWritten,
            ),
            (
                ReceivedOn,
                "05/05/2026",
                ReceivedOn,
                DateError::InFuture.into(),
            ),
            (WrittenOn, "", WrittenOn, EntryProblem::Missing),
        ] {
            let faults = read(&[(field.code(), on)]).unwrap_err();
            assert_eq!(faults, [EntryFault::Own(at, problem)], "{field:?} {on}");
        }
    }

    #[test]
    fn a_phone_number_alone_reaches_whoever_spoke_to_us() {
        let call = [
            ("channel", "phone"),
            ("expressed_on", "30/04/2026"),
            ("postal_address", ""),
            ("phone", "01 02 03 04 05"),
            ("satisfied", "no"),
        ];
        let said = read(&call).unwrap();
        assert_eq!(said.spoken, Some(Spoken::Invited(None)));
        assert_eq!(said.dated.legal_dates("2026-05-04".parse().unwrap()), None);
        for missing in [("phone", ""), ("channel", "post"), ("satisfied", "")] {
            let faults = read(&[&call[..], &[missing]].concat()).unwrap_err();
            assert_eq!(faults.len(), 1, "{missing:?}: {faults:?}");
        }
        let yes = [&call[..], &[("satisfied", "yes")]].concat();
        let faults = read(&yes).unwrap_err();
        let how = EntryFault::Own(EntryField::HowSatisfied, EntryProblem::Missing);
        assert_eq!(faults, [how]);
        let early = [&call[..], &[("invited_on", "29/04/2026")]].concat();
        let before = EntryFault::Own(EntryField::InvitedOn, EntryProblem::BeforeSaid);
        assert_eq!(read(&early).unwrap_err(), [before]);
    }
}
