//! Sign-in: a password, then a code. Wrong, blocked and unknown look the same from outside.

use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use secrecy::SecretString;
use tokio::time::Instant;

use crate::db::schema::staff_accounts;
use crate::db::{Conn, DbError, Pool, PoolError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::staff::failures::{self, Counted};
use crate::staff::{
    HashError, PasswordHash, PasswordHasher, Place, StaffEmail, StaffId, StaffLimits, TotpError,
};

/// What someone typed to sign in.
#[derive(Debug)]
pub struct Credentials {
    /// None when what was typed is no address: it is refused like an unknown one.
    pub email: Option<StaffEmail>,
    /// As typed.
    pub password: SecretString,
}

/// What sign-in needs of the program.
#[derive(Clone, Copy)]
pub struct SignInContext<'a> {
    /// Connections are taken for short: none is held while a password is hashed.
    pub pool: &'a Pool,
    /// Verifies passwords.
    pub hasher: &'a PasswordHasher,
    /// How often one may be wrong.
    pub limits: &'a StaffLimits,
    /// Where the attempt comes from.
    pub place: Place,
}

/// Sign-in could not be judged.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No connection.
    #[error(transparent)]
    Pool(#[from] PoolError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The password could not be verified.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The TOTP secret cannot be read.
    #[error(transparent)]
    Totp(#[from] TotpError),
}

/// The account whose password this is, or none. The failure is counted before the password is
/// looked at, so that many attempts at once cannot outrun the block.
///
/// # Errors
/// When the database or the hashing fails.
pub async fn with_password(
    context: SignInContext<'_>,
    credentials: Credentials,
    at: DateTime<Utc>,
) -> Result<Option<StaffId>, SignInError> {
    let began = Instant::now();
    let attempt = match &credentials.email {
        Some(email) => count_attempt(context, email, at).await?,
        None => None,
    };
    let hash = attempt.as_ref().map(|(_, hash)| hash.clone());
    let is_right = context.hasher.verify(credentials.password, hash).await?;
    let accepted = match attempt {
        Some((counted, _)) if is_right => {
            counted.forgive(&mut *context.pool.get().await?).await?;
            return Ok(Some(counted.account()));
        }
        Some((counted, _)) => {
            let mut conn = context.pool.get().await?;
            record_failure(&mut conn, &counted, "password", at).await?;
            None
        }
        None => None,
    };
    wait_until(began, context.limits.refusal_takes).await;
    Ok(accepted)
}

/// The attempt, counted as a failure, and the hash to compare with; none if it may not be judged.
async fn count_attempt(
    context: SignInContext<'_>,
    email: &StaffEmail,
    at: DateTime<Utc>,
) -> Result<Option<(Counted, PasswordHash)>, SignInError> {
    let mut conn = context.pool.get().await?;
    conn.transaction(async |conn| {
        let found: Option<Row> = staff_accounts::table
            .filter(staff_accounts::email.eq(email.as_str()))
            .select(Row::as_select())
            .for_update()
            .first(conn)
            .await
            .optional()?;
        let Some(mut row) = found else {
            return Ok(None);
        };
        let known = failures::known(conn, row.id, context.place).await?;
        let Some(phc) = row.password_hash.take() else {
            return Ok(None);
        };
        if !known.may_try(&row, context.limits, at) {
            return Ok(None);
        }
        let counted = known
            .count(conn, (&row, context.place), context.limits, at)
            .await?;
        Ok(Some((counted, PasswordHash::stored(phc))))
    })
    .await
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = staff_accounts, check_for_backend(diesel::pg::Pg))]
pub(super) struct Row {
    pub(super) id: i64,
    password_hash: Option<String>,
    pub(super) totp_secret: Option<Vec<u8>>,
    enrolled_at: Option<DateTime<Utc>>,
    pub(super) n_failures: i32,
    pub(super) failed_at: Option<DateTime<Utc>>,
    pub(super) blocked_until: Option<DateTime<Utc>>,
    disabled_at: Option<DateTime<Utc>>,
}

impl Row {
    /// Whether its owner signs in at all.
    pub(super) const fn is_active(&self) -> bool {
        self.enrolled_at.is_some() && self.disabled_at.is_none()
    }
}

/// One line of the journal: an attempt failed, or locks the account where it was made.
pub(super) async fn record_failure(
    conn: &mut Conn,
    counted: &Counted,
    factor: &'static str,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    conn.transaction(async |conn| {
        let kind = if counted.locks {
            "signin.locked"
        } else {
            "signin.failed"
        };
        let id = counted.account().0;
        let entry = Entry::new(kind).id("account", id).code("factor", factor);
        journal::append(conn, SYSTEM_CHAIN, entry, Actor::Person, at).await?;
        Ok(())
    })
    .await
}

async fn wait_until(began: Instant, at_least: Duration) {
    tokio::time::sleep_until(began + at_least).await;
}
