//! Second guard against forged requests: a token in the form, bound to the visitor's cookie.
//!
//! It is stateless: a time and a MAC of it with the cookie. It never expires, so that a form left
//! open for days can still be sent; the time says how long the form was shown. The token of a form
//! about one case names that case: what is sent never lands on another one, opened meanwhile.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;

use crate::case::CaseId;
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

    /// The token for a form about `case`, shown to this visitor at `at`.
    pub(crate) fn token_for(&self, state: &AppState, case: CaseId, at: DateTime<Utc>) -> String {
        sign(&state.keys.csrf, &self.value, at, Some(case))
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

    /// Checks the token of a posted form and returns the case that the form was shown for; none
    /// when it was about no case.
    ///
    /// # Errors
    /// [`AppError::BadForm`] when it is not the token of this visitor.
    pub(crate) fn check_case(
        &self,
        state: &AppState,
        token: &str,
    ) -> Result<Option<CaseId>, AppError> {
        let shown = read(&state.keys.csrf, &self.value, token).ok_or(AppError::BadForm)?;
        Ok(shown.case)
    }
}

/// A token for `holder` (a visitor's cookie, a session's secret), made at `at`.
pub(crate) fn token(key: &Key, holder: &str, at: DateTime<Utc>) -> String {
    sign(key, holder, at, None)
}

/// When the token was made, if it was made for `holder`.
pub(crate) fn check(key: &Key, holder: &str, token: &str) -> Option<DateTime<Utc>> {
    Some(read(key, holder, token)?.at)
}

/// What a token says of its form.
struct Shown {
    at: DateTime<Utc>,
    case: Option<CaseId>,
}

/// The time, the case if there is one, and a MAC of them with the holder.
fn sign(key: &Key, holder: &str, at: DateTime<Utc>, case: Option<CaseId>) -> String {
    let mut said = at.timestamp_micros().to_be_bytes().to_vec();
    said.extend(case.iter().flat_map(|case| case.0.to_be_bytes()));
    let mac = key.mac(&[holder.as_bytes(), &said]);
    said.extend(mac);
    BASE64URL_NOPAD.encode(&said)
}

fn read(key: &Key, holder: &str, token: &str) -> Option<Shown> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let (said, mac) = bytes.split_last_chunk::<32>()?;
    if !key.verify(&[holder.as_bytes(), said], mac) {
        return None;
    }
    let (micros, case) = said.split_first_chunk::<8>()?;
    Some(Shown {
        at: DateTime::from_timestamp_micros(i64::from_be_bytes(*micros))?,
        case: <[u8; 8]>::try_from(case)
            .ok()
            .map(|case| CaseId(i64::from_be_bytes(case))),
    })
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

    #[test]
    fn the_token_of_a_case_names_it_and_serves_no_other() {
        let key = MasterSecret::parse(vec![7; 32]).unwrap().key(KeyUse::Csrf);
        let at = DateTime::UNIX_EPOCH;
        let case_of = |token: &str| read(&key, "a", token).map(|shown| shown.case);
        let made = sign(&key, "a", at, Some(CaseId(7)));
        assert_eq!(case_of(&made), Some(Some(CaseId(7))));
        assert_eq!(case_of(&token(&key, "a", at)), Some(None));
        let mut bytes = BASE64URL_NOPAD.decode(made.as_bytes()).unwrap();
        bytes[15] = 8;
        assert_eq!(case_of(&BASE64URL_NOPAD.encode(&bytes)), None);
        assert!(read(&key, "b", &made).is_none());
    }
}
