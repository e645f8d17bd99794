//! Cases that may be of the same person: a second letter need not make a second case, and two cases may
//! belong together.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::dossier::FilingRow;
use crate::case::entry::ByHand;
use crate::case::persons::find::{lower, lower_known};
use crate::case::sight::{Viewer, in_sight};
use crate::case::{CaseId, Nature, Reference, Status};
use crate::db::schema::{cases, filings};
use crate::db::{Conn, DbError};
use crate::mail::EmailAddress;

/// What two cases have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The e-mail address.
    Email,
    /// The contract number.
    Contract,
    /// First and last name.
    Name,
}

/// A case that may be of the same person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resembling {
    /// Its reference.
    pub reference: Reference,
    /// First and last name; none once erased.
    pub person: Option<String>,
    /// What it counts as.
    pub nature: Nature,
    /// Where it stands.
    pub status: Status,
    /// What it has in common: never empty.
    pub by: Vec<Likeness>,
}

type Found = (
    i64,
    i16,
    Option<String>,
    Nature,
    Status,
    (Option<String>, Option<String>, String, String),
);

/// Someone, as their cases may know them: what is compared, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    email: Option<String>,
    contract: Option<String>,
    first_name: String,
    last_name: String,
}

impl Person {
    /// Who wrote what is entered by hand.
    pub fn who_wrote(by_hand: &ByHand) -> Self {
        let filing = &by_hand.filing;
        let email = filing.contact.reply_to.email().map(EmailAddress::as_str);
        let contract = filing.situation.contract_number.as_ref();
        Self {
            email: email.map(str::to_lowercase),
            contract: contract.map(|line| line.as_str().to_lowercase()),
            first_name: filing.person.first_name.as_str().to_lowercase(),
            last_name: filing.person.last_name.as_str().to_lowercase(),
        }
    }

    /// Who filed a case.
    pub fn who_filed(filing: &FilingRow) -> Self {
        let lower = |text: &Option<String>| text.as_deref().map(str::to_lowercase);
        Self {
            email: lower(&filing.email),
            contract: lower(&filing.contract_number),
            first_name: filing.first_name.to_lowercase(),
            last_name: filing.last_name.to_lowercase(),
        }
    }
}

/// The latest cases in sight of `viewer` that share an address, a contract number or a name with this
/// person, at most so many, but for some.
///
/// # Errors
/// When the database fails.
pub async fn resembling(
    conn: &mut Conn,
    viewer: Viewer,
    person: &Person,
    (most, but): (i64, &[CaseId]),
) -> Result<Vec<Resembling>, DbError> {
    let but: Vec<i64> = but.iter().map(|case| case.0).collect();
    let same_name = lower(filings::last_name)
        .eq(&person.last_name)
        .and(lower(filings::first_name).eq(&person.first_name));
    let found: Vec<Found> = cases::table
        .inner_join(filings::table)
        .filter(
            same_name
                .nullable()
                .or(lower_known(filings::email).eq(person.email.as_ref()))
                .or(lower_known(filings::contract_number).eq(person.contract.as_ref())),
        )
        .filter(in_sight(viewer).fixed())
        .filter(cases::id.ne_all(but))
        .order(cases::id.desc())
        .limit(most)
        .select((
            cases::id,
            cases::reference_year,
            cases::person_name,
            cases::nature,
            cases::status,
            (
                filings::email,
                filings::contract_number,
                filings::first_name,
                filings::last_name,
            ),
        ))
        .load(conn)
        .await?;
    Ok(found
        .into_iter()
        .map(|found| person.compare(found))
        .collect())
}

impl Person {
    fn compare(&self, found: Found) -> Resembling {
        let (id, year, person, nature, status, (email, contract, first_name, last_name)) = found;
        let is_same = |ours: &Option<String>, theirs: Option<String>| {
            ours.is_some() && *ours == theirs.map(|text| text.to_lowercase())
        };
        let is_named = self.last_name == last_name.to_lowercase()
            && self.first_name == first_name.to_lowercase();
        let by = [
            (Likeness::Email, is_same(&self.email, email)),
            (Likeness::Contract, is_same(&self.contract, contract)),
            (Likeness::Name, is_named),
        ];
        Resembling {
            reference: Reference::new(year, CaseId(id)),
            person,
            nature,
            status,
            by: by
                .into_iter()
                .filter_map(|(likeness, is_so)| is_so.then_some(likeness))
                .collect(),
        }
    }
}
