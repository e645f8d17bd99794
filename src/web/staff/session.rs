//! What a session of the back office holds: who signed in, or who still owes a code.

use std::collections::HashMap;

use actix_session::{Session, SessionInsertError};
use chrono::{DateTime, Utc};

use crate::staff::{StaffId, StaffLimits};
use crate::web::AppError;
use crate::web::staff::next_page::NextPage;

/// Who is signed in.
const ACCOUNT: &str = "account";
/// Whose password was right; the code is owed.
const CODE_OWED_BY: &str = "code_owed_by";
/// When it was; microseconds since 1970, UTC.
const CODE_OWED_SINCE: &str = "code_owed_since";
/// Where to go after the code.
const NEXT_PAGE: &str = "next_page";

/// Whose session it is, signed in or about to be, so that all of someone's can be revoked.
pub(in crate::web) fn account_of(state: &HashMap<String, String>) -> Option<StaffId> {
    [ACCOUNT, CODE_OWED_BY]
        .into_iter()
        .find_map(|name| state.get(name)?.parse().ok())
        .map(StaffId)
}

/// Who is signed in, as far as the session knows: the account may be disabled since.
pub(super) fn signed_in(session: &Session) -> Option<StaffId> {
    session.get(ACCOUNT).ok().flatten()
}

/// The first factor was right: a new key, and a code is owed.
pub(super) fn owe_code(
    session: &Session,
    account: StaffId,
    next: &NextPage,
    at: DateTime<Utc>,
) -> Result<(), AppError> {
    session.clear();
    session.renew();
    let insert = || {
        session.insert(CODE_OWED_BY, account)?;
        session.insert(CODE_OWED_SINCE, at.timestamp_micros())?;
        session.insert(NEXT_PAGE, next.as_str())
    };
    insert().map_err(|error| unwritable(&error))
}

/// Who owes a code, and where they wanted to go; none once the time for it is over.
pub(super) fn code_owed(
    session: &Session,
    limits: &StaffLimits,
    at: DateTime<Utc>,
) -> Option<(StaffId, NextPage)> {
    let account = session.get(CODE_OWED_BY).ok()??;
    let since = DateTime::from_timestamp_micros(session.get(CODE_OWED_SINCE).ok()??)?;
    let next: String = session.get(NEXT_PAGE).ok()??;
    (at < since + limits.code_within).then(|| (account, NextPage::parse(&next)))
}

/// Both factors were right: a new key, and nothing left of what was before.
pub(super) fn sign_in(session: &Session, account: StaffId) -> Result<(), AppError> {
    session.clear();
    session.renew();
    session
        .insert(ACCOUNT, account)
        .map_err(|error| unwritable(&error))
}

fn unwritable(error: &SessionInsertError) -> AppError {
    AppError::Internal(anyhow::anyhow!("session: {error}"))
}
