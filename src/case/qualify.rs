//! The act of saying what a case is about: its nature confirmed, its product, its subject, its cause.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count, guarded, refusal};
use crate::case::dossier::digest;
use crate::case::events::qualifying;
use crate::case::filing::Line;
use crate::case::requalification::{Grounds, Motive, convert_by_staff, requalify};
use crate::case::{Nature, Office, StaffId, Status};
use crate::db::Conn;
use crate::db::schema::{cases, qualifications};
use crate::journal::{self, Actor, Hash};

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

/// In which it can be qualified.
const FROM: [Status; 3] = [Status::Received, Status::Acknowledged, Status::Answered];

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
    conn.transaction(async |conn| {
        let (nature, about) = describe(conn, seen, as_what, (by, at)).await?;
        count(conn, seen, &FROM, at).await?;
        let entry = qualifying::qualified(nature, &about);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// The same with a change of nature, in one act: its line tells both. `why` is read by the person.
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
        let (_, about) = describe(conn, seen, as_what, by).await?;
        let grounds = Grounds {
            motive: why,
            about: Some(&about),
        };
        match nature {
            Nature::Complaint => convert_by_staff(conn, office, seen, grounds, by).await,
            Nature::InformationRequest => requalify(conn, office, seen, grounds, by).await,
        }
    })
    .await
}

/// Writes what the case is about; the act that it is part of counts. Returns what the case counts as,
/// and the digest of what was said.
async fn describe(
    conn: &mut Conn,
    seen: Seen,
    as_what: &Qualification,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(Nature, Hash), ActError> {
    let found: Option<(Nature, Option<Vec<u8>>)> = diesel::update(guarded(seen, &FROM))
        .set((
            cases::nature_qualified.eq(cases::nature.nullable()),
            cases::product.eq(&as_what.product),
            cases::subject.eq(&as_what.subject),
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
    Ok((nature, digest(secret.as_deref(), about.join("\n"))))
}
