//! E-mails, from the outbox to a real SMTP server.

mod carrying;
mod claiming;
mod encrypted;
mod failing;
mod moods;
mod without_relay;

use std::time::Duration;

use chrono::{DateTime, Utc};
use reclamations::db::Conn;
use reclamations::mail::outbox::{NewEmail, queue};
use reclamations::mail::{
    AsciiAddress, Carrier, Composed, Desk, EmailAddress, Origin, OutboxId, Relay, Sender,
};

use crate::support::smtp::SmtpServer;

/// The instant at which the tests begin.
fn start() -> DateTime<Utc> {
    "2026-04-30T08:00:00Z".parse().unwrap()
}

fn sender() -> Sender {
    Sender {
        from: AsciiAddress::parse("contact@asekkey.fr").unwrap(),
        reply_to: Some(AsciiAddress::parse("reclamation@asekkey.fr").unwrap()),
    }
}

fn relay(url: &str) -> Carrier {
    Carrier::Relay(Relay::new(url, sender(), Duration::from_secs(5)).unwrap())
}

fn relay_to(server: &SmtpServer) -> Carrier {
    relay(&server.url())
}

fn words() -> Composed {
    Composed {
        subject: "Accusé de réception – n° 1".to_owned(),
        body: "Bonjour,\n\nÇa suit\u{202f}: été, œuvre, 10\u{a0}€.\n.\n.. fin\n".to_owned(),
        origin: Origin::Reply,
        desk: Desk::Complaints,
    }
}

/// Queues an e-mail about case 7 to `recipient` at `at`, with no daily cap.
async fn queue_to(conn: &mut Conn, recipient: &str, at: DateTime<Utc>) -> OutboxId {
    queue_words(conn, recipient, words(), at).await
}

async fn queue_words(
    conn: &mut Conn,
    recipient: &str,
    words: Composed,
    at: DateTime<Utc>,
) -> OutboxId {
    let recipient = EmailAddress::parse(recipient).unwrap();
    let email = NewEmail {
        words,
        ..email(&recipient)
    };
    queue(conn, email, at).await.unwrap().id
}

/// An e-mail about case 7, with no daily cap.
fn email(recipient: &EmailAddress) -> NewEmail<'_> {
    NewEmail {
        purpose: "acknowledgement",
        about: Some(7),
        recipient,
        words: words(),
        daily_cap: None,
    }
}
