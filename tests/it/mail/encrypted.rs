//! E-mails leave encrypted for a relay that somebody vouches for, and for no other where that is asked.

use std::time::{Duration, Instant};

use reclamations::clock::Clock;

use crate::mail::queue_to;
use crate::support::authority::Authority;
use crate::support::database::TestDatabase;
use crate::support::smtp::SmtpServer;
use crate::support::worker::Worker;

/// Longest wait for an attempt.
const PATIENCE: Duration = Duration::from_secs(20);

/// An outbox with one e-mail that is due.
async fn one_waits() -> TestDatabase {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    queue_to(&mut conn, "jeanne@example.org", Clock::System.now()).await;
    database
}

/// The e-mail waits for a better day: tried, not lost, not gone. Returns why.
async fn put_off(database: &TestDatabase) -> String {
    let why = "SELECT last_error FROM outbox WHERE state = 'queued' AND last_error IS NOT NULL";
    let started = Instant::now();
    loop {
        if let Some(row) = database.rows(why).await.first() {
            return row.get(0);
        }
        assert!(started.elapsed() < PATIENCE, "never put off");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The files of a server's certificate, under these two names.
fn files(authority: &Authority, names: [&str; 2]) -> Vec<String> {
    let files = [authority.certificate(), authority.key()];
    let paths = files.map(|file| file.into_os_string().into_string().unwrap());
    let [certificate, key] = names.map(str::to_owned);
    let [of_certificate, of_key] = paths;
    vec![certificate, of_certificate, key, of_key]
}

async fn relay(options: &[String]) -> SmtpServer {
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    SmtpServer::candid(&options).await
}

/// A relay that offers STARTTLS.
async fn with_starttls(authority: &Authority) -> (SmtpServer, String) {
    let server = relay(&files(authority, ["--tlscert", "--tlskey"])).await;
    let url = format!(
        "smtp://site:secret@127.0.0.1:{}?tls=required",
        server.port()
    );
    (server, url)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_leaves_by_starttls_after_its_password_and_neither_in_clear() {
    let authority = Authority::new();
    let (server, url) = with_starttls(&authority).await;
    let database = one_waits().await;
    let _worker = Worker::trusting(&authority, &database, &["--relay", &url]).await;
    assert_eq!(server.wait_for(1).await.len(), 1);
    let heard = ["EHLO clear", "EHLO TLSv1.3", "AUTH TLSv1.3", "DATA TLSv1.3"];
    assert_eq!(server.heard(), heard);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_leaves_by_smtps_encrypted_from_the_first_word() {
    let authority = Authority::new();
    let server = relay(&files(&authority, ["--smtpscert", "--smtpskey"])).await;
    let url = format!("smtps://localhost:{}", server.port());
    let database = one_waits().await;
    let _worker = Worker::trusting(&authority, &database, &["--relay", &url]).await;
    assert_eq!(server.wait_for(1).await.len(), 1);
    assert_eq!(server.heard(), ["EHLO TLSv1.3", "DATA TLSv1.3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_nobody_vouches_for_gets_neither_password_nor_email() {
    let (theirs, ours) = (Authority::new(), Authority::new());
    let (server, url) = with_starttls(&theirs).await;
    let database = one_waits().await;
    let _worker = Worker::trusting(&ours, &database, &["--relay", &url]).await;
    assert_eq!(put_off(&database).await, "tls");
    assert_eq!(server.heard(), ["EHLO clear"]);

    let server = relay(&files(&theirs, ["--smtpscert", "--smtpskey"])).await;
    let url = format!("smtps://127.0.0.1:{}", server.port());
    let database = one_waits().await;
    let _worker = Worker::trusting(&ours, &database, &["--relay", &url]).await;
    assert_eq!(put_off(&database).await, "tls");
    assert_eq!(server.heard(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_of_another_name_than_that_of_its_certificate_gets_nothing() {
    let authority = Authority::naming(&["relais.example.org"]);
    let server = relay(&files(&authority, ["--smtpscert", "--smtpskey"])).await;
    let url = format!("smtps://127.0.0.1:{}", server.port());
    let database = one_waits().await;
    let _worker = Worker::trusting(&authority, &database, &["--relay", &url]).await;
    assert_eq!(put_off(&database).await, "tls");
    assert_eq!(server.heard(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_without_encryption_takes_nothing_where_it_is_required() {
    let authority = Authority::new();
    let server = relay(&[]).await;
    let url = |tls: &str| format!("smtp://127.0.0.1:{}?tls={tls}", server.port());
    let database = one_waits().await;
    let required = url("required");
    let worker = Worker::trusting(&authority, &database, &["--relay", &required]).await;
    assert_eq!(put_off(&database).await, "tls");
    assert_eq!(server.heard(), ["EHLO clear"]);
    drop(worker);

    // Where encryption is used if there is some, the e-mail goes on.
    let due = "UPDATE outbox SET next_attempt_at = now()";
    database.run(due).await;
    let opportunistic = url("opportunistic");
    let _worker = Worker::trusting(&authority, &database, &["--relay", &opportunistic]).await;
    assert_eq!(server.wait_for(1).await.len(), 1);
    assert_eq!(server.heard(), ["EHLO clear", "EHLO clear", "DATA clear"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn encryption_is_used_where_the_relay_offers_some() {
    let authority = Authority::new();
    let mut options = files(&authority, ["--tlscert", "--tlskey"]);
    options.push("--no-requiretls".to_owned());
    let server = relay(&options).await;
    let url = format!("smtp://127.0.0.1:{}?tls=opportunistic", server.port());
    let database = one_waits().await;
    let _worker = Worker::trusting(&authority, &database, &["--relay", &url]).await;
    assert_eq!(server.wait_for(1).await.len(), 1);
    let heard = ["EHLO clear", "EHLO TLSv1.3", "DATA TLSv1.3"];
    assert_eq!(server.heard(), heard);
}
