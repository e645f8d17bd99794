//! Whether something we wrote could not be delivered, and the letter that replaces it still waits:
//! kept on the case's row for the list *Envois en échec*.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::db::schema::{cases, postal_tasks};
use crate::db::{Conn, DbError};

/// Notes that an e-mail of the case could not be delivered, if a letter now waits in its place.
///
/// # Errors
/// When the database fails.
pub(super) async fn begins(conn: &mut Conn, case: CaseId) -> Result<(), DbError> {
    let waiting = postal_tasks::table
        .filter(postal_tasks::case_id.eq(cases::id))
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    let replaced = cases::table.filter(cases::id.eq(case.0).and(exists(waiting)));
    diesel::update(replaced)
        .set(cases::failed_sending.eq(true))
        .execute(conn)
        .await
        .map(drop)
}

/// Ends it once no letter of the case waits any more: posted, or no longer needed.
///
/// # Errors
/// When the database fails.
pub(super) async fn ends(conn: &mut Conn, case: CaseId) -> Result<(), DbError> {
    let waiting = postal_tasks::table
        .filter(postal_tasks::case_id.eq(cases::id))
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    let settled = cases::table
        .filter(cases::id.eq(case.0))
        .filter(cases::failed_sending.and(not(exists(waiting))));
    diesel::update(settled)
        .set(cases::failed_sending.eq(false))
        .execute(conn)
        .await
        .map(drop)
}
