//! E-mails come in from a real mailbox, at once, once, whatever happens to the server.

use std::time::{Duration, Instant};

use crate::incoming::writing::mail;
use crate::support::app::TestApp;
use crate::support::database::TestDatabase;
use crate::support::dovecot::Dovecot;

const AT: &str = "2026-05-04T08:00:00Z";

/// An e-mail of the person `n`, whom nobody knows.
pub(super) fn of(n: usize) -> Vec<u8> {
    let headers = format!("Subject: Plainte {n}\nMessage-ID: <{n}@example.org>\n");
    mail(
        &format!("Personne Numéro{n} <p{n}@example.org>"),
        &headers,
        "Rien ne va.",
    )
}

async fn site(server: &Dovecot) -> TestApp {
    let folders = [
        "--mailbox",
        &server.url(),
        "--mailbox-folder",
        "Contact=contact",
    ];
    TestApp::spawn_with(AT, &folders).await
}

impl TestApp {
    /// Waits until a statement says so, and tells for how long.
    pub(crate) async fn until(&self, sql: &str, longest: Duration) -> Duration {
        let started = Instant::now();
        loop {
            if self.database.row(sql).await.get(0) {
                return started.elapsed();
            }
            assert!(started.elapsed() < longest, "never: {sql}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_comes_in_and_what_arrives_comes_within_seconds() {
    let server = Dovecot::start().await;
    server.deliver("INBOX", &of(1));
    server.deliver("Contact", &of(2));
    let app = site(&server).await;
    let background = app.start_background();
    app.until("SELECT count(*) = 2 FROM cases", Duration::from_secs(20))
        .await;
    let found = app
        .database
        .rows("SELECT person_name, nature FROM cases ORDER BY 1")
        .await;
    let found: Vec<(String, String)> = found.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(
        found[0],
        ("Personne Numéro1".to_owned(), "complaint".to_owned())
    );
    assert_eq!(found[1].1, "information_request");
    // Marked as read once it is kept; the folder is watched by then, and tells of the next one.
    let is_read = || server.unread("INBOX") + server.unread("Contact") == 0;
    let started = Instant::now();
    while !is_read() {
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "not marked as read"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    server.deliver("INBOX", &of(3));
    let waited = app
        .until("SELECT count(*) = 3 FROM cases", Duration::from_secs(10))
        .await;
    assert!(waited < Duration::from_secs(10), "{waited:?}");
    background.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_away_is_told_of_and_loses_nothing() {
    let mut server = Dovecot::start().await;
    let app = site(&server).await;
    let background = app.start_background();
    server.deliver("INBOX", &of(1));
    app.until("SELECT count(*) = 1 FROM cases", Duration::from_secs(20))
        .await;
    server.kill();
    app.until(
        "SELECT count(*) = 2 FROM mailbox_folders WHERE failed_at IS NOT NULL",
        Duration::from_secs(20),
    )
    .await;
    server.deliver("INBOX", &of(2));
    server.deliver("INBOX", &of(1));
    server.restart().await;
    app.until("SELECT count(*) = 2 FROM cases", Duration::from_secs(30))
        .await;
    app.until(
        "SELECT count(*) = 0 FROM mailbox_folders WHERE failed_at IS NOT NULL",
        Duration::from_secs(30),
    )
    .await;
    assert_eq!(
        app.count("incoming_mails").await,
        2,
        "the one that came twice is one"
    );
    background.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_bring_in_each_e_mail_once() {
    let server = Dovecot::start().await;
    (0..20).for_each(|n| server.deliver("INBOX", &of(n)));
    let database = TestDatabase::new().await;
    let (one, two) = (database.pool().await, database.pool().await);
    let flags = ["--mailbox", &server.url()];
    let app = TestApp::spawn_on(database, one, AT, &flags);
    let first = app.start_background();
    let second = app.start_background_on(two);
    app.until("SELECT count(*) = 20 FROM cases", Duration::from_mins(1))
        .await;
    first.finish().await;
    second.finish().await;
    assert_eq!(app.count("incoming_mails").await, 20);
    assert_eq!(app.count("outbox").await, 20);
    assert_eq!(server.unread("INBOX"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_someone_read_before_we_came_is_not_ours() {
    let server = Dovecot::start().await;
    server.deliver_read("INBOX", &of(1));
    server.deliver("INBOX", &of(2));
    let app = site(&server).await;
    let background = app.start_background();
    app.until("SELECT count(*) = 1 FROM cases", Duration::from_secs(20))
        .await;
    // What someone reads after is: the program sees it all the same.
    server.deliver_read("INBOX", &of(3));
    app.until("SELECT count(*) = 2 FROM cases", Duration::from_secs(20))
        .await;
    background.finish().await;
    assert_eq!(app.count("incoming_mails").await, 2);
}
