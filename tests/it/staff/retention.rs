//! What is kept no longer than it may be: content and secret go, a tombstone and a chain that
//! verifies stay.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use reclamations::case::erase::{FATES, Fate};
use reclamations::case::{Nature, Reference};
use reclamations::journal;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::totp::Colleague;

const AT: &str = "2026-04-30T08:00:00Z";
/// What only the person knows.
const SECRETS: [&str; 4] = ["Lefèvre", "rue Basse", "résiliation", "copie suffit"];

/// The site, someone at the desk, and a request that was answered and closed.
async fn closed_request() -> (TestApp, Browser, Colleague, String) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    let claire = app
        .colleague(&browser, "Claire Morvan", Role::Supervisor)
        .await;
    let reference = app.case(Nature::InformationRequest, By::Post).await;
    browser
        .act(
            &reference,
            "note",
            &[("note", "À propos de sa résiliation.")],
        )
        .await;
    let answer = [("role", "reponse"), ("message", "Une copie suffit.")];
    browser.act(&reference, "message", &answer).await;
    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    browser.act(&reference, "courrier", &posted).await;
    browser.act(&reference, "cloture", &[]).await;
    (app, browser, claire, reference)
}

/// Lets the daily work run until this many cases are erased, or long enough to see that none is.
async fn keep_house(app: &TestApp, wanted: usize) -> usize {
    let running = app.start_background();
    let mut n_erased = 0;
    for _ in 0..60 {
        n_erased = app.database.rows("SELECT FROM erased_cases").await.len();
        if wanted > 0 && n_erased == wanted {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    running.finish().await;
    n_erased
}

/// Every text of the database, accounts apart.
async fn everything(app: &TestApp) -> String {
    let tables = app
        .database
        .rows(
            "SELECT table_name::text FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
        )
        .await;
    let mut all = String::new();
    for table in tables {
        let table: String = table.get(0);
        for row in app
            .database
            .rows(&format!("SELECT t::text FROM {table} t"))
            .await
        {
            all.push_str(row.get(0));
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_whose_time_is_over_is_erased_and_leaves_its_tombstone() {
    let (app, browser, claire, reference) = closed_request().await;
    let open = app.case(Nature::Complaint, By::Post).await;
    app.state.clock.advance(TimeDelta::days(3 * 365));
    assert_eq!(keep_house(&app, 0).await, 0, "not yet");
    app.state.clock.advance(TimeDelta::days(3));
    assert_eq!(keep_house(&app, 1).await, 1);

    let case = Reference::parse(&reference).unwrap().case().0;
    let kept = app
        .database
        .rows(&format!(
            "SELECT person_name IS NULL AND secret IS NULL, status FROM cases WHERE id = {case}"
        ))
        .await;
    assert!(kept.first().unwrap().get::<_, bool>(0));
    // The open complaint is older than anything may be kept, and is owed an answer.
    app.state.clock.advance(TimeDelta::days(20 * 365));
    assert_eq!(keep_house(&app, 0).await, 1);
    let mut conn = app.database.conn().await;
    journal::verify(&mut conn).await.unwrap();

    app.sign_in(&browser, &claire).await;
    let page = browser.case(&reference).await;
    let text = page.text();
    assert_eq!(page.status, 200);
    for told in [
        "Dossier effacé",
        "Demande d’information",
        "au terme de sa durée",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("Lefèvre"));
    assert!(browser.case(&open).await.text().contains("Jeanne Lefèvre"));
    let lines = app
        .database
        .rows(&format!(
            "SELECT kind, actor FROM journal_events WHERE chain = {case} ORDER BY seq DESC LIMIT 1"
        ))
        .await;
    let line = lines.first().unwrap();
    assert_eq!((line.get(0), line.get(1)), ("case.erased", "system"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_person_is_left_anywhere() {
    let (app, _browser, _claire, _) = closed_request().await;
    let before = everything(&app).await;
    assert!(SECRETS.iter().all(|secret| before.contains(secret)));
    // Written for want of a relay: the notice of the request.
    let running = app.start_background();
    let folder = app.data_dir.path().join("courriels");
    for _ in 0..60 {
        if std::fs::read_dir(&folder).is_ok_and(|files| files.count() > 0) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    running.finish().await;
    assert!(std::fs::read_dir(&folder).unwrap().count() > 0);
    app.state.clock.advance(TimeDelta::days(3 * 365 + 3));
    assert_eq!(keep_house(&app, 1).await, 1);
    let after = everything(&app).await;
    for secret in SECRETS {
        assert!(!after.contains(secret), "{secret}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, ".eml files");
}

/// Columns that may hold text and stay: codes, versions, digests of secrets that are gone.
const CODES: &[&str] = &[
    "cases.channel",
    "cases.nature",
    "cases.nature_declared",
    "cases.nature_qualified",
    "cases.procedure_version",
    "cases.product",
    "cases.status",
    "cases.subject",
    "erased_cases.cause",
    "erased_cases.outcome",
    "journal_events.actor",
    "journal_events.facts",
    "journal_events.hash",
    "journal_events.kind",
    "legal_dates.rule_version",
    "seal_leaves.hash",
    "seals.hash",
    "seals.merkle_root",
];

#[tokio::test]
async fn every_table_that_can_hold_text_has_its_fate() {
    let database = crate::support::database::TestDatabase::new().await;
    let columns = database
        .rows(
            "SELECT table_name::text, column_name::text FROM information_schema.columns
             JOIN information_schema.tables USING (table_schema, table_name)
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
               AND table_name !~ '^__diesel'
               AND udt_name NOT IN ('int2', 'int4', 'int8', 'bool', 'date', 'timestamptz', 'uuid')",
        )
        .await;
    let mut unknown = BTreeSet::new();
    for column in columns {
        let (table, column): (String, String) = (column.get(0), column.get(1));
        let fate = FATES.iter().find(|(name, _)| *name == table);
        let is_code = CODES.contains(&format!("{table}.{column}").as_str());
        let is_settled = match fate.map(|(_, fate)| fate) {
            Some(Fate::Deleted(_) | Fate::GoesWith(_) | Fate::OfNoCase) => true,
            Some(Fate::Emptied(emptied)) => emptied.contains(&column.as_str()) || is_code,
            Some(Fate::Stays) => is_code,
            None => false,
        };
        if !is_settled {
            unknown.insert(format!("{table}.{column}"));
        }
    }
    assert!(
        unknown.is_empty(),
        "say in FATES what erasing does to {unknown:?}"
    );
}
