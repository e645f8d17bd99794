//! The act of making our file for the mediator: what it holds is told by one line of the journal.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::dossier::digest;
use crate::case::{CaseId, Dossier, PostalKind, StaffId, Status, events};
use crate::db::schema::{mediations, postal_tasks};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// A letter that was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// What it was.
    pub kind: PostalKind,
    /// The day, Paris calendar.
    pub on: NaiveDate,
    /// By which the post office followed it.
    pub tracking: Option<String>,
}

/// The letters of a case that were posted, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn letters_posted(conn: &mut Conn, case: CaseId) -> Result<Vec<Posted>, DbError> {
    let rows: Vec<(PostalKind, Option<NaiveDate>, Option<String>)> = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::done_on.is_not_null())
        .order((postal_tasks::done_on.asc(), postal_tasks::id.asc()))
        .select((
            postal_tasks::kind,
            postal_tasks::done_on,
            postal_tasks::tracking,
        ))
        .load(conn)
        .await?;
    let posted = |(kind, on, tracking): (_, Option<_>, _)| {
        Some(Posted {
            kind,
            on: on?,
            tracking,
        })
    };
    Ok(rows.into_iter().filter_map(posted).collect())
}

/// The mediator's number of the case, as far as we know it.
///
/// # Errors
/// When the database fails.
pub async fn mediator_number(conn: &mut Conn, case: CaseId) -> Result<Option<String>, DbError> {
    let last: Option<Option<String>> = mediations::table
        .filter(mediations::case_id.eq(case.0))
        .order(mediations::id.desc())
        .select(mediations::number)
        .first(conn)
        .await
        .optional()?;
    Ok(last.flatten())
}

/// Tells that our file for the mediator was made: a digest of its cover, which names every piece with
/// its own.
///
/// # Errors
/// When the case has changed since it was shown, or the database fails.
pub async fn mediation_file_made(
    conn: &mut Conn,
    (seen, dossier): (Seen, &Dossier),
    cover: &[u8],
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let cover = digest(dossier.case.secret.as_deref(), cover);
        let entry = events::mediation_file_made(&cover);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}
