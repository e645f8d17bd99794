//! Enrolment by one-time link: a password of one's own, then a proven TOTP code.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::{staff_accounts, staff_links};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::keys::Key;
use crate::staff::accounts::is_unique_violation;
use crate::staff::{
    DisplayName, LinkToken, PasswordHash, Place, RecoveryCode, Role, Roles, StaffEmail, StaffId,
    StaffMember, TotpError, TotpSecret, failures, link, queries, recovery,
};

/// What the bearer of a valid link finds.
#[derive(Debug)]
pub struct Invitation {
    /// Whose account it is.
    pub account: StaffId,
    /// Address and name, or none for the first administrator, who chooses them.
    pub identity: Option<(StaffEmail, DisplayName)>,
    /// What the account may do once enrolled.
    pub roles: Roles,
    /// The TOTP secret to enrol; none before the password is chosen.
    pub totp: Option<TotpSecret>,
}

/// What the bearer chose.
#[derive(Debug)]
pub struct Chosen {
    /// Address and name; read only when the account had none.
    pub identity: (StaffEmail, DisplayName),
    /// Hash of the password.
    pub password: PasswordHash,
}

/// Someone who is in for the first time.
#[derive(Debug)]
pub struct Enrolled {
    /// Who.
    pub member: StaffMember,
    /// To be shown once.
    pub recovery_codes: Vec<RecoveryCode>,
}

/// Why an enrolment did not go on.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The link is unknown, used or expired: the bearer cannot tell which.
    #[error("the link no longer works")]
    LinkSpent,
    /// Another account has the chosen address.
    #[error("an account has this e-mail address already")]
    EmailTaken,
    /// The code is not the one the application shows now.
    #[error("the code is wrong")]
    WrongCode,
    /// The TOTP secret cannot be read.
    #[error(transparent)]
    Totp(#[from] TotpError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What the bearer of the link is invited to.
///
/// # Errors
/// When the link no longer works or the database fails.
pub async fn invitation(
    conn: &mut Conn,
    totp_key: &Key,
    token: &LinkToken,
    at: DateTime<Utc>,
) -> Result<Invitation, EnrolError> {
    let id = link::bearer(conn, token, at)
        .await?
        .ok_or(EnrolError::LinkSpent)?;
    let row: Row = staff_accounts::table
        .find(id.0)
        .select(Row::as_select())
        .first(conn)
        .await?;
    let identity = row.email.as_deref().and_then(|email| {
        let name = DisplayName::parse(&row.display_name).ok()?;
        Some((StaffEmail::parse(email).ok()?, name))
    });
    let totp = row
        .totp_secret
        .map(|stored| TotpSecret::decrypt(&stored, totp_key, id))
        .transpose()?;
    Ok(Invitation {
        account: id,
        identity,
        roles: row.roles,
        totp,
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = staff_accounts, check_for_backend(diesel::pg::Pg))]
struct Row {
    email: Option<String>,
    display_name: String,
    roles: Roles,
    totp_secret: Option<Vec<u8>>,
}

/// Keeps the password and prepares a TOTP secret; the account stays pending. It can be done again
/// until the code is confirmed, and the secret stays the same, so that a scanned code still works.
///
/// # Errors
/// When the link no longer works, the address is taken, or the database fails.
pub async fn choose_password(
    conn: &mut Conn,
    totp_key: &Key,
    token: &LinkToken,
    chosen: Chosen,
    at: DateTime<Utc>,
) -> Result<(), EnrolError> {
    conn.transaction(async |conn| {
        let invitation = invitation(conn, totp_key, token, at).await?;
        let id = invitation.account;
        let secret = match invitation.totp {
            Some(secret) => secret,
            None => TotpSecret::random(),
        };
        let (email, name) = invitation.identity.unwrap_or(chosen.identity);
        let changed = diesel::update(pending(id))
            .set((
                staff_accounts::email.eq(email.as_str()),
                staff_accounts::display_name.eq(name.as_str()),
                staff_accounts::password_hash.eq(chosen.password.as_str()),
                staff_accounts::totp_secret.eq(secret.encrypt(totp_key, id)?),
            ))
            .execute(conn)
            .await
            .map_err(taken_or_db)?;
        if changed == 0 {
            return Err(EnrolError::LinkSpent);
        }
        Ok(())
    })
    .await
}

/// Enrols the account if `code` is right, uses the link up, and returns who enrolled with the
/// recovery codes of the new authenticator.
///
/// # Errors
/// When the link no longer works, the code is wrong, or the database fails.
pub async fn confirm_code(
    conn: &mut Conn,
    totp_key: &Key,
    token: &LinkToken,
    (code, place): (&str, Place),
    at: DateTime<Utc>,
) -> Result<Enrolled, EnrolError> {
    conn.transaction(async |conn| {
        let id = link::consume(conn, token, at)
            .await?
            .ok_or(EnrolError::LinkSpent)?;
        let stored: Option<Vec<u8>> = pending(id)
            .select(staff_accounts::totp_secret)
            .first(conn)
            .await
            .optional()?
            .flatten();
        let secret = TotpSecret::decrypt(&stored.ok_or(EnrolError::LinkSpent)?, totp_key, id)?;
        let step = secret.matching_step(code, at)?;
        let step = step.ok_or(EnrolError::WrongCode)?;
        diesel::update(pending(id))
            .set((
                staff_accounts::enrolled_at.eq(at),
                staff_accounts::has_enrolled.eq(true),
                staff_accounts::totp_last_step.eq(step),
            ))
            .execute(conn)
            .await?;
        failures::trust(conn, id, place, at).await?;
        let entry = Entry::new("account.enrolled").id("account", id.0);
        journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(id.0), at).await?;
        let member = queries::member(conn, id).await?;
        let member = member.ok_or(EnrolError::LinkSpent)?;
        if member.roles.contains(Role::Administrator) {
            revoke_links_of_unnamed(conn).await?;
        }
        let recovery_codes = recovery::make(conn, id).await?;
        Ok(Enrolled {
            member,
            recovery_codes,
        })
    })
    .await
}

/// Once an administrator is enrolled, a first administrator's link left over opens nothing.
async fn revoke_links_of_unnamed(conn: &mut Conn) -> Result<(), DbError> {
    let unnamed = staff_accounts::table
        .filter(staff_accounts::email.is_null())
        .select(staff_accounts::id);
    diesel::delete(staff_links::table.filter(staff_links::account_id.eq_any(unnamed)))
        .execute(conn)
        .await
        .map(drop)
}

/// The account, if it awaits enrolment.
#[diesel::dsl::auto_type]
fn pending(id: StaffId) -> _ {
    let id: i64 = id.0;
    staff_accounts::table
        .find(id)
        .filter(staff_accounts::enrolled_at.is_null())
        .filter(staff_accounts::disabled_at.is_null())
}

fn taken_or_db(error: DbError) -> EnrolError {
    if is_unique_violation(&error) {
        return EnrolError::EmailTaken;
    }
    EnrolError::Db(error)
}
