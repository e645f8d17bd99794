//! What a session of the back office holds: who signed in, or who still owes a code.

use std::collections::HashMap;

use actix_session::{Session, SessionInsertError};
use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::keys::random_bytes;
use crate::staff::{StaffId, StaffLimits};
use crate::web::client::ClientAddress;
use crate::web::staff::device;
use crate::web::staff::next_page::NextPage;
use crate::web::{AppError, AppState};

/// Who is signed in.
const ACCOUNT: &str = "account";
/// Whose password was right; the code is owed.
const CODE_OWED_BY: &str = "code_owed_by";
/// When it was; microseconds since 1970, UTC.
const CODE_OWED_SINCE: &str = "code_owed_since";
/// Where the session began.
const ARRIVAL: &str = "arrival";
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

/// Both factors were right: a new key, and nothing left of what was before but where from one came.
pub(super) fn sign_in(
    request: &HttpRequest,
    state: &AppState,
    session: &Session,
    account: StaffId,
) -> Result<(), AppError> {
    session.clear();
    session.renew();
    let insert = || {
        session.insert(ACCOUNT, account)?;
        session.insert(ARRIVAL, Arrival::of(request, state))
    };
    insert().map_err(|error| unwritable(&error))
}

/// Where a session began: what its owner recognises it by. Kept as long as the session.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Arrival {
    /// Names the session in a form; its key is known to the browser alone.
    pub(super) handle: String,
    /// `Firefox sur Windows`.
    pub(super) device: String,
    /// The network address, if it was known.
    pub(super) from: Option<String>,
}

impl Arrival {
    fn of(request: &HttpRequest, state: &AppState) -> Self {
        let user_agent = request.headers().get(USER_AGENT);
        let user_agent = user_agent.and_then(|value| value.to_str().ok());
        let proxies = &state.settings.site.trusted_proxies;
        Self {
            handle: BASE64URL_NOPAD.encode(&random_bytes::<16>()),
            device: device::words(user_agent.unwrap_or_default()),
            from: ClientAddress::of(request, proxies).map(|address| address.to_string()),
        }
    }
}

/// Where the present session began; none for one of an earlier version.
pub(super) fn arrival(session: &Session) -> Option<Arrival> {
    session.get(ARRIVAL).ok().flatten()
}

/// Where a session began, from what the database keeps of it; none before both factors were right.
pub(super) fn arrival_in(state: &str) -> Option<Arrival> {
    let state: HashMap<String, String> = serde_json::from_str(state).ok()?;
    serde_json::from_str(state.get(ARRIVAL)?).ok()
}

fn unwritable(error: &SessionInsertError) -> AppError {
    AppError::Internal(anyhow::anyhow!("session: {error}"))
}
