//! The second step of sign-in: the code of the authenticator, or a recovery code.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::staff_accounts;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::keys::Key;
use crate::staff::sign_in::{Row, record_failure};
use crate::staff::{
    RecoveryCode, SignInContext, SignInError, StaffId, StaffMember, TotpSecret, failures, queries,
    recovery,
};

/// Someone whose two factors were right.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub member: StaffMember,
    /// Whether a recovery code stood for the authenticator.
    pub by_recovery_code: bool,
}

/// Who signs in with this code of the authenticator, or with this recovery code; none if it is
/// wrong, was used before, or the account is blocked.
///
/// # Errors
/// When the database fails or the secret cannot be read.
pub async fn with_code(
    context: SignInContext<'_>,
    totp_key: &Key,
    id: StaffId,
    code: &str,
    at: DateTime<Utc>,
) -> Result<Option<SignedIn>, SignInError> {
    let mut conn = context.pool.get().await?;
    conn.transaction(async |conn| {
        let row: Option<Row> = staff_accounts::table
            .find(id.0)
            .select(Row::as_select())
            .for_update()
            .first(conn)
            .await
            .optional()?;
        let Some(row) = row else {
            return Ok(None);
        };
        let known = failures::known(conn, id.0, context.place).await?;
        if !known.may_try(&row, context.limits, at) {
            return Ok(None);
        }
        let recovery_code = RecoveryCode::parse(code);
        let is_right = if let Some(code) = &recovery_code {
            recovery::consume(conn, id, code, at).await?
        } else {
            let stored = row.totp_secret.as_deref().unwrap_or_default();
            let secret = TotpSecret::decrypt(stored, totp_key, id)?;
            accept_step(conn, id, secret.matching_step(code, at)?).await?
        };
        if !is_right {
            let here = (&row, context.place);
            let counted = known.count(conn, here, context.limits, at).await?;
            record_failure(conn, &counted, "code", at).await?;
            return Ok(None);
        }
        failures::trust(conn, id, context.place, at).await?;
        let kind = match recovery_code {
            Some(_) => "signin.by_recovery_code",
            None => "signin.succeeded",
        };
        let entry = Entry::new(kind).id("account", id.0);
        journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(id.0), at).await?;
        let member = queries::member(conn, id).await?;
        Ok(member.map(|member| SignedIn {
            member,
            by_recovery_code: recovery_code.is_some(),
        }))
    })
    .await
}

/// Takes a code's time step if it comes after the last one taken: a code works once.
async fn accept_step(conn: &mut Conn, id: StaffId, step: Option<i64>) -> Result<bool, DbError> {
    let Some(step) = step else {
        return Ok(false);
    };
    let unused = staff_accounts::table.find(id.0).filter(
        staff_accounts::totp_last_step
            .is_null()
            .or(staff_accounts::totp_last_step.lt(step)),
    );
    let n_changed = diesel::update(unused)
        .set(staff_accounts::totp_last_step.eq(step))
        .execute(conn)
        .await?;
    Ok(n_changed == 1)
}
