//! Where the relay is and how to reach it, read from one URL of the settings.

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::mail::Obstacle;

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
    /// Encryption is asked for and the certificates of this machine cannot be read.
    #[error("the trusted certificates of this machine cannot be read")]
    NoCertificates,
}

/// A host, a port, an encryption and perhaps a password.
#[derive(Clone)]
pub(in crate::mail) struct Endpoint {
    host: String,
    port: u16,
    security: Security,
    /// Unless in clear.
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    /// None: a relay on this machine, or a choice.
    Clear,
    /// STARTTLS where the relay offers it.
    Opportunistic,
    /// STARTTLS or nothing.
    Required,
    /// TLS before the first word.
    FromTheStart,
}

impl Endpoint {
    /// Reads the URL of a relay, with encryption unless the relay is here or the URL says otherwise.
    pub(in crate::mail) fn parse(text: &str) -> Result<Self, RelayUrlError> {
        let url = Url::parse(text).map_err(|_may_hold_the_url| RelayUrlError::Malformed)?;
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or(RelayUrlError::Malformed)?;
        let credentials = credentials(&url)?;
        let security = security(&url, is_this_machine(host), credentials.is_some())?;
        let usual_port = match security {
            Security::Clear => 25,
            Security::Opportunistic | Security::Required => 587,
            Security::FromTheStart => 465,
        };
        // A bare IPv6 address, as sockets and certificates have it.
        let host = host.trim_matches(['[', ']']);
        let tls = match security {
            Security::Clear => None,
            Security::Opportunistic | Security::Required | Security::FromTheStart => Some(
                TlsParameters::new(host.to_owned())
                    .map_err(|_names_the_host| RelayUrlError::NoCertificates)?,
            ),
        };
        Ok(Self {
            host: host.to_owned(),
            port: url.port().unwrap_or(usual_port),
            security,
            tls,
            credentials,
        })
    }

    /// Connects, encrypts and signs in. Bounded by the caller: lettre bounds no answer.
    pub(in crate::mail) async fn connect(&self) -> Result<AsyncSmtpConnection, Obstacle> {
        let hello = ClientId::default();
        let (at_once, then) = match self.security {
            Security::FromTheStart => (self.tls.clone(), None),
            Security::Clear | Security::Opportunistic | Security::Required => {
                (None, self.tls.clone())
            }
        };
        let server = (self.host.as_str(), self.port);
        let mut relay =
            AsyncSmtpConnection::connect_tokio1(server, None, &hello, at_once, None).await?;
        match then {
            Some(tls) if relay.can_starttls() => relay.starttls(tls, &hello).await?,
            Some(_) if self.security == Security::Required => return Err(Obstacle::Tls),
            Some(_) | None => {}
        }
        if let Some(credentials) = &self.credentials {
            relay.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(relay)
    }
}

fn credentials(url: &Url) -> Result<Option<Credentials>, RelayUrlError> {
    let decode = |text: &str| {
        percent_decode_str(text)
            .decode_utf8()
            .map(String::from)
            .map_err(|_may_hold_the_password| RelayUrlError::Malformed)
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err(RelayUrlError::Malformed),
        (user, Some(password)) => Ok(Some(Credentials::new(decode(user)?, decode(password)?))),
    }
}

fn security(url: &Url, is_here: bool, has_password: bool) -> Result<Security, RelayUrlError> {
    let asked = url
        .query_pairs()
        .find_map(|(name, value)| (name == "tls").then(|| value.into_owned()));
    match (url.scheme(), asked.as_deref()) {
        ("smtps", None) => Ok(Security::FromTheStart),
        ("smtp", Some("opportunistic" | "none")) if has_password && !is_here => {
            Err(RelayUrlError::PasswordInClear)
        }
        ("smtp", Some("opportunistic")) => Ok(Security::Opportunistic),
        ("smtp", Some("none")) => Ok(Security::Clear),
        ("smtp", None) if is_here => Ok(Security::Clear),
        ("smtp", None | Some("required")) => Ok(Security::Required),
        ("smtp" | "smtps", Some(_)) => Err(RelayUrlError::UnknownTls),
        _ => Err(RelayUrlError::Malformed),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encryption_is_the_default_and_a_password_never_travels_in_clear() {
        let read = |text: &str| Endpoint::parse(text).map(|read| (read.security, read.port));
        for (url, security, port) in [
            ("smtp://mail.example.org", Security::Required, 587),
            ("smtp://u:p@mail.example.org:25", Security::Required, 25),
            ("smtp://u:p@127.0.0.1?tls=required", Security::Required, 587),
            ("smtps://u:p@mail.example.org", Security::FromTheStart, 465),
            ("smtp://127.0.0.1:2525", Security::Clear, 2525),
            ("smtp://localhost", Security::Clear, 25),
            ("smtp://10.0.0.5?tls=none", Security::Clear, 25),
            (
                "smtp://10.0.0.5?tls=opportunistic",
                Security::Opportunistic,
                587,
            ),
        ] {
            assert_eq!(read(url), Ok((security, port)), "{url}");
        }
        for clear in ["none", "opportunistic"] {
            let url = format!("smtp://u:p@mail.example.org?tls={clear}");
            assert_eq!(read(&url), Err(RelayUrlError::PasswordInClear));
        }
        assert_eq!(read("smtp://h.org?tls=yes"), Err(RelayUrlError::UnknownTls));
        for nonsense in [
            "",
            "mail.example.org",
            "https://mail.example.org",
            "smtp:",
            "smtp://",
            "smtp://user@mail.example.org",
        ] {
            assert_eq!(read(nonsense), Err(RelayUrlError::Malformed), "{nonsense}");
        }
    }

    #[test]
    fn a_password_is_read_with_its_signs() {
        let endpoint = Endpoint::parse("smtps://contact%40asekkey.fr:a%2Fb+c%25@h.org").unwrap();
        let expected = Credentials::new("contact@asekkey.fr".to_owned(), "a/b+c%".to_owned());
        assert!(endpoint.credentials == Some(expected));
    }
}
