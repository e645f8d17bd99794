//! From what was typed to a filing: every fault at once, each tied to its field.

use chrono::NaiveDate;

use crate::case::Nature;
use crate::case::filing::faults::{FieldErrors, Problem, Reader, choice, yes_or_no};
use crate::case::filing::intent::{self, Intent};
use crate::case::filing::person::{Contact, Person, ReplyTo};
use crate::case::filing::situation::{
    Capacity, EarlierWriting, Situation, Subscription, SubscriptionPath, parse_past_date,
};
use crate::case::filing::text::{Line, Text};
use crate::case::filing::typed::{Field, Step, TypedFiling};
use crate::case::filing::{Filing, Statement};
use crate::mail::EmailAddress;

impl Filing {
    /// Reads a whole form. `today` is the Paris calendar day.
    ///
    /// # Errors
    /// All faults at once, in the order of the steps.
    pub fn parse(typed: &TypedFiling, today: NaiveDate) -> Result<Self, FieldErrors> {
        let nature = parse_nature(typed)?;
        let situation = parse_situation(typed, nature, today);
        let statement = parse_statement(typed, nature);
        let contact = parse_contact(typed);
        match (situation, statement, contact) {
            (Ok(situation), Ok(statement), Ok((person, contact))) => Ok(Self {
                nature_declared: Some(nature),
                person,
                contact,
                situation,
                statement,
            }),
            (situation, statement, contact) => {
                let faults = [situation.err(), statement.err(), contact.err()];
                Err(faults.into_iter().flatten().flatten().collect())
            }
        }
    }
}

/// Checks one step by itself. `today` is the Paris calendar day.
///
/// # Errors
/// All faults of the step at once.
pub fn parse_step(step: Step, typed: &TypedFiling, today: NaiveDate) -> Result<(), FieldErrors> {
    match step {
        Step::Intent => intent::parse_intent(typed).map(drop),
        Step::Questions => intent::parse_answers(typed).map(drop),
        Step::Situation => parse_nature(typed)
            .and_then(|nature| parse_situation(typed, nature, today))
            .map(drop),
        Step::Facts => parse_nature(typed).and_then(|nature| {
            let statement = parse_statement(typed, nature).map(drop);
            match nature {
                Nature::Complaint => statement,
                Nature::InformationRequest => {
                    both(statement, parse_situation(typed, nature, today).map(drop))
                }
            }
        }),
        Step::Contact => parse_contact(typed).map(drop),
    }
}

/// What the person files: as chosen, or as their answers to the short questions say.
///
/// # Errors
/// When the choice, or one of the answers, is missing.
pub fn parse_nature(typed: &TypedFiling) -> Result<Nature, FieldErrors> {
    match intent::parse_intent(typed)? {
        Intent::Complaint => Ok(Nature::Complaint),
        Intent::InformationRequest => Ok(Nature::InformationRequest),
        Intent::Unsure => intent::parse_answers(typed),
    }
}

/// The first step that is not right yet on the way of this person; none when all are.
pub fn first_incomplete(typed: &TypedFiling, today: NaiveDate) -> Option<Step> {
    let incomplete = |step: &&Step| parse_step(**step, typed, today).is_err();
    [Step::Intent].iter().find(incomplete).copied().or_else(|| {
        let Ok(nature) = parse_nature(typed) else {
            return Some(Step::Questions);
        };
        Step::path(nature, intent::is_unsure(typed))
            .iter()
            .find(incomplete)
            .copied()
    })
}

fn parse_situation(
    typed: &TypedFiling,
    nature: Nature,
    today: NaiveDate,
) -> Result<Situation, FieldErrors> {
    let mut reader = Reader::new(typed);
    let capacity = reader.take(Field::Capacity, choice(Capacity::from_code));
    let represented = match capacity {
        Some(Capacity::Representative) => reader.take(Field::Represented, Line::parse).map(Some),
        _ => Some(None),
    };
    let is_professional = reader.take(Field::IsProfessional, choice(yes_or_no));
    let subscription = read_subscription(&mut reader, nature);
    let contract_number = reader.take(Field::ContractNumber, Line::optional);
    let earlier_writing = read_earlier_writing(&mut reader, nature, today);
    reader.finish(|| {
        Some(Situation {
            capacity: capacity?,
            represented: represented?,
            is_professional: is_professional?,
            subscription: subscription?,
            contract_number: contract_number?,
            earlier_writing: earlier_writing.ok()?,
        })
    })
}

