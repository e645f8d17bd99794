//! The cookie that keeps a case open for its person: signed, short-lived, nothing personal in it.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpMessage, HttpRequest};
use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;

use crate::case::CaseId;
use crate::keys::Key;
use crate::web::AppState;

/// How the person came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// With the reference and the access code.
    Code,
    /// By the signed link of an e-mail: enough to read, not to act.
    Link,
}

impl Way {
    const fn byte(self) -> u8 {
        match self {
            Self::Code => 1,
            Self::Link => 2,
        }
    }

    const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Code),
            2 => Some(Self::Link),
            _ => None,
        }
    }
}

/// A case opened by its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opened {
    /// The case.
    pub(super) case: CaseId,
    /// Generation of the code it was opened with: a new code closes it.
    pub(super) code_generation: i32,
    /// How.
    pub(super) way: Way,
}

const fn name(is_https: bool) -> &'static str {
    if is_https { "__Host-suivi" } else { "suivi" }
}

impl Opened {
    /// Whether the person may act, or is asked for the code first.
    pub(super) fn may_act(self) -> bool {
        self.way == Way::Code
    }

    /// What the request's cookie opens, if it is ours and not over; or what the code that came
    /// with an act has just opened.
    pub(super) fn read(state: &AppState, request: &HttpRequest, at: DateTime<Utc>) -> Option<Self> {
        if let Some(opened) = request.extensions().get::<Self>() {
            return Some(*opened);
        }
        let cookie = request.cookie(name(state.is_https()))?;
        Self::parse(&state.keys.following, cookie.value(), at)
    }

    /// The cookie that keeps it open.
    pub(super) fn cookie(self, state: &AppState, at: DateTime<Utc>) -> Cookie<'static> {
        let minutes = i64::from(state.settings.limits.following_minutes);
        let until = at + TimeDelta::minutes(minutes);
        let value = self.value(&state.keys.following, until);
        cookie(state, value, Duration::minutes(minutes))
    }

    fn value(self, key: &Key, until: DateTime<Utc>) -> String {
        let mut payload = self.case.0.to_be_bytes().to_vec();
        payload.extend(self.code_generation.to_be_bytes());
        payload.extend(until.timestamp().to_be_bytes());
        payload.push(self.way.byte());
        let mac = key.mac(&[&payload]);
        payload.extend(mac);
        BASE64URL_NOPAD.encode(&payload)
    }

    fn parse(key: &Key, value: &str, at: DateTime<Utc>) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(value.as_bytes()).ok()?;
        let (payload, mac) = bytes.split_first_chunk::<21>()?;
        if !key.verify(&[payload], mac) {
            return None;
        }
        let (case, rest) = payload.split_first_chunk::<8>()?;
        let (code_generation, until) = rest.split_first_chunk::<4>()?;
        let (until, way) = until.split_first_chunk::<8>()?;
        let way = Way::from_byte(*way.first()?)?;
        (at.timestamp() < i64::from_be_bytes(*until)).then(|| Self {
            case: CaseId(i64::from_be_bytes(*case)),
            code_generation: i32::from_be_bytes(*code_generation),
            way,
        })
    }
}

/// The cookie that closes the case again.
pub(super) fn closing(state: &AppState) -> Cookie<'static> {
    cookie(state, String::new(), Duration::ZERO)
}

fn cookie(state: &AppState, value: String, lasting: Duration) -> Cookie<'static> {
    Cookie::build(name(state.is_https()), value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.is_https())
        .max_age(lasting)
        .finish()
}

#[cfg(test)]
mod tests {
    use crate::keys::{KeyUse, MasterSecret};

    use super::*;

    #[test]
    fn a_forged_or_old_cookie_opens_nothing() {
        let key = MasterSecret::parse(vec![9; 32])
            .unwrap()
            .key(KeyUse::Following);
        let opened = Opened {
            case: CaseId(7),
            code_generation: 2,
            way: Way::Link,
        };
        let at = DateTime::UNIX_EPOCH;
        let value = opened.value(&key, at + TimeDelta::minutes(30));
        assert_eq!(Opened::parse(&key, &value, at), Some(opened));
        assert_eq!(
            Opened::parse(&key, &value, at + TimeDelta::minutes(30)),
            None
        );
        for forged in [
            "",
            "AAAA",
            &value.replacen('A', "B", 1),
            &format!("{value}AA"),
        ] {
            assert_eq!(Opened::parse(&key, forged, at), None, "{forged}");
        }
    }
}
