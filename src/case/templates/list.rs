//! Templates as pages list them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::StaffId;
use crate::case::templates::{TemplateId, TemplateKind};
use crate::db::schema::{template_versions, templates};
use crate::db::{Conn, DbError};

/// A template as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateLine {
    /// Its row.
    pub id: TemplateId,
    /// What it is for.
    pub kind: TemplateKind,
    /// Whether it is no longer offered.
    pub is_retired: bool,
    /// Its last version.
    pub last: TemplateVersion,
}

/// What a template said.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = template_versions, check_for_backend(diesel::pg::Pg))]
pub struct TemplateVersion {
    /// From 1.
    pub version: i32,
    /// Its title.
    pub title: String,
    /// Its text, variables in braces.
    pub body: String,
    author_id: i64,
    /// When it was saved, UTC.
    pub saved_at: DateTime<Utc>,
}

impl TemplateVersion {
    /// Who saved it.
    pub const fn author(&self) -> StaffId {
        StaffId(self.author_id)
    }
}

/// A template that can be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Its row.
    pub id: TemplateId,
    /// Its title.
    pub title: String,
}

/// Most templates that a page shows.
const PAGE: i64 = 200;

/// Every template with its last version, by title.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn) -> Result<Vec<TemplateLine>, DbError> {
    let rows: Vec<(i64, TemplateKind, bool, TemplateVersion)> = templates::table
        .inner_join(template_versions::table)
        .distinct_on(templates::id)
        .order((templates::id.asc(), template_versions::version.desc()))
        .limit(PAGE)
        .select((
            templates::id,
            templates::kind,
            templates::retired_at.is_not_null(),
            TemplateVersion::as_select(),
        ))
        .load(conn)
        .await?;
    let mut lines: Vec<TemplateLine> = rows
        .into_iter()
        .map(|(id, kind, is_retired, last)| TemplateLine {
            id: TemplateId(id),
            kind,
            is_retired,
            last,
        })
        .collect();
    lines.sort_by_key(|line| line.last.title.to_lowercase());
    Ok(lines)
}

/// What can be inserted in a text of this kind, by title.
///
/// # Errors
/// When the database fails.
pub async fn offered(conn: &mut Conn, kind: TemplateKind) -> Result<Vec<Offered>, DbError> {
    let rows: Vec<(i64, String)> = templates::table
        .inner_join(template_versions::table)
        .filter(templates::kind.eq(kind))
        .filter(templates::retired_at.is_null())
        .distinct_on(templates::id)
        .order((templates::id.asc(), template_versions::version.desc()))
        .limit(PAGE)
        .select((templates::id, template_versions::title))
        .load(conn)
        .await?;
    let mut offered: Vec<Offered> = rows
        .into_iter()
        .map(|(id, title)| Offered {
            id: TemplateId(id),
            title,
        })
        .collect();
    offered.sort_by_key(|one| one.title.to_lowercase());
    Ok(offered)
}

/// Every version of a template, newest first, with what the template is for and whether it is
/// retired.
///
/// # Errors
/// `NotFound` when there is no such template, or the database fails.
pub async fn versions(
    conn: &mut Conn,
    TemplateId(id): TemplateId,
) -> Result<(TemplateKind, bool, Vec<TemplateVersion>), DbError> {
    let rows: Vec<(TemplateKind, bool, TemplateVersion)> = templates::table
        .inner_join(template_versions::table)
        .filter(templates::id.eq(id))
        .order(template_versions::version.desc())
        .limit(PAGE)
        .select((
            templates::kind,
            templates::retired_at.is_not_null(),
            TemplateVersion::as_select(),
        ))
        .load(conn)
        .await?;
    let [(kind, is_retired, _), ..] = rows.as_slice() else {
        return Err(DbError::NotFound);
    };
    let (kind, is_retired) = (*kind, *is_retired);
    let versions = rows.into_iter().map(|(_, _, version)| version).collect();
    Ok((kind, is_retired, versions))
}

/// What a template that is offered for this kind of text says now.
///
/// # Errors
/// `NotFound` when there is no such template, or the database fails.
pub async fn current(
    conn: &mut Conn,
    TemplateId(id): TemplateId,
    kind: TemplateKind,
) -> Result<TemplateVersion, DbError> {
    templates::table
        .inner_join(template_versions::table)
        .filter(templates::id.eq(id))
        .filter(templates::kind.eq(kind))
        .filter(templates::retired_at.is_null())
        .order(template_versions::version.desc())
        .select(TemplateVersion::as_select())
        .first(conn)
        .await
}
