//! The acts on templates: each one line in the system's journal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::StaffId;
use crate::case::templates::{TemplateId, TemplateKind, TemplateText, TemplateTitle};
use crate::db::schema::{template_versions, templates};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};

/// What a version says.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// Its title.
    pub title: TemplateTitle,
    /// Its text.
    pub text: TemplateText,
}

/// Why an act on a template did not happen.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// Someone saved another version in between.
    #[error("the template has changed since it was shown")]
    Stale,
    /// No such template.
    #[error("no such template")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Adds a template with its first version.
///
/// # Errors
/// When the database fails.
pub async fn create(
    conn: &mut Conn,
    kind: TemplateKind,
    version: &NewVersion,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<TemplateId, DbError> {
    conn.transaction(async |conn| {
        let id: i64 = diesel::insert_into(templates::table)
            .values((templates::kind.eq(kind), templates::created_at.eq(at)))
            .returning(templates::id)
            .get_result(conn)
            .await?;
        put(conn, (id, 1), version, (by, at)).await?;
        let entry = Entry::new("template.created")
            .id("template", id)
            .code("kind", kind.code());
        tell(conn, entry, (by, at)).await?;
        Ok(TemplateId(id))
    })
    .await
}

/// Saves the version that follows `seen`; those before stay as they are.
///
/// # Errors
/// [`TemplateError::Stale`] when another version was saved since; or there is no such template, or
/// the database fails.
pub async fn save(
    conn: &mut Conn,
    (TemplateId(id), seen): (TemplateId, i32),
    version: &NewVersion,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), TemplateError> {
    conn.transaction(async |conn| {
        hold(conn, id).await?;
        let last: Option<i32> = template_versions::table
            .filter(template_versions::template_id.eq(id))
            .select(diesel::dsl::max(template_versions::version))
            .first(conn)
            .await?;
        if last != Some(seen) {
            return Err(TemplateError::Stale);
        }
        let next = seen.saturating_add(1);
        put(conn, (id, next), version, (by, at)).await?;
        let entry = Entry::new("template.saved")
            .id("template", id)
            .id("version", next.into());
        Ok(tell(conn, entry, (by, at)).await?)
    })
    .await
}

/// No longer offers a template; one that is retired already stays so.
///
/// # Errors
/// When there is no such template, or the database fails.
pub async fn retire(
    conn: &mut Conn,
    id: TemplateId,
    by: (StaffId, DateTime<Utc>),
) -> Result<(), TemplateError> {
    mark(conn, id, Some(by.1), by).await
}

/// Offers a retired template again.
///
/// # Errors
/// When there is no such template, or the database fails.
pub async fn restore(
    conn: &mut Conn,
    id: TemplateId,
    by: (StaffId, DateTime<Utc>),
) -> Result<(), TemplateError> {
    mark(conn, id, None, by).await
}

async fn mark(
    conn: &mut Conn,
    TemplateId(id): TemplateId,
    retired_at: Option<DateTime<Utc>>,
    by: (StaffId, DateTime<Utc>),
) -> Result<(), TemplateError> {
    conn.transaction(async |conn| {
        let was_retired = hold(conn, id).await?;
        if was_retired == retired_at.is_some() {
            return Ok(());
        }
        diesel::update(templates::table.find(id))
            .set(templates::retired_at.eq(retired_at))
            .execute(conn)
            .await?;
        let kind = if retired_at.is_some() {
            "template.retired"
        } else {
            "template.restored"
        };
        Ok(tell(conn, Entry::new(kind).id("template", id), by).await?)
    })
    .await
}

/// Locks the template for the rest of the act; whether it is retired.
async fn hold(conn: &mut Conn, id: i64) -> Result<bool, TemplateError> {
    let retired: Option<bool> = templates::table
        .find(id)
        .select(templates::retired_at.is_not_null())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    retired.ok_or(TemplateError::Unknown)
}

async fn put(
    conn: &mut Conn,
    (template, number): (i64, i32),
    version: &NewVersion,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), DbError> {
    diesel::insert_into(template_versions::table)
        .values((
            template_versions::template_id.eq(template),
            template_versions::version.eq(number),
            template_versions::title.eq(version.title.as_str()),
            template_versions::body.eq(version.text.as_str()),
            template_versions::author_id.eq(by.0),
            template_versions::saved_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

async fn tell(
    conn: &mut Conn,
    entry: Entry,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), DbError> {
    journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(by.0), at)
        .await
        .map(drop)
}
