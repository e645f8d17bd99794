//! A thousand e-mails, a relay that is down, a program killed twice: each arrives, and the ledger says
//! what the relay's own files say.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::{Duration, Instant};

use reclamations::clock::Clock;
use reclamations::mail::outbox::{NewEmail, queue};
use reclamations::mail::{Composed, Desk, EmailAddress, Origin};
use tokio::time::sleep;

use crate::support::database::TestDatabase;
use crate::support::smtp::{SmtpServer, free_port};
use crate::support::worker::Worker;

const N_EMAILS: usize = 1_000;
/// Everything must be over by then.
const BOUND: Duration = Duration::from_mins(3);

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_emails_outlive_their_relay_and_two_kills() {
    let database = TestDatabase::new().await;
    let give_up = Instant::now() + BOUND;
    queue_all(&database).await;
    let port = free_port();
    let relay = format!("smtp://127.0.0.1:{port}");
    let flags = ["--relay", relay.as_str()];

    // The relay is down, and the program dies while it tries.
    let worker = Worker::start(&database, &flags).await;
    let tried = "SELECT count(*) FROM outbox WHERE last_error = 'unreachable'";
    wait_for(&database, tried, 100, give_up).await;
    drop(worker);
    hours_pass(&database).await;

    // The relay is back, and the program dies again, an e-mail in its hands or just out of them.
    let server = SmtpServer::listen(port, &[]).await.unwrap();
    let worker = Worker::start(&database, &flags).await;
    let left = "SELECT count(*) FROM outbox WHERE state = 'handed_over'";
    wait_for(&database, left, 200, give_up).await;
    drop(worker);
    hours_pass(&database).await;

    let worker = Worker::start(&database, &flags).await;
    wait_for(&database, left, i64::try_from(N_EMAILS).unwrap(), give_up).await;
    drop(worker);
    the_ledger_agrees(&database, &server).await;
}

async fn queue_all(database: &TestDatabase) {
    let mut conn = database.conn().await;
    for n in 0..N_EMAILS {
        let email = NewEmail {
            purpose: "trial",
            about: None,
            recipient: &EmailAddress::parse(&format!("p{n}@example.org")).unwrap(),
            words: Composed {
                subject: format!("Lettre {n}"),
                body: "Bonjour.\n".to_owned(),
                origin: Origin::Program,
                desk: Desk::Complaints,
            },
            daily_cap: None,
        };
        let _queued = queue(&mut conn, email, Clock::System.now()).await.unwrap();
    }
}

/// Waits until the query counts at least so many.
async fn wait_for(database: &TestDatabase, count: &str, at_least: i64, give_up: Instant) {
    loop {
        let n: i64 = database.row(count).await.get(0);
        if n >= at_least {
            return;
        }
        assert!(Instant::now() < give_up, "{n} of {at_least}: {count}");
        sleep(Duration::from_millis(50)).await;
    }
}

/// What waits is due: pauses are over, and so are the holds of a program that died.
async fn hours_pass(database: &TestDatabase) {
    let due = "UPDATE outbox SET next_attempt_at = now() WHERE state = 'queued'";
    database.run(due).await;
}

/// Each Message-ID of the ledger is at the relay, and no other; says how many came twice.
async fn the_ledger_agrees(database: &TestDatabase, server: &SmtpServer) {
    let rows = database.rows("SELECT message_id FROM outbox").await;
    let ledger: BTreeSet<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(ledger.len(), N_EMAILS);
    let mut arrived: BTreeMap<String, usize> = BTreeMap::new();
    for mail in server.received() {
        let id = mail.header("Message-ID").unwrap();
        let id = id.trim_matches(['<', '>']).to_owned();
        *arrived.entry(id).or_default() += 1;
    }
    assert_eq!(arrived.keys().cloned().collect::<BTreeSet<_>>(), ledger);
    let n_twice = arrived.values().filter(|n| **n > 1).count();
    // One at most is in the hands of a worker that dies.
    assert!(n_twice <= 2, "{n_twice} came twice");
    // Past the capture of the test runner: the figure is asked for.
    let told = format!("{N_EMAILS} e-mails arrived, {n_twice} of them twice\n");
    std::io::stderr().write_all(told.as_bytes()).unwrap();
}
