//! Trying a relay before it serves: one e-mail, to whoever tries it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use url::{Host, Url};

use crate::mail::message::Outgoing;
use crate::mail::outbox::new_message_id;
use crate::mail::words::{Trial, WordsError};
use crate::mail::{EmailAddress, Relay, RelayTrial, RelayUrlError, Sender};

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelaySecurity {
    /// TLS before the first word.
    Tls,
    /// STARTTLS or nothing.
    StartTls,
    /// None: a relay on this very machine.
    Clear,
}

/// The settings of a relay as someone typed them.
#[derive(Clone, Copy)]
pub struct TypedRelay<'a> {
    /// Name or address.
    pub host: &'a str,
    /// Port; the usual one if none.
    pub port: Option<u16>,
    /// Protection.
    pub security: RelaySecurity,
    /// User; none for a relay that asks for no password.
    pub user: &'a str,
    /// Password.
    pub password: &'a str,
}

impl TypedRelay<'_> {
    /// As the setting `--relay` has it.
    ///
    /// # Errors
    /// When something of it cannot be part of an address.
    pub fn url(&self) -> Result<String, RelayUrlError> {
        let scheme = match self.security {
            RelaySecurity::Tls => "smtps",
            RelaySecurity::StartTls | RelaySecurity::Clear => "smtp",
        };
        let host = Host::parse(self.host).map_err(|_names_it| RelayUrlError::Malformed)?;
        let mut url = Url::parse(&format!("{scheme}://{host}"))
            .map_err(|_names_it| RelayUrlError::Malformed)?;
        let cannot = |()| RelayUrlError::Malformed;
        url.set_port(self.port).map_err(cannot)?;
        if !self.user.is_empty() {
            url.set_username(self.user).map_err(cannot)?;
            url.set_password(Some(self.password)).map_err(cannot)?;
        }
        match self.security {
            RelaySecurity::Tls => {}
            RelaySecurity::StartTls => url.set_query(Some("tls=required")),
            RelaySecurity::Clear => url.set_query(Some("tls=none")),
        }
        Ok(url.into())
    }
}

/// Sends one e-mail at `at` through the relay at `url`, within `patience`. Nothing of it is kept.
///
/// # Errors
/// When the URL cannot be used, or the words cannot be written.
pub async fn try_relay(
    url: &str,
    sender: &Sender,
    to: &EmailAddress,
    patience: Duration,
    at: DateTime<Utc>,
) -> Result<RelayTrial, TrialError> {
    let relay = Relay::new(url, sender.clone(), patience)?;
    let words = Trial {}.compose()?;
    let message_id = new_message_id();
    let outgoing = Outgoing {
        recipient: to.as_str(),
        subject: &words.subject,
        body: &words.body,
        enclosure: None,
        origin: words.origin,
        desk: words.desk,
        message_id: &message_id,
    };
    Ok(relay.attempt(outgoing, at).await)
}

/// A trial could not begin.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// The settings cannot be used.
    #[error(transparent)]
    Url(#[from] RelayUrlError),
    /// The words could not be written.
    #[error(transparent)]
    Words(#[from] WordsError),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::endpoint::Endpoint;

    fn typed(security: RelaySecurity) -> TypedRelay<'static> {
        TypedRelay {
            host: "relay.example.org",
            port: None,
            security,
            user: "contact@asekkey.fr",
            password: "a/b+c%:@",
        }
    }

    #[test]
    fn what_is_typed_reads_back_as_the_setting() {
        for security in [RelaySecurity::Tls, RelaySecurity::StartTls] {
            let url = typed(security).url().unwrap();
            assert!(Endpoint::parse(&url).is_ok(), "{url}");
        }
        let clear = typed(RelaySecurity::Clear).url().unwrap();
        let refused = Endpoint::parse(&clear).map(drop);
        assert_eq!(refused, Err(RelayUrlError::PasswordInClear));
        let here = TypedRelay {
            host: "127.0.0.1",
            port: Some(2525),
            user: "",
            ..typed(RelaySecurity::Clear)
        };
        assert_eq!(here.url().unwrap(), "smtp://127.0.0.1:2525?tls=none");
        for host in [
            "",
            "a b",
            "relay.example.org/x",
            "u@relay.example.org",
            "[::1",
        ] {
            let typed = TypedRelay {
                host,
                ..typed(RelaySecurity::Tls)
            };
            assert_eq!(typed.url(), Err(RelayUrlError::Malformed), "{host}");
        }
    }
}
