//! The two cookies of the form: the draft being filled in, and the last one that was sent.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::case::draft::DraftToken;
use crate::web::AppState;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DraftCookie {
    /// The draft being filled in; lasts as long as it.
    Draft,
    /// The draft that was sent last, with the proof that this browser sent it: its confirmation,
    /// which shows the access code, can be read again for an hour.
    Sent,
}

/// What a request's cookie holds.
pub(super) enum Held {
    /// No cookie.
    Nothing,
    /// A value that was never one of ours.
    Forged,
    /// A token; the draft may be gone.
    Token(DraftToken),
}

impl DraftCookie {
    const fn name(self, is_https: bool) -> &'static str {
        match (self, is_https) {
            (Self::Draft, true) => "__Host-brouillon",
            (Self::Draft, false) => "brouillon",
            (Self::Sent, true) => "__Host-envoi",
            (Self::Sent, false) => "envoi",
        }
    }

    fn lasting(self, state: &AppState) -> Duration {
        match self {
            // A draft is kept to the end of its last day.
            Self::Draft => Duration::days(i64::from(state.settings.limits.draft_days) + 1),
            Self::Sent => Duration::hours(1),
        }
    }

    /// Reads it.
    pub(super) fn read(self, state: &AppState, request: &HttpRequest) -> Held {
        match request.cookie(self.name(state.is_https())) {
            None => Held::Nothing,
            Some(cookie) => {
                let (key, value) = (&state.keys.drafts, cookie.value());
                let read = match self {
                    Self::Draft => DraftToken::parse(key, value),
                    Self::Sent => DraftToken::parse_sent(key, value),
                };
                read.map_or(Held::Forged, Held::Token)
            }
        }
    }

    /// Sets it.
    pub(super) fn holding(self, state: &AppState, token: &DraftToken) -> Cookie<'static> {
        let value = match self {
            Self::Draft => token.reveal(),
            Self::Sent => token.proof_of_sending(&state.keys.drafts),
        };
        Cookie::build(self.name(state.is_https()), value)
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(state.is_https())
            .max_age(self.lasting(state))
            .finish()
    }
}
