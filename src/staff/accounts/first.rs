//! The first administrator's account and link.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::staff_accounts;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, SYSTEM_CHAIN};
use crate::staff::accounts::add::{added_entry, insert_pending};
use crate::staff::{OneTimeLink, Role, Roles, StaffId, link};

/// Stands for the first administrator's name until it is chosen; no page shows it.
const UNNAMED: &str = "?";

/// A fresh link for the first administrator, or none once there has been one: whoever can start the
/// program must not become an administrator because the only one was disabled or reset. The command
/// line is then the way back. The account is created when first needed, without an address: its
/// owner chooses it at enrolment.
///
/// # Errors
/// When the database fails.
pub async fn first_administrator_link(
    conn: &mut Conn,
    link_lifetime: TimeDelta,
    at: DateTime<Utc>,
) -> Result<Option<OneTimeLink>, DbError> {
    conn.transaction(async |conn| {
        let administrators = staff_accounts::table
            .filter(staff_accounts::roles.contains(Roles::from(Role::Administrator)));
        let has_been = administrators.filter(staff_accounts::has_enrolled);
        if diesel::select(diesel::dsl::exists(has_been))
            .get_result(conn)
            .await?
        {
            return Ok(None);
        }
        let unnamed = administrators
            .filter(staff_accounts::email.is_null())
            .filter(staff_accounts::disabled_at.is_null())
            .select(staff_accounts::id)
            .order(staff_accounts::id)
            .first(conn)
            .await
            .optional()?;
        let id = match unnamed {
            Some(id) => StaffId(id),
            None => add_first_administrator(conn, at).await?,
        };
        link::renew(conn, id, link_lifetime, at).await.map(Some)
    })
    .await
}

async fn add_first_administrator(conn: &mut Conn, at: DateTime<Utc>) -> Result<StaffId, DbError> {
    let id = insert_pending(conn, None, UNNAMED, Roles::FIRST, at).await?;
    let entry = added_entry(id, Roles::FIRST);
    journal::append(conn, SYSTEM_CHAIN, entry, Actor::System, at).await?;
    Ok(id)
}
