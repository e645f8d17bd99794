//! The mailbox is read encrypted, and not at all from a server that nobody vouches for.

use std::time::{Duration, Instant};

use reclamations::staff::Role;

use crate::incoming::mailbox::of;
use crate::support::app::TestApp;
use crate::support::authority::Authority;
use crate::support::dovecot::Dovecot;
use crate::support::worker::Worker;

const AT: &str = "2026-05-04T08:00:00Z";
const DESK: &str = "/gestion/courriels/recus";
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_comes_in_encrypted() {
    let authority = Authority::new();
    let server = Dovecot::encrypted(&authority).await;
    server.deliver("INBOX", &of(1));
    let app = TestApp::spawn_at(AT).await;
    let worker = Worker::trusting(&authority, &app.database, &["--mailbox", &server.url()]).await;
    app.until("SELECT count(*) = 1 FROM cases", PATIENCE).await;
    let log = server.log();
    let login = log
        .lines()
        .find(|line| line.contains("user=<boite>, method=PLAIN"));
    assert!(login.is_some_and(|line| line.contains("TLS")), "{log}");
    // The log of the program says what is read, and never how.
    let log = worker.log();
    let told = log
        .lines()
        .find(|line| line.contains("the mailbox is read"));
    let told = told.unwrap_or_default();
    assert!(
        told.contains("boite@127.0.0.1") && told.contains("INBOX"),
        "{log}"
    );
    assert!(!log.contains("secret"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_nobody_vouches_for_hears_no_password_and_staff_are_told() {
    let (theirs, ours) = (Authority::new(), Authority::new());
    let server = Dovecot::encrypted(&theirs).await;
    server.deliver("INBOX", &of(1));
    let url = server.url();
    let app = TestApp::spawn_with(AT, &["--mailbox", &url]).await;
    let _worker = Worker::trusting(&ours, &app.database, &["--mailbox", &url]).await;
    let failed = "SELECT count(*) = 1 FROM mailbox_folders WHERE failure = 'untrusted'";
    app.until(failed, PATIENCE).await;
    // The server notices the visit, and nobody has tried to sign in.
    let started = Instant::now();
    while !server.log().contains("SSL_accept() failed") {
        assert!(started.elapsed() < PATIENCE, "{}", server.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let log = server.log();
    assert!(!log.contains("user=<boite>"), "{log}");
    assert_eq!(app.count("incoming_mails").await, 0);
    assert_eq!(server.unread("INBOX"), 1);
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let desk = browser.get(DESK).await;
    for told in ["n’a encore jamais répondu (dossier INBOX)", "certificat"] {
        assert!(desk.text().contains(told), "{told}: {}", desk.text());
    }
}
