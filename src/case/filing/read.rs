//! The groups of fields of a form, each read by itself.

use chrono::NaiveDate;

use crate::case::Nature;
use crate::case::catalogue::{Catalogue, choose};
use crate::case::filing::Statement;
use crate::case::filing::faults::{FieldErrors, Problem, Reader, choice, yes_or_no};
use crate::case::filing::person::{Contact, Person, PreferredReply, ReplyTo};
use crate::case::filing::situation::{
    Capacity, ContactWay, EarlierContact, Mandate, Situation, Subscription, SubscriptionPath,
    parse_past_date,
};
use crate::case::filing::text::{Line, Text};
use crate::case::filing::typed::{Field, TypedFiling};
use crate::mail::EmailAddress;

pub(super) fn parse_situation(
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
    let mandate = Mandate::from_code(typed.get(Field::Mandate))
        .filter(|_| capacity == Some(Capacity::Representative));
    let is_professional = reader.take(Field::IsProfessional, choice(yes_or_no));
    let subscription = read_subscription(&mut reader, nature);
    let contract_number = reader.take(Field::ContractNumber, Line::optional);
    let earlier = read_earlier_contact(&mut reader, nature, today);
    reader.finish(|| {
        Some(Situation {
            capacity: capacity?,
            represented: represented?,
            mandate,
            is_professional: is_professional?,
            subscription: subscription?,
            contract_number: contract_number?,
            earlier: earlier.ok()?,
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

/// The question may be left unanswered (R6); whoever then tells of a contact has answered yes.
fn read_earlier_contact(
    reader: &mut Reader<'_>,
    nature: Nature,
    today: NaiveDate,
) -> Result<Option<EarlierContact>, FaultNoted> {
    let told = [Field::WroteTo, Field::WroteOn, Field::WroteReply];
    let is_told = told.map(|field| reader.typed.get(field).trim());
    let is_told = is_told.iter().any(|typed| !typed.is_empty());
    let way = match reader.typed.get(Field::WroteBefore) {
        "yes" => Some(ContactWay::Written),
        "spoken" => Some(ContactWay::Spoken),
        "no" => None,
        _ => is_told.then_some(ContactWay::Written),
    };
    let Some(way) = way.filter(|_| nature == Nature::Complaint) else {
        return Ok(None);
    };
    let with = reader.take(Field::WroteTo, Line::optional);
    let on = reader.take(Field::WroteOn, |typed| parse_past_date(typed, today));
    let reply = reader.take(Field::WroteReply, Line::optional);
    match (with, on, reply) {
        (Some(with), Some(on), Some(reply)) => Ok(Some(EarlierContact {
            way,
            with,
            on,
            reply,
        })),
        _ => Err(FaultNoted),
    }
}

pub(super) fn parse_statement(
    typed: &TypedFiling,
    nature: Nature,
    catalogue: &Catalogue,
) -> Result<Statement, FieldErrors> {
    let mut reader = Reader::new(typed);
    let product = reader.take(Field::Product, |code| choose(&catalogue.products, code));
    let subject = reader.take(Field::Subject, |code| choose(&catalogue.subjects, code));
    let facts = reader.take(Field::Facts, Text::parse);
    let (mut when, mut expectation) = (Some(None), Some(None));
    if nature == Nature::Complaint {
        when = reader.take(Field::FactsWhen, Line::optional);
        expectation = reader.take(Field::Expectation, Text::optional);
    }
    reader.finish(|| {
        Some(Statement {
            product: product?,
            subject: subject?,
            when: when?,
            facts: facts?,
            expectation: expectation?,
        })
    })
}

pub(super) fn parse_contact(typed: &TypedFiling) -> Result<(Person, Contact), FieldErrors> {
    read_contact(typed, Reach::InWriting)
}

/// The same for someone who spoke to us: a phone number alone reaches them.
///
/// # Errors
/// All faults at once.
pub(in crate::case) fn parse_contact_spoken(
    typed: &TypedFiling,
) -> Result<(Person, Contact), FieldErrors> {
    read_contact(typed, Reach::PhoneToo)
}

/// How a person must be within reach.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    InWriting,
    PhoneToo,
}

fn read_contact(typed: &TypedFiling, reach: Reach) -> Result<(Person, Contact), FieldErrors> {
    let mut reader = Reader::new(typed);
    let first_name = reader.take(Field::FirstName, Line::parse);
    let last_name = reader.take(Field::LastName, Line::parse);
    let reply_to = read_reply_to(&mut reader, reach);
    let preferred = reply_to
        .as_ref()
        .and_then(|reply_to| read_preference(&mut reader, reply_to));
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
                preferred: preferred?,
                phone,
                accessibility: accessibility?,
            },
        ))
    })
}

/// Reads how to reach the person, by the rules of the form; the name is there already.
///
/// # Errors
/// All faults at once.
pub fn parse_contact_alone(typed: &TypedFiling) -> Result<Contact, FieldErrors> {
    let named = typed
        .clone()
        .with(Field::FirstName, "-")
        .with(Field::LastName, "-");
    parse_contact(&named).map(|(_, contact)| contact)
}

fn read_reply_to(reader: &mut Reader<'_>, reach: Reach) -> Option<ReplyTo> {
    let email = reader.take(Field::Email, |typed| match typed.trim() {
        "" => Ok(None),
        typed => EmailAddress::parse(typed).map(Some),
    });
    let post = reader.take(Field::PostalAddress, Text::optional);
    match (email?, post?) {
        (Some(email), Some(post)) => Some(ReplyTo::EmailOrPost(email, post)),
        (Some(email), None) => Some(ReplyTo::Email(email)),
        (None, Some(post)) => Some(ReplyTo::Post(post)),
        (None, None)
            if reach == Reach::PhoneToo && !reader.typed.get(Field::Phone).trim().is_empty() =>
        {
            Some(ReplyTo::Phone)
        }
        (None, None) => {
            reader.note(Field::Email, Problem::NowhereToAnswer);
            None
        }
    }
}

/// The way the person prefers, which they must have given; unsaid, it is e-mail if they gave one.
fn read_preference(reader: &mut Reader<'_>, reply_to: &ReplyTo) -> Option<PreferredReply> {
    let chosen = PreferredReply::from_code(reader.typed.get(Field::PreferredReply));
    match (chosen, reply_to) {
        (Some(PreferredReply::Post), ReplyTo::Email(_)) => {
            reader.note(Field::PostalAddress, Problem::NoAddressForPreference);
            None
        }
        (Some(PreferredReply::Email), ReplyTo::Post(_)) => {
            reader.note(Field::Email, Problem::NoAddressForPreference);
            None
        }
        // An answer is in writing (R21): whoever left a number is still asked for an address.
        (_, ReplyTo::Phone) | (None, ReplyTo::Post(_)) => Some(PreferredReply::Post),
        (Some(chosen), _) => Some(chosen),
        (None, ReplyTo::Email(_) | ReplyTo::EmailOrPost(..)) => Some(PreferredReply::Email),
    }
}

/// The reader has noted a fault: there is no value.
struct FaultNoted;
