//! The demonstration: every state, true journals, nothing that could leave, no way in.

mod desk;

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use reclamations::case::{CaseId, Nature, Status, dossier};
use reclamations::demo::{self, Demo, DemoError};
use reclamations::journal;
use reclamations::staff::{self, StaffEmail};

use crate::support::app::TestApp;
use crate::support::database::TestDatabase;

const N_CASES: u32 = 600;

fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

async fn filled(n_cases: u32, seed: u64) -> (TestDatabase, demo::Filled) {
    filled_at(n_cases, seed, now()).await
}

async fn filled_at(n_cases: u32, seed: u64, at: DateTime<Utc>) -> (TestDatabase, demo::Filled) {
    let database = TestDatabase::new().await;
    let demo = Demo { n_cases, seed, at };
    let filled = demo::fill(&database.url().await, &demo).await.unwrap();
    (database, filled)
}

/// The number that a statement counts.
async fn count(database: &TestDatabase, sql: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {sql}");
    database.rows(&sql).await.first().unwrap().get(0)
}

#[tokio::test]
async fn every_state_is_shown_and_the_journals_verify() {
    let (database, filled) = filled(N_CASES, 1).await;
    for status in Status::ALL {
        let of = |nature| filled.n_cases.get(&(nature, *status)).copied();
        assert!(of(Nature::Complaint).is_some(), "{status:?}");
        if !matches!(status, Status::Acknowledged | Status::Withdrawn) {
            assert!(of(Nature::InformationRequest).is_some(), "{status:?}");
        }
    }
    assert_eq!(filled.n_cases.values().sum::<u64>(), u64::from(N_CASES));
    for shown in [
        "cases JOIN legal_dates ON case_id = id \
            WHERE status = 'received' AND ack_due_on < DATE '2026-11-23'",
        "cases JOIN legal_dates ON case_id = id \
            WHERE status IN ('received', 'acknowledged') AND answer_due_on < DATE '2026-11-23'",
        "cases JOIN legal_dates ON case_id = id WHERE nature = 'complaint' AND expressed_on IS NOT NULL",
        "cases WHERE handler_id IS NULL",
        "postal_tasks WHERE done_on IS NULL",
        "outbox WHERE state = 'failed'",
        "messages WHERE kind = 'from_person'",
        "notes",
        "answers WHERE state = 'draft'",
        "(SELECT DISTINCT outcome FROM answers WHERE state = 'handed_over') AS o HAVING count(*) = 4",
        "filings WHERE email IS NULL",
    ] {
        assert!(count(&database, shown).await > 0, "{shown}");
    }
    let verified = journal::verify(&mut database.conn().await).await.unwrap();
    assert_eq!(
        (verified.n_chains, verified.n_seals),
        (u64::from(N_CASES) + 1, 730)
    );
    let days = count(
        &database,
        "(SELECT DISTINCT received_at::date FROM cases) AS d",
    )
    .await;
    assert!(days > 300, "{days} days");
}

#[tokio::test]
async fn nothing_can_leave_and_every_address_reaches_nobody() {
    let (database, _) = filled(N_CASES, 2).await;
    for none in [
        "outbox WHERE state = 'queued' OR recipient NOT LIKE '%@example.org'",
        "filings WHERE email NOT LIKE '%@example.org'",
        "cases WHERE NOT is_demo",
        "cases LEFT JOIN case_search ON case_id = id WHERE words IS DISTINCT FROM search_words(id)",
        "cases WHERE last_event_at > TIMESTAMPTZ '2026-11-23 09:00:00Z'",
        "answers WHERE state = 'leaving' AND outbox_id IS NULL AND NOT EXISTS ( \
            SELECT FROM postal_tasks AS task \
            WHERE task.case_id = answers.case_id AND kind = 'answer' AND done_on IS NULL)",
    ] {
        assert_eq!(count(&database, none).await, 0, "{none}");
    }
}

#[tokio::test]
async fn dates_are_those_that_pages_compute_again() {
    let (database, _) = filled(200, 3).await;
    let mut conn = database.conn().await;
    let mut n_compared = 0;
    for id in 1..=200 {
        let dossier = dossier::by_id(&mut conn, CaseId(id)).await.unwrap();
        if let Some(legal) = dossier.legal_dates() {
            assert_eq!(dossier.dates.ack_due_on, Some(legal.ack_due.date), "{id}");
            assert_eq!(
                dossier.dates.answer_due_on,
                Some(legal.answer_due.date),
                "{id}"
            );
            let last_day = Some(legal.mediation_last_day.date);
            assert_eq!(dossier.dates.mediation_last_on, last_day, "{id}");
            n_compared += 1;
        }
    }
    assert!(n_compared > 100, "{n_compared}");
}

