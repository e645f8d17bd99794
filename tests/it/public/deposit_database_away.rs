//! The database goes away in the middle of a filing, and comes back: nothing typed is lost.

use std::time::Duration;

use chrono::TimeDelta;
use reclamations::db::Pool;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::database::TestDatabase;
use crate::support::filing::{COMPLAINT, fill_in, receipt};
use crate::support::wire::Wire;

async fn site() -> (TestApp, Wire) {
    let database = TestDatabase::new().await;
    let url = database.url().await;
    let wire = Wire::to(&url).await;
    let pool = Pool::new(&wire.url(&url), 4, Duration::from_secs(5)).unwrap();
    let app = TestApp::spawn_on(database, pool, "2026-04-30T08:00:00Z", &[]);
    (app, wire)
}

fn assert_away(page: &Page) {
    assert_eq!(page.status, 503, "{}", page.text());
    assert!(page.headers.contains_key("retry-after"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_shows_what_was_typed_and_the_draft_is_still_there_after() {
    let (app, wire) = site().await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..2]).await;
    let csrf = browser.get("/deposer/faits").await.value("csrf");
    let typed = [
        ("csrf", csrf.as_str()),
        ("shown_for", "complaint"),
        ("facts", "Un long récit,\r\nécrit avec soin."),
    ];
    wire.cut();
    for _ in 0..3 {
        let away = browser.post("/deposer/faits", &typed).await;
        assert_away(&away);
        assert_eq!(away.texts("textarea")[0], "Un long récit, écrit avec soin.");
        assert_eq!(away.texts("h1"), ["Ce qui s’est passé"]);
        assert!(away.text().contains("Rien n’est perdu"), "{}", away.text());
    }
    assert_away(&browser.get("/deposer/faits").await);

    wire.mend();
    let saved = browser.post("/deposer/faits", &typed).await;
    assert_eq!(saved.location(), "/deposer/pieces", "{}", saved.text());
    let situation = browser.get("/deposer/situation").await;
    assert_eq!(situation.value("intermediary"), "Cabinet Delorme & Fils");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filing_is_sent_again_from_the_page_that_says_so_and_counts_once() {
    let (app, wire) = site().await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT).await;
    app.state.clock.advance(TimeDelta::minutes(4));
    let check = browser.get("/deposer/verification").await;
    wire.cut();
    let away = send(&browser, &check).await;
    assert_away(&away);
    assert_eq!(
        away.texts("h1"),
        ["Votre envoi n’a pas encore pu être enregistré"]
    );
    assert_eq!(away.texts("button"), ["Envoyer ma réclamation"]);

    wire.mend();
    for _ in 0..2 {
        assert_eq!(
            send(&browser, &away).await.location(),
            "/deposer/confirmation"
        );
    }
    receipt(&browser.get("/deposer/confirmation").await);
    let filed = app.database.rows("SELECT count(*) FROM cases").await;
    assert_eq!(filed[0].get::<_, i64>(0), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_step_and_the_way_in_keep_what_was_typed() {
    let (app, wire) = site().await;
    let browser = app.browser();
    wire.cut();
    let first = browser.get("/deposer").await;
    assert_eq!(first.status, 200, "a new visitor needs no database");
    let away = browser.fill("/deposer", &[("intent", "complaint")]).await;
    assert_away(&away);
    assert_eq!(
        away.attribute("input[checked]", "value").unwrap(),
        "complaint"
    );

    let typed = [
        ("reference", "ASK-2026-000001-P"),
        ("code", "AAAA-BBBB-CCCC"),
    ];
    let away = browser.fill("/suivi", &typed).await;
    assert_away(&away);
    assert_eq!(away.value("reference"), "ASK-2026-000001-P");
}

/// Its connection is ended in the middle of a statement, as by a restart of PostgreSQL.
#[tokio::test(flavor = "multi_thread")]
async fn a_statement_cut_short_shows_what_was_typed() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..1]).await;
    let url = app.database.superuser_url().await;
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    let lock = "BEGIN; LOCK TABLE drafts IN ACCESS EXCLUSIVE MODE";
    let csrf = browser.get("/deposer").await.value("csrf");
    client.batch_execute(lock).await.unwrap();
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE backend_type = 'client backend' AND pg_backend_pid() = ANY (pg_blocking_pids(pid))";
    let cutter = async {
        for _ in 0..500 {
            if !client.query(end, &[]).await.unwrap().is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("nobody waited for the table");
    };
    let typed = [("csrf", csrf.as_str()), ("intent", "information_request")];
    let (away, ()) = tokio::join!(browser.post("/deposer", &typed), cutter);
    assert_away(&away);
    let kept = away.attribute("input[checked]", "value");
    assert_eq!(kept.as_deref(), Some("information_request"));
    client.batch_execute("ROLLBACK").await.unwrap();
    // The pool may not have heard yet that the connection is closed.
    let mut again = browser.post("/deposer", &typed).await;
    for _ in 0..100 {
        if again.status == 303 {
            break;
        }
        assert_away(&again);
        tokio::time::sleep(Duration::from_millis(50)).await;
        again = browser.post("/deposer", &typed).await;
    }
    assert_eq!(again.status, 303, "{}", again.text());
}

/// A standby that has not been promoted yet.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_only_reads_shows_what_was_typed() {
    let database = TestDatabase::new().await;
    let url = database.url().await + "%20-c%20default_transaction_read_only%3Don";
    let pool = Pool::new(&url, 4, Duration::from_secs(5)).unwrap();
    let app = TestApp::spawn_on(database, pool, "2026-04-30T08:00:00Z", &[]);
    let away = app
        .browser()
        .fill("/deposer", &[("intent", "complaint")])
        .await;
    assert_away(&away);
    let kept = away.attribute("input[checked]", "value");
    assert_eq!(kept.as_deref(), Some("complaint"));
}

async fn send(browser: &Browser, page: &Page) -> Page {
    let fields = [
        ("csrf", page.value("csrf")),
        ("shown_for", page.value("shown_for")),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    browser.post("/deposer/verification", &fields).await
}
