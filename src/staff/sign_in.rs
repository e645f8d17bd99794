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
use crate::staff::{
    HashError, PasswordHash, PasswordHasher, StaffEmail, StaffId, StaffLimits, TotpError,
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
    let hash = attempt.as_ref().map(|attempt| attempt.hash.clone());
    let is_right = context.hasher.verify(credentials.password, hash).await?;
    let accepted = match attempt {
        Some(attempt) if is_right => {
            forgive(&mut *context.pool.get().await?, &attempt).await?;
            return Ok(Some(attempt.id));
        }
        Some(attempt) => {
            let mut conn = context.pool.get().await?;
            let locks = context.limits.locks_after(attempt.n_failures);
            record_failure(&mut conn, attempt.id, (locks, "password"), at).await?;
            None
        }
        None => None,
    };
    wait_until(began, context.limits.refusal_takes).await;
    Ok(accepted)
}

/// An attempt that was counted as a failure until it proves right.
struct Attempt {
    id: StaffId,
    hash: PasswordHash,
    n_failures: i32,
    blocked_until: Option<DateTime<Utc>>,
}

async fn count_attempt(
    context: SignInContext<'_>,
    email: &StaffEmail,
    at: DateTime<Utc>,
) -> Result<Option<Attempt>, SignInError> {
    let mut conn = context.pool.get().await?;
    conn.transaction(async |conn| {
        let found = staff_accounts::table
            .filter(staff_accounts::email.eq(email.as_str()))
            .select(Row::as_select())
            .for_update()
            .first(conn)
            .await
            .optional()?;
        let Some(row) = found.filter(|row| row.may_try(at)) else {
            return Ok(None);
        };
        let Some(phc) = row.password_hash else {
            return Ok(None);
        };
        let blocked_until = count_failure(conn, row.id, row.n_failures, context.limits, at).await?;
        Ok(Some(Attempt {
            id: StaffId(row.id),
            hash: PasswordHash::stored(phc),
            n_failures: row.n_failures.saturating_add(1),
            blocked_until,
        }))
    })
    .await
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = staff_accounts, check_for_backend(diesel::pg::Pg))]
pub(super) struct Row {
    id: i64,
    password_hash: Option<String>,
    pub(super) totp_secret: Option<Vec<u8>>,
    enrolled_at: Option<DateTime<Utc>>,
    pub(super) n_failures: i32,
    blocked_until: Option<DateTime<Utc>>,
    disabled_at: Option<DateTime<Utc>>,
}

impl Row {
    pub(super) fn may_try(&self, at: DateTime<Utc>) -> bool {
        self.enrolled_at.is_some()
            && self.disabled_at.is_none()
            && self.blocked_until.is_none_or(|until| until <= at)
    }
}

/// Counts one more failure and blocks the account if there are too many. The row is locked.
pub(super) async fn count_failure(
    conn: &mut Conn,
    id: i64,
    n_before: i32,
    limits: &StaffLimits,
    at: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let n_failures = n_before.saturating_add(1);
    let blocked_until = limits.block_after(n_failures).map(|block| at + block);
    diesel::update(staff_accounts::table.find(id))
        .set((
            staff_accounts::n_failures.eq(n_failures),
            staff_accounts::blocked_until.eq(blocked_until),
        ))
        .execute(conn)
        .await?;
    Ok(blocked_until)
}

/// The password was right: the attempt was no failure. A block that another attempt brought about
/// meanwhile stays. The count goes back to zero only with the code.
async fn forgive(conn: &mut Conn, attempt: &Attempt) -> Result<(), DbError> {
    let counted = staff_accounts::table
        .find(attempt.id.0)
        .filter(staff_accounts::blocked_until.is_not_distinct_from(attempt.blocked_until))
        .filter(staff_accounts::n_failures.gt(0));
    diesel::update(counted)
        .set((
            staff_accounts::n_failures.eq(staff_accounts::n_failures - 1),
            staff_accounts::blocked_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
        .await
        .map(drop)
}

pub(super) async fn record_failure(
    conn: &mut Conn,
    id: StaffId,
    (locks, factor): (bool, &'static str),
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    conn.transaction(async |conn| {
        let kind = if locks {
            "signin.locked"
        } else {
            "signin.failed"
        };
        let entry = Entry::new(kind).id("account", id.0).code("factor", factor);
        journal::append(conn, SYSTEM_CHAIN, entry, Actor::Person, at).await?;
        Ok(())
    })
    .await
}

async fn wait_until(began: Instant, at_least: Duration) {
    tokio::time::sleep_until(began + at_least).await;
}
