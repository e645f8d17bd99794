//! The act of correcting what is held on a person (art. 16): what it was before is nowhere in the
//! journal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::dossier::{self, Dossier, digest};
use crate::case::events::persons as events;
use crate::case::filing::{Line, Name, Phone, PostalAddress, Text};
use crate::case::{StaffId, Status};
use crate::db::Conn;
use crate::db::schema::{cases, filings};
use crate::journal::{self, Actor, Hash};

/// What is held on a person, as it should be.
#[derive(Clone, Debug)]
pub struct Correction {
    /// First name.
    pub first_name: Name,
    /// Last name.
    pub last_name: Name,
    /// Postal address.
    pub postal_address: Option<PostalAddress>,
    /// Phone.
    pub phone: Option<Phone>,
    /// Contract number.
    pub contract_number: Option<Line<100>>,
}

/// Corrects what is held on the person of a case.
///
/// # Errors
/// [`ActError::NotNow`] when nothing would change, or nobody could be reached any more; when the case
/// has changed since it was shown, or the database fails.
pub async fn correct(
    conn: &mut Conn,
    seen: Seen,
    correction: &Correction,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    let (first, last) = (
        correction.first_name.as_str(),
        correction.last_name.as_str(),
    );
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        let changed = correction.changes(&dossier);
        let is_reached = dossier.filing.email.is_some()
            || correction.postal_address.is_some()
            || correction.phone.is_some();
        if changed.is_empty() || !is_reached {
            return Err(ActError::NotNow(dossier.case.status));
        }
        diesel::update(filings::table.find(seen.case.0))
            .set((
                filings::first_name.eq(first),
                filings::last_name.eq(last),
                filings::postal_address.eq(correction.post()),
                filings::phone.eq(correction.phone()),
                filings::contract_number.eq(correction.contract()),
                filings::contact_version.eq(filings::contact_version + 1),
            ))
            .execute(conn)
            .await?;
        diesel::update(cases::table.find(seen.case.0))
            .set(cases::person_name.eq(format!("{first} {last}")))
            .execute(conn)
            .await?;
        let entry = events::corrected(&changed);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

impl Correction {
    fn post(&self) -> Option<&str> {
        self.postal_address.as_ref().map(Text::as_str)
    }

    fn phone(&self) -> Option<&str> {
        self.phone.as_ref().map(Line::as_str)
    }

    fn contract(&self) -> Option<&str> {
        self.contract_number.as_ref().map(Line::as_str)
    }

    /// The parts that change, with digests of what they will be.
    fn changes(&self, dossier: &Dossier) -> Vec<(&'static str, Hash)> {
        let held = &dossier.filing;
        let (first, last) = (self.first_name.as_str(), self.last_name.as_str());
        let parts = [
            ("first_name", Some(held.first_name.as_str()), Some(first)),
            ("last_name", Some(held.last_name.as_str()), Some(last)),
            (
                "postal_address",
                held.postal_address.as_deref(),
                self.post(),
            ),
            ("phone", held.phone.as_deref(), self.phone()),
            (
                "contract_number",
                held.contract_number.as_deref(),
                self.contract(),
            ),
        ];
        let secret = dossier.case.secret.as_deref();
        parts
            .into_iter()
            .filter(|(_, was, is)| was != is)
            .map(|(part, _, is)| (part, digest(secret, is.unwrap_or_default())))
            .collect()
    }
}
