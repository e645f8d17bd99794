//! The draft of this visitor, as their cookie says.

use actix_web::HttpRequest;
use chrono::{DateTime, TimeDelta, Utc};

use crate::case::draft::{self, Draft, DraftToken};
use crate::db::Conn;
use crate::web::public::deposit::cookies::{DraftCookie, Held};
use crate::web::{AppError, AppState};

/// What is known of the visitor's draft.
pub(super) enum Current {
    /// The visitor has begun nothing.
    None,
    /// The cookie is forged, or the draft's time is over.
    Gone,
    /// Being filled in.
    Open(Box<Draft>),
    /// Sent already, by a browser that may read the confirmation.
    Sent(DraftToken),
    /// Sent by another browser than this one, which took the draft up by a link: who holds a link
    /// does not read the access code.
    SentElsewhere,
}

/// Finds the draft of the visitor.
///
/// # Errors
/// When the database fails.
pub(super) async fn find(
    conn: &mut Conn,
    state: &AppState,
    request: &HttpRequest,
    at: DateTime<Utc>,
) -> Result<Current, AppError> {
    let token = match DraftCookie::Draft.read(state, request) {
        Held::Nothing => return Ok(Current::None),
        Held::Forged => return Ok(Current::Gone),
        Held::Token(token) => token,
    };
    Ok(match draft::load(conn, &token, at).await? {
        None => Current::Gone,
        Some(Draft { filed: Some(_), .. }) => match token {
            DraftToken::Resumed(..) if !has_sent(state, request, token) => Current::SentElsewhere,
            DraftToken::Resumed(..) | DraftToken::Own(_) => Current::Sent(token),
        },
        Some(draft) => Current::Open(Box::new(draft)),
    })
}

fn has_sent(state: &AppState, request: &HttpRequest, token: DraftToken) -> bool {
    matches!(DraftCookie::Sent.read(state, request), Held::Token(sent) if sent == token)
}

/// How long a draft is kept after each change.
pub(super) fn keep(state: &AppState) -> TimeDelta {
    TimeDelta::days(state.settings.limits.draft_days.into())
}
