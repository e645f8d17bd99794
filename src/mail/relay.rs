//! The relay that takes our e-mails, over SMTP.

use std::error::Error;
use std::iter;
use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::extension::Extension;
use tokio::time::timeout;

use crate::mail::endpoint::Endpoint;
use crate::mail::message::Outgoing;
use crate::mail::{Claimed, Delivery, Obstacle, RelayUrlError, Sender};

/// A relay and the sender it knows us by.
#[derive(Clone)]
pub struct Relay {
    endpoint: Endpoint,
    sender: Sender,
    patience: Duration,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelayTrial {
    /// What became of the e-mail.
    pub delivery: Delivery,
    /// What the relay said of itself, once it was reached.
    pub reached: Option<Reached>,
}

/// A relay that was reached, and signed in to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Whether nobody between us and it can read.
    pub is_encrypted: bool,
    /// Whether it takes addresses with accents (R83).
    pub has_smtputf8: bool,
}

/// How long we wait for the relay's goodbye, which changes nothing.
const GOODBYE: Duration = Duration::from_secs(2);

impl Relay {
    /// Longest time an attempt may take: far within the hold on a row.
    pub const LONGEST_ATTEMPT: Duration = Duration::from_mins(2);

    /// A relay at `url`, connected to for each e-mail.
    ///
    /// `smtps://` is TLS from the start. `smtp://` demands STARTTLS, except from a relay on this
    /// very machine; `?tls=required`, `opportunistic` or `none` says otherwise. `patience` bounds a
    /// whole attempt, up to [`Self::LONGEST_ATTEMPT`].
    ///
    /// # Errors
    /// When the URL cannot be used; see [`RelayUrlError`].
    pub fn new(url: &str, sender: Sender, patience: Duration) -> Result<Self, RelayUrlError> {
        Ok(Self {
            endpoint: Endpoint::parse(url)?,
            sender,
            patience: patience.min(Self::LONGEST_ATTEMPT),
        })
    }

    /// Tries once to hand the e-mail over, dated `at`.
    pub async fn send(&self, mail: &Claimed, at: DateTime<Utc>) -> Delivery {
        self.attempt(mail.into(), at).await.delivery
    }

    /// The same for what need not be of the outbox, with what the relay says of itself.
    pub(in crate::mail) async fn attempt(
        &self,
        mail: Outgoing<'_>,
        at: DateTime<Utc>,
    ) -> RelayTrial {
        let mut reached = None;
        let Ok(message) = self.sender.message(mail, at) else {
            let delivery = Delivery::Refused(Obstacle::Malformed);
            return RelayTrial { delivery, reached };
        };
        // Each attempt has its own connection: lettre bounds no answer, and its pool would reuse a
        // connection we gave up on, where a late answer passes for that of the next e-mail.
        let delivery = timeout(self.patience, self.converse(&message, &mut reached))
            .await
            .unwrap_or(Delivery::PutOff(Obstacle::TimedOut));
        RelayTrial { delivery, reached }
    }

    async fn converse(&self, message: &Message, reached: &mut Option<Reached>) -> Delivery {
        let mut relay = match self.endpoint.connect().await {
            Ok(relay) => relay,
            Err(obstacle) => return Delivery::PutOff(obstacle),
        };
        *reached = Some(Reached {
            is_encrypted: relay.is_encrypted(),
            has_smtputf8: relay
                .server_info()
                .supports_feature(Extension::SmtpUtfEight),
        });
        match relay.send(message.envelope(), &message.formatted()).await {
            Ok(response) => {
                drop(timeout(GOODBYE, relay.quit()).await);
                Delivery::HandedOver {
                    code: response.code().into(),
                }
            }
            Err(error) => judge(&error),
        }
    }
}

/// Whether a refused message is refused for good.
fn judge(error: &SmtpError) -> Delivery {
    // lettre has no kind of its own for this one; a test against a real server pins the words.
    if error.is_client() && error.to_string().contains("SMTPUTF8") {
        return Delivery::Refused(Obstacle::NoSmtpUtf8);
    }
    let obstacle = Obstacle::of(error);
    let is_final = matches!(obstacle, Obstacle::Reply(code) if is_about_the_message(code))
        && !is_about_us(&error.to_string());
    if is_final {
        Delivery::Refused(obstacle)
    } else {
        Delivery::PutOff(obstacle)
    }
}

impl Obstacle {
    fn of(error: &SmtpError) -> Self {
        if let Some(code) = error.status() {
            Self::Reply(code.into())
        } else if error.is_timeout() {
            Self::TimedOut
        } else if error.is_tls() || is_of_tls(error) {
            Self::Tls
        } else if error.is_response() || error.is_client() {
            Self::Protocol
        } else {
            Self::Unreachable
        }
    }
}

/// Whether the relay was reached and could not be spoken to encrypted: for lettre that is a connection
/// that failed, like any other.
fn is_of_tls(error: &SmtpError) -> bool {
    let mut causes = iter::successors(error.source(), |&cause| cause.source());
    causes.any(|cause| {
        let carried = cause.downcast_ref().and_then(std::io::Error::get_ref);
        carried.is_some_and(<dyn Error + Send + Sync>::is::<rustls::Error>)
    })
}

impl From<SmtpError> for Obstacle {
    /// What a relay says may name people: it is not kept.
    fn from(error: SmtpError) -> Self {
        Self::of(&error)
    }
}

/// Whether a reply refuses this message for good. Refusals of *us* (password, encryption, a command
/// unknown, a closed service) are the settings' fault: the e-mail waits for their repair.
fn is_about_the_message(code: u16) -> bool {
    matches!(code, 501 | 510..=519 | 522 | 523 | 550..=599)
}

/// Whether the enhanced status of a reply (RFC 3463) tells of the network or of a policy: a quota, a list
/// of senders, a relay that is not ours to use. What says nothing of the message waits.
fn is_about_us(reply: &str) -> bool {
    let mut words = reply.split(|c: char| !c.is_ascii_digit() && c != '.');
    words.any(|word| word.starts_with("5.4.") || word.starts_with("5.7."))
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
    fn only_refusals_of_the_message_are_final() {
        for code in [501, 550, 551, 552, 553, 554, 556] {
            assert!(is_about_the_message(code), "{code}");
        }
        for code in [421, 450, 451, 452, 500, 502, 503, 521, 530, 534, 535, 538] {
            assert!(!is_about_the_message(code), "{code}");
        }
        for reply in [
            "550 5.4.5 Daily quota exceeded",
            "554: 5.7.1 Relay access denied",
        ] {
            assert!(is_about_us(reply), "{reply}");
        }
        for reply in [
            "550 5.1.1 User unknown",
            "552 5.3.4 Too big",
            "550 No such user",
        ] {
            assert!(!is_about_us(reply), "{reply}");
        }
    }
}