/// A digest of all that a demonstration made, but for the accounts, whose secrets differ.
async fn content(database: &TestDatabase) -> Vec<String> {
    let mut digests = Vec::new();
    for table in [
        "cases",
        "legal_dates",
        "filings",
        "outbox",
        "messages",
        "notes",
        "postal_tasks",
        "grievances",
        "answers",
        "answer_positions",
        "asks",
        "follow_ups",
        "mediations",
        "commitments",
        "motives",
        "case_labels",
        "latenesses",
        "seals",
    ] {
        // Ids that nobody reads are the database's own.
        let sql = format!(
            "SELECT md5(string_agg(line, '' ORDER BY line)) FROM ( \
                 SELECT (to_jsonb(t) - CASE WHEN '{table}' IN ('follow_ups', 'case_bars') \
                     THEN 'id' ELSE '' END)::text AS line FROM {table} AS t) AS lines"
        );
        digests.push(database.rows(&sql).await.first().unwrap().get(0));
    }
    digests
}

#[tokio::test]
async fn the_same_seed_makes_the_same_cases_all_day() {
    let (first, _) = filled(150, 7).await;
    let (second, _) = filled_at(150, 7, now() + TimeDelta::hours(9)).await;
    let (other, _) = filled(150, 8).await;
    assert_eq!(content(&first).await, content(&second).await);
    let (one, another) = (content(&first).await, content(&other).await);
    assert!(one.iter().zip(&another).all(|(a, b)| a != b));
}

#[tokio::test]
async fn run_again_it_adds_more() {
    let (database, _) = filled(60, 1).await;
    let later = Demo {
        n_cases: 40,
        seed: 1,
        at: now() + TimeDelta::days(3),
    };
    let filled = demo::fill(&database.url().await, &later).await.unwrap();
    assert_eq!(filled.n_seals, 3);
    assert_eq!(count(&database, "cases").await, 100);
    assert_eq!(count(&database, "staff_accounts").await, 7);
    journal::verify(&mut database.conn().await).await.unwrap();
}

#[tokio::test]
async fn a_database_with_a_real_case_is_refused() {
    let (database, _) = filled(5, 1).await;
    database
        .rows("UPDATE cases SET is_demo = FALSE WHERE id = 3")
        .await;
    let demo = Demo {
        n_cases: 5,
        seed: 1,
        at: now(),
    };
    let refused = demo::fill(&database.url().await, &demo).await;
    assert!(matches!(refused, Err(DemoError::RealCases)), "{refused:?}");
    assert_eq!(count(&database, "cases").await, 5);
}

#[tokio::test]
async fn its_colleagues_take_cases_and_open_no_door() {
    let (database, _) = filled(5, 1).await;
    let mut conn = database.conn().await;
    let team = staff::active(&mut conn).await.unwrap();
    assert_eq!(team.len(), 7);
    let names: HashSet<&str> = team
        .iter()
        .map(|member| member.display_name.as_str())
        .collect();
    assert!(names.contains("Awa Sarr"));
    for account in staff::list(&mut conn).await.unwrap() {
        // What cannot be typed as an address neither signs in nor gets a new password.
        let label = account.email.unwrap();
        assert!(label.contains("@example.org (démonstration)"), "{label}");
        assert!(StaffEmail::parse(&label).is_err(), "{label}");
    }
    let link = staff::first_administrator_link(&mut conn, TimeDelta::hours(1), now()).await;
    assert!(link.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_back_office_shows_a_case_of_every_state() {
    let (database, _) = filled(N_CASES, 1).await;
    let pool = database.pool().await;
    let app = TestApp::spawn_on(database, pool, "2026-11-23T09:00:00Z", &[]);
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let mut conn = app.database.conn().await;
    // One of each nature, channel, status and way of writing; old and new.
    let rows = app
        .database
        .rows(
            "SELECT min(id), max(id) FROM cases JOIN filings ON case_id = id \
             GROUP BY nature, channel, status, email IS NULL, is_professional",
        )
        .await;
    assert!(rows.len() > 30, "{} kinds", rows.len());
    for id in rows.iter().flat_map(|row| [row.get(0), row.get(1)]) {
        let dossier = dossier::by_id(&mut conn, CaseId(id)).await.unwrap();
        let reference = dossier.case.reference().to_string();
        let page = browser.case(&reference).await;
        assert_eq!(page.status, 200, "{reference}");
        let name = dossier.case.person_name.unwrap();
        assert!(page.text().contains(&name), "{reference}: {name}");
    }
}
