//! The cases of a person, by what they are looked for with.

use diesel::dsl;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text as SqlText};
use diesel_async::RunQueryDsl;

use crate::case::restrict::not_restricted;
use crate::case::sight::{Viewer, in_sight};
use crate::case::{CaseId, Nature, Reference, Status};
use crate::db::schema::{cases, filings};
use crate::db::{Conn, DbError};

/// Most cases shown.
const MOST: i64 = 50;

/// A case of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its reference.
    pub reference: Reference,
    /// First and last name.
    pub person: String,
    /// The address it is answered at.
    pub email: Option<String>,
    /// What it counts as.
    pub nature: Nature,
    /// Where it stands.
    pub status: Status,
    /// Whether its processing is restricted.
    pub is_restricted: bool,
}

type Columns = (
    i64,
    i16,
    Nature,
    Status,
    (String, String, Option<String>),
    bool,
);

impl Found {
    fn of((id, year, nature, status, (first, last, email), is_restricted): Columns) -> Self {
        Self {
            reference: Reference::new(year, CaseId(id)),
            person: format!("{first} {last}"),
            email,
            nature,
            status,
            is_restricted,
        }
    }
}

/// The latest cases of whoever has this e-mail address, contract number or name (last, or first and
/// last), or the one case of a reference.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, viewer: Viewer, typed: &str) -> Result<Vec<Found>, DbError> {
    among(conn, viewer, typed, None).await
}

/// Whether a case is one of theirs, whatever their number.
///
/// # Errors
/// When the database fails.
pub async fn is_theirs(
    conn: &mut Conn,
    viewer: Viewer,
    typed: &str,
    case: CaseId,
) -> Result<bool, DbError> {
    let found = among(conn, viewer, typed, Some(case)).await?;
    Ok(!found.is_empty())
}

async fn among(
    conn: &mut Conn,
    viewer: Viewer,
    typed: &str,
    only: Option<CaseId>,
) -> Result<Vec<Found>, DbError> {
    let sought = typed.trim().to_lowercase();
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let (first, last) = sought.split_once(' ').unwrap_or(("", &sought));
    let by_reference = Reference::parse(typed).map_or(0, |reference| reference.case().0);
    let named = lower(filings::last_name)
        .eq(&sought)
        .or(lower(filings::last_name)
            .eq(last)
            .and(lower(filings::first_name).eq(first)));
    let found: Vec<Columns> = cases::table
        .inner_join(filings::table)
        .filter(
            named
                .or(cases::id.eq(by_reference))
                .nullable()
                .or(lower_known(filings::email).eq(Some(&sought)))
                .or(lower_known(filings::contract_number).eq(Some(&sought))),
        )
        .filter(in_sight(viewer).fixed())
        .filter(
            cases::id
                .eq(only.unwrap_or(CaseId(0)).0)
                .or(only.is_none().into_sql::<Bool>()),
        )
        .order(cases::id.desc())
        .limit(MOST)
        .select((
            cases::id,
            cases::reference_year,
            cases::nature,
            cases::status,
            (filings::first_name, filings::last_name, filings::email),
            dsl::not(not_restricted().fixed()),
        ))
        .load(conn)
        .await?;
    Ok(found.into_iter().map(Found::of).collect())
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
