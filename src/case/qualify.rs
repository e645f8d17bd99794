//! The act of saying what a case is about: its nature confirmed, its product, its subject, its cause.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, Touch, guarded, refusal};
use crate::case::dossier::digest;
use crate::case::events::qualifying;
use crate::case::filing::Line;
use crate::case::requalification::{Motive, convert_by_staff, requalify};
use crate::case::{Nature, Office, StaffId, Status};
use crate::db::Conn;
use crate::db::schema::{cases, qualifications};
use crate::journal::{self, Actor};

/// What caused a case, in a few words.
pub type Cause = Line<120>;

/// What staff say that a case is about.
#[derive(Clone, Debug)]
pub struct Qualification {
    /// Code of a product of the catalogue.
    pub product: Option<String>,
    /// Code of a subject of the catalogue.
    pub subject: Option<String>,
    /// What caused it, in the words of whoever qualifies it.
    pub cause: Option<Cause>,
}

/// Confirms what the case counts as, and says what it is about. Another nature is another act
/// ([`requalification`](crate::case::requalification)): it has consequences.
///
/// # Errors
/// When the case has ended or has changed since it was shown, or the database fails.
pub async fn qualify(
    conn: &mut Conn,
    seen: Seen,
    as_what: &Qualification,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    const FROM: [Status; 3] = [Status::Received, Status::Acknowledged, Status::Answered];
    conn.transaction(async |conn| {
        let found: Option<(Nature, Option<Vec<u8>>)> = diesel::update(guarded(seen, &FROM))
            .set((
                cases::nature_qualified.eq(cases::nature.nullable()),
                cases::product.eq(&as_what.product),
                cases::subject.eq(&as_what.subject),
                cases::version.eq(cases::version + 1),
                Touch::at(at),
            ))
            .returning((cases::nature, cases::secret))
            .get_result(conn)
            .await
            .optional()?;
        let Some((nature, secret)) = found else {
            return Err(refusal(conn, seen).await?);
        };
        let cause = as_what.cause.as_ref().map(Cause::as_str);
        let row = (
            qualifications::cause.eq(cause),
            qualifications::qualified_by.eq(by.0),
            qualifications::qualified_at.eq(at),
        );
        diesel::insert_into(qualifications::table)
            .values((qualifications::case_id.eq(seen.case.0), row))
            .on_conflict(qualifications::case_id)
            .do_update()
            .set(row)
            .execute(conn)
            .await?;
        let (product, subject) = (as_what.product.as_deref(), as_what.subject.as_deref());
        let about = [product, subject, cause].map(Option::unwrap_or_default);
        let about = digest(secret.as_deref(), &about.join("\n"));
        let entry = qualifying::qualified(nature, &about);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// The same with a change of nature: both acts are done, each with its line, or neither. `why` is read
/// by the person.
///
/// # Errors
/// When either is refused.
pub async fn qualify_as(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    (as_what, nature, why): (&Qualification, Nature, &Motive),
    by: (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        qualify(conn, seen, as_what, by).await?;
        let seen = Seen {
            version: seen.version.saturating_add(1),
            ..seen
        };
        match nature {
            Nature::Complaint => convert_by_staff(conn, office, seen, why, by).await,
            Nature::InformationRequest => requalify(conn, office, seen, why, by).await,
        }
    })
    .await
}
