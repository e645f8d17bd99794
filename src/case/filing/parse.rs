//! From what was typed to a filing: every fault at once, each tied to its field.

use chrono::NaiveDate;

use crate::case::Nature;
use crate::case::catalogue::Catalogue;
use crate::case::filing::faults::FieldErrors;
use crate::case::filing::intent::{self, Intent};
use crate::case::filing::person::{Contact, Person};
use crate::case::filing::read::{
    parse_contact, parse_contact_spoken, parse_situation, parse_statement,
};
use crate::case::filing::situation::Situation;
use crate::case::filing::typed::{Step, TypedFiling};
use crate::case::filing::{Filing, Statement};

/// What a form is read against.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The Paris calendar day.
    pub today: NaiveDate,
    /// What can be chosen from.
    pub catalogue: &'a Catalogue,
}

impl Filing {
    /// Reads a whole form.
    ///
    /// # Errors
    /// All faults at once, in the order of the steps.
    pub fn parse(typed: &TypedFiling, terms: &Terms<'_>) -> Result<Self, FieldErrors> {
        let nature = parse_nature(typed)?;
        let situation = parse_situation(typed, nature, terms.today);
        let statement = parse_statement(typed, nature, terms.catalogue);
        let parts = (situation, statement, parse_contact(typed));
        assemble(Some(nature), parts)
    }
}

/// Reads what staff typed of a letter, an e-mail, a call or a visit. `declared` is what the person
/// says it is, none when that is left open: whatever it is, all is asked that a complaint needs.
///
/// # Errors
/// All faults at once, in the order of the steps.
pub(in crate::case) fn parse_by_hand(
    typed: &TypedFiling,
    declared: Option<Nature>,
    is_spoken: bool,
    terms: &Terms<'_>,
) -> Result<Filing, FieldErrors> {
    let situation = parse_situation(typed, Nature::Complaint, terms.today);
    let statement = parse_statement(typed, Nature::Complaint, terms.catalogue);
    let contact = if is_spoken {
        parse_contact_spoken(typed)
    } else {
        parse_contact(typed)
    };
    assemble(declared, (situation, statement, contact))
}

/// A situation, what is told, and who tells it, each read or refused.
type Parts = (
    Result<Situation, FieldErrors>,
    Result<Statement, FieldErrors>,
    Result<(Person, Contact), FieldErrors>,
);

fn assemble(nature_declared: Option<Nature>, parts: Parts) -> Result<Filing, FieldErrors> {
    match parts {
        (Ok(situation), Ok(statement), Ok((person, contact))) => Ok(Filing {
            nature_declared,
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

/// Checks one step by itself.
///
/// # Errors
/// All faults of the step at once.
pub fn parse_step(step: Step, typed: &TypedFiling, terms: &Terms<'_>) -> Result<(), FieldErrors> {
    match step {
        Step::Intent => intent::parse_intent(typed).map(drop),
        Step::Questions => intent::parse_answers(typed).map(drop),
        Step::Situation => parse_nature(typed)
            .and_then(|nature| parse_situation(typed, nature, terms.today))
            .map(drop),
        Step::Facts => parse_nature(typed).and_then(|nature| {
            let statement = parse_statement(typed, nature, terms.catalogue).map(drop);
            match nature {
                Nature::Complaint => statement,
                Nature::InformationRequest => both(
                    statement,
                    parse_situation(typed, nature, terms.today).map(drop),
                ),
            }
        }),
        Step::Files => Ok(()),
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
pub fn first_incomplete(typed: &TypedFiling, terms: &Terms<'_>) -> Option<Step> {
    let incomplete = |step: &&Step| parse_step(**step, typed, terms).is_err();
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