fn read_subscription(reader: &mut Reader<'_>, nature: Nature) -> Option<Subscription> {
    let chosen = SubscriptionPath::from_code(reader.typed.get(Field::SubscriptionPath));
    let path = chosen.unwrap_or(SubscriptionPath::Unknown);
    let intermediary = match (nature, path) {
        // Not asked: what an earlier choice left there must not stop a request.
        (Nature::InformationRequest, _) => {
            return Some(Subscription {
                path: SubscriptionPath::Unknown,
                intermediary: None,
            });
        }
        (Nature::Complaint, SubscriptionPath::Direct) => None,
        (
            Nature::Complaint,
            SubscriptionPath::Broker
            | SubscriptionPath::Distributor
            | SubscriptionPath::Adviser
            | SubscriptionPath::Unknown,
        ) => reader.take(Field::Intermediary, Line::optional)?,
    };
    Some(Subscription { path, intermediary })
}

/// The question may be left unanswered (R6); whoever then tells of a writing has answered yes.
fn read_earlier_writing(
    reader: &mut Reader<'_>,
    nature: Nature,
    today: NaiveDate,
) -> Result<Option<EarlierWriting>, FaultNoted> {
    let told = [Field::WroteTo, Field::WroteOn].map(|field| reader.typed.get(field));
    let told = told.iter().any(|typed| !typed.trim().is_empty());
    let wrote = yes_or_no(reader.typed.get(Field::WroteBefore)).unwrap_or(told);
    if !wrote || nature == Nature::InformationRequest {
        return Ok(None);
    }
    let to_whom = reader.take(Field::WroteTo, Line::parse);
    let written_on = reader.take(Field::WroteOn, |typed| parse_past_date(typed, today));
    match (to_whom, written_on) {
        (Some(to_whom), Some(written_on)) => Ok(Some(EarlierWriting {
            to_whom,
            written_on,
        })),
        _ => Err(FaultNoted),
    }
}

fn parse_statement(typed: &TypedFiling, nature: Nature) -> Result<Statement, FieldErrors> {
    let mut reader = Reader::new(typed);
    let mut when = Some(None);
    if nature == Nature::Complaint {
        when = reader.take(Field::FactsWhen, Line::optional);
    }
    let facts = reader.take(Field::Facts, Text::parse);
    let mut expectation = Some(None);
    if nature == Nature::Complaint {
        expectation = reader.take(Field::Expectation, Text::optional);
    }
    reader.finish(|| {
        Some(Statement {
            when: when?,
            facts: facts?,
            expectation: expectation?,
        })
    })
}

fn parse_contact(typed: &TypedFiling) -> Result<(Person, Contact), FieldErrors> {
    let mut reader = Reader::new(typed);
    let first_name = reader.take(Field::FirstName, Line::parse);
    let last_name = reader.take(Field::LastName, Line::parse);
    let reply_to = read_reply_to(&mut reader);
    let phone = reader.take(Field::Phone, Line::optional);
    let accessibility = reader.take(Field::Accessibility, Line::optional);
    reader.finish(|| {
        let person = Person {
            first_name: first_name?,
            last_name: last_name?,
        };
        let (reply_to, phone) = (reply_to?, phone?);
        Some((
            person,
            Contact {
                reply_to,
                phone,
                accessibility: accessibility?,
            },
        ))
    })
}

fn read_reply_to(reader: &mut Reader<'_>) -> Option<ReplyTo> {
    let email = reader.take(Field::Email, |typed| match typed.trim() {
        "" => Ok(None),
        typed => EmailAddress::parse(typed).map(Some),
    });
    let post = reader.take(Field::PostalAddress, Text::optional);
    match (email?, post?) {
        (Some(email), Some(post)) => Some(ReplyTo::EmailOrPost(email, post)),
        (Some(email), None) => Some(ReplyTo::Email(email)),
        (None, Some(post)) => Some(ReplyTo::Post(post)),
        (None, None) => {
            reader.note(Field::Email, Problem::NowhereToAnswer);
            None
        }
    }
}

fn both(
    first: Result<(), FieldErrors>,
    second: Result<(), FieldErrors>,
) -> Result<(), FieldErrors> {
    let faults: FieldErrors = [first.err(), second.err()]
        .into_iter()
        .flatten()
        .flatten()
        .collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// The reader has noted a fault: there is no value.
struct FaultNoted;
