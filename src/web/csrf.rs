//! Second guard against forged requests: a token in the form, bound to the visitor's cookie.
//!
//! It is stateless: a time and a MAC of it with the cookie. It never expires, so that a form left
//! open for days can still be sent; the time says how long the form was shown.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;

use crate::keys::{Key, random_bytes};
use crate::web::{AppError, AppState};

/// Name of the cookie that tells one visitor's browser from another's. It holds nothing else; over
/// https no sibling host can set it.
const fn visitor_cookie(is_https: bool) -> &'static str {
    if is_https {
        "__Host-visiteur"
    } else {
        "visiteur"
    }
}

/// The random value in the visitor's cookie.
#[derive(Clone)]
pub(crate) struct Visitor {
    value: String,
    is_new: bool,
}

impl Visitor {
    /// The visitor of this request, who may be new.
    pub(crate) fn of(state: &AppState, request: &HttpRequest) -> Self {
        match request.cookie(visitor_cookie(state.is_https())) {
            Some(cookie) if cookie.value().len() == 22 => Self {
                value: cookie.value().to_owned(),
                is_new: false,
            },
            _ => Self {
                value: BASE64URL_NOPAD.encode(&random_bytes::<16>()),
                is_new: true,
            },
        }
    }

    /// The token for a form shown to this visitor at `at`.
    pub(crate) fn token(&self, state: &AppState, at: DateTime<Utc>) -> String {
        token(&state.keys.csrf, &self.value, at)
    }

    /// The cookie to set, when the visitor is new.
    pub(crate) fn cookie(&self, state: &AppState) -> Option<Cookie<'static>> {
        self.is_new.then(|| {
            Cookie::build(visitor_cookie(state.is_https()), self.value.clone())
                .path("/")
                .http_only(true)
                .same_site(SameSite::Lax)
                .secure(state.is_https())
                .finish()
        })
    }

    /// Checks the token of a posted form and returns when the form was shown.
    ///
    /// # Errors
    /// [`AppError::BadForm`] when it is not the token of this visitor.
    pub(crate) fn check(&self, state: &AppState, token: &str) -> Result<DateTime<Utc>, AppError> {
        check(&state.keys.csrf, &self.value, token).ok_or(AppError::BadForm)
    }
}

/// A token for `holder` (a visitor's cookie, a session's secret), made at `at`.
pub(crate) fn token(key: &Key, holder: &str, at: DateTime<Utc>) -> String {
    let micros = at.timestamp_micros().to_be_bytes();
    let mac = key.mac(&[holder.as_bytes(), &micros]);
    BASE64URL_NOPAD.encode(&[micros.as_slice(), mac.as_slice()].concat())
}

/// When the token was made, if it was made for `holder`.
pub(crate) fn check(key: &Key, holder: &str, token: &str) -> Option<DateTime<Utc>> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let (micros, mac) = bytes.split_first_chunk::<8>()?;
    key.verify(&[holder.as_bytes(), micros], mac)
        .then(|| DateTime::from_timestamp_micros(i64::from_be_bytes(*micros)))?
}

#[cfg(test)]
mod tests {
    use crate::keys::{KeyUse, MasterSecret};

    use super::*;

    #[test]
    fn a_token_serves_its_holder_only() {
        let key = MasterSecret::parse(vec![7; 32]).unwrap().key(KeyUse::Csrf);
        let at = DateTime::from_timestamp_micros(1_700_000_000_000_001).unwrap();
        let made = token(&key, "a", at);
        assert_eq!(check(&key, "a", &made), Some(at));
        assert_eq!(check(&key, "b", &made), None);
        for forged in [
            "",
            "AAAA",
            &made.replacen('A', "B", 1),
            &format!("{made}AA"),
        ] {
            assert_eq!(check(&key, "a", forged), None, "{forged}");
        }
    }
}
