//! How the person could be reached when they filed, for the copies of what they sent.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::Dossier;
use crate::case::dossier::FilingRow;
use crate::case::files::CaseFile;
use crate::case::filing::PreferredReply;
use crate::db::schema::former_contacts;
use crate::db::{Conn, DbError};

/// All that a copy of what was sent is made of.
#[derive(Clone, Copy, Debug)]
pub struct AsFiled<'a> {
    /// The case as it is now.
    pub dossier: &'a Dossier,
    /// What was filed, with how to reach the person as they gave it then.
    pub filing: &'a FilingRow,
    /// The files of the case.
    pub files: &'a [CaseFile],
}

type Former = (
    Option<String>,
    Option<DateTime<Utc>>,
    Option<String>,
    PreferredReply,
    Option<String>,
    Option<String>,
);

/// What was filed, with how to reach the person as they gave it then. When they changed it since
/// stays in [`FilingRow::contact_changed_at`].
///
/// # Errors
/// When the database fails.
pub async fn as_filed(conn: &mut Conn, dossier: &Dossier) -> Result<FilingRow, DbError> {
    let filing = dossier.filing.clone();
    if filing.contact_changed_at.is_none() {
        return Ok(filing);
    }
    let first: Option<Former> = former_contacts::table
        .filter(former_contacts::case_id.eq(dossier.case.id().0))
        .order(former_contacts::version.asc())
        .select((
            former_contacts::email,
            former_contacts::email_confirmed_at,
            former_contacts::postal_address,
            former_contacts::preferred_reply,
            former_contacts::phone,
            former_contacts::accessibility,
        ))
        .first(conn)
        .await
        .optional()?;
    let Some((email, email_confirmed_at, postal_address, preferred_reply, phone, accessibility)) =
        first
    else {
        return Ok(filing);
    };
    Ok(FilingRow {
        email,
        email_confirmed_at,
        postal_address,
        phone,
        preferred_reply,
        accessibility,
        ..filing
    })
}
