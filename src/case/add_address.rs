//! The act of adding the postal address that a case lacks: a letter has somewhere to go.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::dossier::{self, digest};
use crate::case::events::persons as events;
use crate::case::filing::PostalAddress;
use crate::case::{StaffId, Status};
use crate::db::Conn;
use crate::db::schema::filings;
use crate::journal::{self, Actor};

/// Adds the postal address of the person of a case that has none. One that is known is corrected at the
/// person's request instead.
///
/// # Errors
/// [`ActError::AlreadyDone`] when the case has one; or it has changed since it was shown, or the database
/// fails.
pub async fn add_address(
    conn: &mut Conn,
    seen: Seen,
    address: &PostalAddress,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let without = filings::table
            .find(seen.case.0)
            .filter(filings::postal_address.is_null());
        let n_added = diesel::update(without)
            .set((
                filings::postal_address.eq(address.as_str()),
                filings::contact_version.eq(filings::contact_version + 1),
            ))
            .execute(conn)
            .await?;
        if n_added == 0 {
            return Err(ActError::AlreadyDone);
        }
        let secret = dossier::by_id(conn, seen.case).await?.case.secret;
        let digest = digest(secret.as_deref(), address.as_str());
        let entry = events::corrected(&[("postal_address", digest)]);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}
