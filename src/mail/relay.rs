//! The relay that takes our e-mails, over SMTP with TLS.

use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::transport::smtp::{Error as SmtpError, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use url::{Host, Url};

use crate::mail::{Claimed, Delivery, Obstacle, Sender};

/// A relay and the sender it knows us by. Cloning shares its connections.
#[derive(Clone)]
pub struct Relay {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
}

/// The relay's address cannot be used. Never shows the address: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelayUrlError {
    /// Neither `smtp://host` nor `smtps://host`.
    #[error("the relay's URL must be smtp://[user:password@]host[:port] or smtps://…")]
    Malformed,
    /// `tls` is none of the three words.
    #[error("the relay's tls parameter must be required, opportunistic or none")]
    UnknownTls,
    /// A password would cross the network unprotected.
    #[error("the relay's password would travel in clear: use smtps:// or tls=required")]
    PasswordInClear,
}

/// Connections kept open at most; one e-mail at a time goes through each.
const CONNECTIONS: u32 = 4;

impl Relay {
    /// A relay at `url`, connected to when first needed.
    ///
    /// `smtps://` is TLS from the start. `smtp://` demands STARTTLS, except from a relay on this
    /// very machine; `?tls=required`, `opportunistic` or `none` says otherwise. `timeout` bounds
    /// each command.
    ///
    /// # Errors
    /// When the URL cannot be used; see [`RelayUrlError`].
    pub fn new(url: &str, sender: Sender, timeout: Duration) -> Result<Self, RelayUrlError> {
        let url = safe_url(url)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
            .map_err(|_may_hold_the_url| RelayUrlError::Malformed)?
            .timeout(Some(timeout))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS))
            .build();
        Ok(Self { transport, sender })
    }

    /// Tries once to hand the e-mail over, dated `at`.
    pub async fn send(&self, mail: &Claimed, at: DateTime<Utc>) -> Delivery {
        let Ok(message) = self.sender.message(mail, at) else {
            return Delivery::Refused(Obstacle::Malformed);
        };
        match self.transport.send(message).await {
            Ok(response) => Delivery::HandedOver {
                code: response.code().into(),
            },
            Err(error) => judge(&error),
        }
    }
}

/// The URL for lettre, whose own default is no encryption at all.
fn safe_url(text: &str) -> Result<Url, RelayUrlError> {
    let mut url = Url::parse(text).map_err(|_may_hold_the_url| RelayUrlError::Malformed)?;
    let is_here = is_this_machine(url.host_str().ok_or(RelayUrlError::Malformed)?);
    let has_password = url.password().is_some();
    let asked = url
        .query_pairs()
        .find_map(|(name, value)| (name == "tls").then(|| value.into_owned()));
    let tls = match (url.scheme(), asked.as_deref()) {
        ("smtps", None) => None,
        ("smtp", Some("opportunistic")) if !has_password => Some("opportunistic"),
        ("smtp", Some("none")) if is_here || !has_password => None,
        ("smtp", Some("opportunistic" | "none")) => return Err(RelayUrlError::PasswordInClear),
        ("smtp", None) if is_here => None,
        ("smtp", None | Some("required")) => Some("required"),
        ("smtp" | "smtps", Some(_)) => return Err(RelayUrlError::UnknownTls),
        _ => return Err(RelayUrlError::Malformed),
    };
    url.set_query(tls.map(|tls| format!("tls={tls}")).as_deref());
    Ok(url)
}

/// `url` reads hosts of schemes it does not know as plain text.
fn is_this_machine(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Domain(name)) => name == "localhost",
        Ok(Host::Ipv4(ip)) => ip.is_loopback(),
        Ok(Host::Ipv6(ip)) => ip.is_loopback(),
        Err(_) => false,
    }
}

/// Whether a failure is the address's or the moment's.
fn judge(error: &SmtpError) -> Delivery {
    if let Some(code) = error.status().map(u16::from) {
        let obstacle = Obstacle::Reply(code);
        return if is_about_the_message(code) {
            Delivery::Refused(obstacle)
        } else {
            Delivery::PutOff(obstacle)
        };
    }
    // lettre has no kind of its own for this one; a test against a real server pins the words.
    if error.is_client() && error.to_string().contains("SMTPUTF8") {
        return Delivery::Refused(Obstacle::NoSmtpUtf8);
    }
    Delivery::PutOff(if error.is_timeout() {
        Obstacle::TimedOut
    } else if error.is_tls() {
        Obstacle::Tls
    } else if error.is_response() || error.is_client() {
        Obstacle::Protocol
    } else {
        Obstacle::Unreachable
    })
}

/// Whether a reply refuses this message for good. Refusals of *us* (password, encryption, a command
/// unknown, a closed service) are the settings' fault: the e-mail waits for their repair.
fn is_about_the_message(code: u16) -> bool {
    matches!(code, 501 | 510..=519 | 522 | 523 | 550..=599)
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Relay(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encryption_is_the_default_and_a_password_never_travels_in_clear() {
        let tls = |text: &str| safe_url(text).map(|url| url.query().map(ToOwned::to_owned));
        let required = Ok(Some("tls=required".to_owned()));
        assert_eq!(tls("smtp://mail.example.org"), required);
        assert_eq!(tls("smtp://u:p@mail.example.org:587"), required);
        assert_eq!(tls("smtp://u:p@127.0.0.1?tls=required"), required);
        assert_eq!(tls("smtps://u:p@mail.example.org"), Ok(None));
        assert_eq!(tls("smtp://127.0.0.1:2525"), Ok(None));
        assert_eq!(tls("smtp://10.0.0.5?tls=none"), Ok(None));
        for clear in ["none", "opportunistic"] {
            let url = format!("smtp://u:p@mail.example.org?tls={clear}");
            assert_eq!(tls(&url), Err(RelayUrlError::PasswordInClear));
        }
        assert_eq!(tls("smtp://h.org?tls=yes"), Err(RelayUrlError::UnknownTls));
        for nonsense in ["", "mail.example.org", "https://mail.example.org", "smtp:"] {
            assert_eq!(tls(nonsense), Err(RelayUrlError::Malformed), "{nonsense}");
        }
    }

    #[test]
    fn only_refusals_of_the_message_are_final() {
        for code in [501, 550, 551, 552, 553, 554, 556] {
            assert!(is_about_the_message(code), "{code}");
        }
        for code in [421, 450, 451, 452, 500, 502, 503, 521, 530, 534, 535, 538] {
            assert!(!is_about_the_message(code), "{code}");
        }
    }
}
