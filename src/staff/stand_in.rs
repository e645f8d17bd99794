//! Stand-ins: colleagues of a demonstration, who can be given cases and can never sign in.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::staff_accounts;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, SYSTEM_CHAIN};
use crate::keys::random_bytes;
use crate::staff::accounts::added_entry;
use crate::staff::{DisplayName, PasswordHash, Roles, StaffId};

/// A colleague of a demonstration.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// Stands where the address is. It must be no address: nobody can then type it to sign in, and
    /// no command can find it to give it a password.
    pub label: String,
    /// Shown on pages and letters.
    pub name: DisplayName,
    /// What the account could do; never an administrator, so that the first one is still asked for.
    pub roles: Roles,
}

/// The account of a stand-in, added unless it is there; it counts as enrolled since `since`, which
/// makes it one that cases can be given to. No password matches its hash.
///
/// # Errors
/// When the database fails.
pub async fn add_stand_in(
    conn: &mut Conn,
    new: &StandIn,
    since: DateTime<Utc>,
) -> Result<StaffId, DbError> {
    conn.transaction(async |conn| {
        let added: Option<i64> = diesel::insert_into(staff_accounts::table)
            .values((
                staff_accounts::email.eq(&new.label),
                staff_accounts::display_name.eq(new.name.as_str()),
                staff_accounts::roles.eq(new.roles),
                staff_accounts::password_hash.eq(PasswordHash::of_no_password().as_str()),
                staff_accounts::totp_secret.eq(random_bytes::<48>().to_vec()),
                staff_accounts::enrolled_at.eq(since),
                staff_accounts::created_at.eq(since),
            ))
            .on_conflict(staff_accounts::email)
            .do_nothing()
            .returning(staff_accounts::id)
            .get_result(conn)
            .await
            .optional()?;
        if let Some(id) = added {
            let entry = added_entry(StaffId(id), new.roles);
            journal::append(conn, SYSTEM_CHAIN, entry, Actor::Operator, since).await?;
            return Ok(StaffId(id));
        }
        staff_accounts::table
            .filter(staff_accounts::email.eq(&new.label))
            .select(staff_accounts::id)
            .first(conn)
            .await
            .map(StaffId)
    })
    .await
}
