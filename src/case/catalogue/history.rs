//! The changes made to a list.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::catalogue::{ChangeKind, List};
use crate::db::schema::{catalogue_changes, staff_accounts};
use crate::db::{Conn, DbError};

/// A change that was made.
#[derive(Clone, Debug, Queryable)]
pub struct ListChanged {
    /// What was done.
    pub kind: ChangeKind,
    /// The words after.
    pub value: Option<String>,
    /// The words before.
    pub was: Option<String>,
    /// Who did it.
    pub by: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// The last changes of a list, at most 50, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_changes(conn: &mut Conn, list: List) -> Result<Vec<ListChanged>, DbError> {
    catalogue_changes::table
        .inner_join(staff_accounts::table)
        .filter(catalogue_changes::list.eq(list))
        .order(catalogue_changes::id.desc())
        .limit(50)
        .select((
            catalogue_changes::change,
            catalogue_changes::value,
            catalogue_changes::was,
            staff_accounts::display_name,
            catalogue_changes::changed_at,
        ))
        .load(conn)
        .await
}
