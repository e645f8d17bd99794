//! A mailbox of two hundred e-mails, each trap several times: what becomes of each, within bounded memory.

use std::collections::BTreeMap;
use std::time::Duration;

use reclamations::case::Nature;

use crate::incoming::traps::{KINDS, Known};
use crate::support::app::TestApp;
use crate::support::cases::By;
use crate::support::dovecot::Dovecot;
use crate::support::worker::Worker;

/// Megabytes that the program may hold: a whole e-mail of 25 MB, its parts, and itself.
const MOST_MEGABYTES: u64 = 150;

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "the table is to be read")]
async fn each_of_two_hundred_e_mails_becomes_what_it_is() {
    assert_eq!(KINDS.iter().map(|kind| kind.count).sum::<usize>(), 200);
    let app = TestApp::spawn_at("2026-05-04T08:00:00Z").await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let known = hand_over(&app, reference).await;
    let server = Dovecot::start().await;
    let all = KINDS
        .iter()
        .flat_map(|kind| std::iter::repeat_n(kind, kind.count));
    for (n, kind) in all.enumerate() {
        server.deliver("INBOX", &(kind.write)(n, &known));
    }
    let mut worker = Worker::start(&app.database, &["--mailbox", &server.url()]).await;
    let done = "SELECT count(*) FILTER (WHERE state <> 'new') = 190 FROM incoming_mails";
    app.until(done, Duration::from_mins(4)).await;
    let (found, wanted) = (table(&app).await, wanted());
    println!("what became of 200 e-mails: {found:#?}");
    assert_eq!(found, wanted);
    let peak = worker.peak_megabytes();
    println!("the program held {peak} MB at most");
    assert!(peak <= MOST_MEGABYTES, "{peak} MB");
    worker.end();
    assert_eq!(server.unread("INBOX"), 0);
    nothing_leaked(&app).await;
}

/// The acknowledgement of the case has left: its Message-ID is known to its reader.
async fn hand_over(app: &TestApp, reference: String) -> Known {
    let left = "UPDATE outbox SET state = 'handed_over', handed_over_at = now();
                UPDATE cases SET status = 'acknowledged', acknowledged_on = (now() AT TIME ZONE 'Europe/Paris')::date";
    app.database.run(left).await;
    let row = app.database.row("SELECT message_id FROM outbox").await;
    Known {
        reference,
        token: format!("In-Reply-To: <{}>\n", row.get::<_, String>(0)),
    }
}

/// How many of each: where they stand, why or what they are.
async fn table(app: &TestApp) -> Vec<(String, String, i64)> {
    let counted = "SELECT state, coalesce(reason, sort), count(*) FROM incoming_mails GROUP BY 1, 2 ORDER BY 1, 2";
    let rows = app.database.rows(counted).await;
    rows.iter()
        .map(|row| (row.get(0), row.get(1), row.get(2)))
        .collect()
}

fn wanted() -> Vec<(String, String, i64)> {
    let mut wanted: BTreeMap<(String, String), i64> = BTreeMap::new();
    for kind in &KINDS {
        if let Some((state, why)) = kind.becomes {
            let count = i64::try_from(kind.count).unwrap();
            *wanted
                .entry((state.to_owned(), why.to_owned()))
                .or_default() += count;
        }
    }
    let row = |((state, why), count)| (state, why, count);
    wanted.into_iter().map(row).collect()
}

/// A case for each stranger, none for anyone else, nothing put with the case of another.
async fn nothing_leaked(app: &TestApp) {
    // 40 + 10 + 10 + 10 + 10 + 10 + 10 strangers, and the case that was there.
    assert_eq!(app.count("cases").await, 101);
    assert_eq!(app.count("messages").await, 10);
    let theirs = "SELECT count(*) FROM incoming_mails m JOIN filings f USING (case_id) WHERE m.sender <> f.email";
    let row = app.database.row(theirs).await;
    assert_eq!(
        row.get::<_, i64>(0),
        6,
        "the six bounces alone, which say nothing to the person"
    );
    let texts = app
        .database
        .rows("SELECT DISTINCT facts FROM filings ORDER BY 1")
        .await;
    let texts: Vec<String> = texts.iter().map(|row| row.get(0)).collect();
    for told in [
        "10 € été",
        "déjà",
        "Plainte Bcc: x@example.net\n\nInjection.",
    ] {
        assert!(texts.iter().any(|text| text == told), "{told}: {texts:?}");
    }
    // Six servers said that the acknowledgement came back: it did, once.
    let row = app
        .database
        .row("SELECT status, (SELECT count(*) FROM journal_events WHERE kind = 'mail.bounced') FROM cases ORDER BY id")
        .await;
    assert_eq!(
        (row.get::<_, String>(0), row.get::<_, i64>(1)),
        ("received".to_owned(), 1)
    );
}
