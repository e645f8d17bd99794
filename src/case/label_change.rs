//! The acts on the labels themselves: one is renamed, retired or restored, never deleted.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::StaffId;
use crate::case::catalogue::{ChangeKind, ListChangeError, ListChanged};
use crate::case::label::{Label, LabelId, LabelName};
use crate::db::schema::{label_changes, labels, staff_accounts};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};

/// What someone wants of a label.
#[derive(Clone, Debug)]
pub enum LabelChange {
    /// Another name, in the place of the last text.
    Rename(LabelName, String),
    /// It is no longer offered; the cases that bear it keep it.
    Retire,
    /// It is offered again.
    Restore,
}

impl LabelChange {
    const fn kind(&self) -> ChangeKind {
        match self {
            Self::Rename(..) => ChangeKind::Renamed,
            Self::Retire => ChangeKind::Retired,
            Self::Restore => ChangeKind::Restored,
        }
    }
}

/// Every label, by name.
///
/// # Errors
/// When the database fails.
pub async fn all_labels(conn: &mut Conn) -> Result<Vec<Label>, DbError> {
    let mut found: Vec<Label> = labels::table
        .select((labels::id, labels::name, labels::is_retired))
        .load(conn)
        .await?
        .into_iter()
        .map(|(id, name, is_retired): (i64, String, bool)| Label {
            id: LabelId(id),
            name,
            is_retired,
        })
        .collect();
    found.sort_by_cached_key(|label| label.name.to_lowercase());
    Ok(found)
}

/// Changes a label: one row with its name before and after, one line of the system's journal.
///
/// # Errors
/// When someone else was first, another label has the name, or the database fails.
pub async fn change_label(
    conn: &mut Conn,
    (label, change): (LabelId, &LabelChange),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ListChangeError> {
    conn.transaction(async |conn| {
        let found: Option<(String, bool)> = labels::table
            .find(label.0)
            .select((labels::name, labels::is_retired))
            .for_update()
            .first(conn)
            .await
            .optional()?;
        let (was, is_retired) = found.ok_or(ListChangeError::Stale)?;
        let row = diesel::update(labels::table.find(label.0));
        match change {
            LabelChange::Rename(name, _) if name.as_str() == was => return Ok(()),
            LabelChange::Rename(name, seen) if *seen == was => row
                .set(labels::name.eq(name.as_str()))
                .execute(conn)
                .await
                .map_err(taken)?,
            LabelChange::Retire if !is_retired => {
                row.set(labels::is_retired.eq(true)).execute(conn).await?
            }
            LabelChange::Restore if is_retired => {
                row.set(labels::is_retired.eq(false)).execute(conn).await?
            }
            LabelChange::Rename(..) | LabelChange::Retire | LabelChange::Restore => {
                return Err(ListChangeError::Stale);
            }
        };
        record(conn, (label, change, &was), (by, at)).await
    })
    .await
}

fn taken(error: DbError) -> ListChangeError {
    if let DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) = error {
        return ListChangeError::Taken;
    }
    error.into()
}

async fn record(
    conn: &mut Conn,
    (label, change, was): (LabelId, &LabelChange, &str),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ListChangeError> {
    let value = match change {
        LabelChange::Rename(name, _) => Some(name.as_str()),
        LabelChange::Retire | LabelChange::Restore => None,
    };
    let id: i64 = diesel::insert_into(label_changes::table)
        .values((
            label_changes::label_id.eq(label.0),
            label_changes::change.eq(change.kind()),
            label_changes::value.eq(value),
            label_changes::was.eq(was),
            label_changes::changed_by.eq(by.0),
            label_changes::changed_at.eq(at),
        ))
        .returning(label_changes::id)
        .get_result(conn)
        .await?;
    let entry = Entry::new("label.changed")
        .id("label", label.0)
        .code("change", change.kind().code())
        .id("row", id);
    journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(by.0), at).await?;
    Ok(())
}

/// The last changes of labels, at most 50, newest first.
///
/// # Errors
/// When the database fails.
pub async fn label_changes_made(conn: &mut Conn) -> Result<Vec<ListChanged>, DbError> {
    label_changes::table
        .inner_join(staff_accounts::table)
        .order(label_changes::id.desc())
        .limit(50)
        .select((
            label_changes::change,
            label_changes::value,
            label_changes::was.nullable(),
            staff_accounts::display_name,
            label_changes::changed_at,
        ))
        .load(conn)
        .await
}
