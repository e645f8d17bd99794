//! Cases that may be of the same person: a second letter need not make a second case.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text as SqlText};
use diesel_async::RunQueryDsl;

use crate::case::entry::ByHand;
use crate::case::sight::{Viewer, in_sight};
use crate::case::{CaseId, Nature, Reference, Status};
use crate::db::schema::{cases, filings};
use crate::db::{Conn, DbError};
use crate::mail::EmailAddress;

/// Most cases shown.
const MOST: i64 = 10;

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

/// The latest cases in sight of `viewer` that share an address, a contract number or a name with
/// this one.
///
/// # Errors
/// When the database fails.
pub async fn resembling(
    conn: &mut Conn,
    viewer: Viewer,
    by_hand: &ByHand,
) -> Result<Vec<Resembling>, DbError> {
    let filing = &by_hand.filing;
    let email = filing.contact.reply_to.email().map(EmailAddress::as_str);
    let contract = filing.situation.contract_number.as_ref();
    let key = Key {
        email: email.map(str::to_lowercase),
        contract: contract.map(|line| line.as_str().to_lowercase()),
        first_name: filing.person.first_name.as_str().to_lowercase(),
        last_name: filing.person.last_name.as_str().to_lowercase(),
    };
    let same_name = lower(filings::last_name)
        .eq(&key.last_name)
        .and(lower(filings::first_name).eq(&key.first_name));
    let found: Vec<Found> = cases::table
        .inner_join(filings::table)
        .filter(
            same_name
                .nullable()
                .or(lower_known(filings::email).eq(key.email.as_ref()))
                .or(lower_known(filings::contract_number).eq(key.contract.as_ref())),
        )
        .filter(in_sight(viewer).fixed())
        .order(cases::id.desc())
        .limit(MOST)
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
    Ok(found.into_iter().map(|found| key.compare(found)).collect())
}

struct Key {
    email: Option<String>,
    contract: Option<String>,
    first_name: String,
    last_name: String,
}

impl Key {
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

diesel::define_sql_function! {
    /// Lower case.
    fn lower(text: SqlText) -> SqlText;
}

diesel::define_sql_function! {
    /// Lower case, of a text that may be missing.
    #[sql_name = "lower"]
    fn lower_known(text: Nullable<SqlText>) -> Nullable<SqlText>;
}
