//! What a member of staff began to write on a case, kept by the server: it survives leaving the page and
//! signing out, and nobody else reads it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::{CaseId, StaffId};
use crate::db::schema::staff_drafts;
use crate::db::{Conn, DbError};

/// Whose draft of which act it is.
#[derive(Clone, Copy, Debug)]
pub struct DraftOf<'a> {
    /// On this case.
    pub case: CaseId,
    /// Written by.
    pub account: StaffId,
    /// Code of the act.
    pub act: &'a str,
}

/// Keeps the fields of a form, in the place of what was kept before. It changes nothing of the case.
///
/// # Errors
/// When the database fails.
pub async fn save_draft(
    conn: &mut Conn,
    of: DraftOf<'_>,
    fields: &[(String, String)],
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let fields =
        serde_json::to_value(fields).map_err(|error| DbError::SerializationError(error.into()))?;
    let content = (
        staff_drafts::fields.eq(fields),
        staff_drafts::saved_at.eq(at),
    );
    diesel::insert_into(staff_drafts::table)
        .values((
            staff_drafts::case_id.eq(of.case.0),
            staff_drafts::account_id.eq(of.account.0),
            staff_drafts::act.eq(of.act),
            content.clone(),
        ))
        .on_conflict((
            staff_drafts::case_id,
            staff_drafts::account_id,
            staff_drafts::act,
        ))
        .do_update()
        .set(content)
        .execute(conn)
        .await
        .map(drop)
}

/// Forgets what was kept: it was sent, or is no longer wanted.
///
/// # Errors
/// When the database fails.
pub async fn forget_draft(conn: &mut Conn, of: DraftOf<'_>) -> Result<(), DbError> {
    diesel::delete(staff_drafts::table.find((of.case.0, of.account.0, of.act)))
        .execute(conn)
        .await
        .map(drop)
}
