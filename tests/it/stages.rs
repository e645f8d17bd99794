//! The stages of the legal clocks: who is told when, once each, and only in office hours.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use reclamations::case::Nature;
use reclamations::case::stages::{self, StageOffice};
use reclamations::staff::absences::{self, NewAbsence};
use reclamations::staff::{Role, StaffId};

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

/// A Thursday: the acknowledgement is due on 15 May, the answer on 30 June.
const AT: &str = "2026-04-30T08:00:00Z";

/// Claire says that the case complains about Alix.
const BAR: &str = "INSERT INTO case_bars (case_id, account_id, barred_by, barred_at)
                   SELECT id, 1, 3, received_at FROM cases";

/// A complaint of Alix's (1); Idriss (2) handles cases too, Claire (3) supervises.
async fn site() -> (TestApp, Browser, String) {
    let flags = ["--compliance-email", "conformite@example.org"];
    let app = TestApp::spawn_with(AT, &flags).await;
    let alix = app.browser();
    app.colleague(&alix, "Alix Petit", Role::Handler).await;
    app.colleague(&app.browser(), "Idriss Benali", Role::Handler)
        .await;
    app.colleague(&app.browser(), "Claire Morvan", Role::Supervisor)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let handler = "UPDATE cases SET handler_id = 1";
    app.database.run(handler).await;
    (app, alix, reference)
}

async fn tell(app: &TestApp, at: &str) -> usize {
    let mut conn = app.database.conn().await;
    let at: DateTime<Utc> = at.parse().unwrap();
    let office = StageOffice {
        site: "https://reclamations.example.org".to_owned(),
        settings: Arc::clone(&app.state.office.settings),
    };
    stages::tell_due(&mut conn, &office, 100, at).await.unwrap()
}

/// Recipient and subject of the e-mails told, in their order.
async fn told(app: &TestApp) -> Vec<(String, String)> {
    let mails = "SELECT recipient, subject FROM outbox WHERE purpose = 'stage' ORDER BY id";
    let rows = app.database.rows(mails).await;
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_stage_is_told_once_to_whom_it_concerns() {
    let (app, _, reference) = site().await;
    assert_eq!(tell(&app, "2026-05-07T08:00:00Z").await, 0);
    assert_eq!(
        tell(&app, "2026-05-08T08:00:00Z").await,
        1,
        "half of 15 days"
    );
    assert_eq!(tell(&app, "2026-05-08T08:01:00Z").await, 0);
    assert_eq!(
        tell(&app, "2026-05-12T08:00:00Z").await,
        1,
        "three quarters"
    );
    assert_eq!(tell(&app, "2026-05-14T08:00:00Z").await, 1, "nine tenths");
    let subject =
        format!("{reference}\u{202f}: accusé de réception au plus tard le 15\u{a0}mai\u{a0}2026");
    let expected = [
        "alix.petit@example.org",
        "claire.morvan@example.org",
        "conformite@example.org",
    ]
    .map(|who| (who.to_owned(), subject.clone()));
    assert_eq!(told(&app).await, expected);

    let bodies = app
        .database
        .rows("SELECT body FROM outbox WHERE purpose = 'stage'")
        .await;
    for row in &bodies {
        let body: &str = row.get(0);
        let link = format!("https://reclamations.example.org/gestion/dossiers/{reference}");
        assert!(body.contains(&link), "{body}");
        assert!(
            !body.contains("Lefèvre") && !body.contains("résiliation"),
            "{body}"
        );
    }
    let lines = "SELECT facts FROM journal_events WHERE kind = 'clock.stage_told' ORDER BY seq";
    let lines = app.database.rows(lines).await;
    let facts: Vec<&str> = lines.iter().map(|row| row.get(0)).collect();
    assert_eq!(
        facts,
        [
            "clock=acknowledgement\nstage=half",
            "clock=acknowledgement\nstage=three_quarters",
            "clock=acknowledgement\nstage=nine_tenths"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deputy_is_told_in_the_place_of_who_is_away() {
    let (app, _, _) = site().await;
    let away = NewAbsence {
        account: StaffId(1),
        deputy: StaffId(2),
        from_on: "2026-05-04".parse().unwrap(),
        until_on: "2026-05-15".parse().unwrap(),
    };
    let mut conn = app.database.conn().await;
    let actor = reclamations::journal::Actor::Staff(1);
    let today = "2026-04-30".parse().unwrap();
    absences::record(&mut conn, &away, today, actor, app.now())
        .await
        .unwrap();
    tell(&app, "2026-05-08T08:00:00Z").await;
    assert_eq!(told(&app).await[0].0, "idriss.benali@example.org");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_nobody_is_the_supervisors() {
    let (app, _, _) = site().await;
    app.database.run("UPDATE cases SET handler_id = NULL").await;
    tell(&app, "2026-05-08T08:00:00Z").await;
    assert_eq!(told(&app).await[0].0, "claire.morvan@example.org");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_met_is_told_no_more() {
    let (app, _, reference) = site().await;
    let met = "UPDATE cases SET status = 'acknowledged', acknowledged_on = '2026-05-05'";
    app.database.run(met).await;
    assert_eq!(tell(&app, "2026-05-12T08:00:00Z").await, 0);
    assert_eq!(
        tell(&app, "2026-06-01T08:00:00Z").await,
        1,
        "half of the answer's"
    );
    assert!(told(&app).await[0].1.contains("réponse motivée"));
    let late = tell(&app, "2026-07-01T08:00:00Z").await;
    assert_eq!(late, 1, "of those passed meanwhile, the highest");
    let subject =
        format!("{reference}\u{202f}: réponse motivée en retard depuis le 30\u{a0}juin\u{a0}2026");
    let told = told(&app).await;
    assert_eq!(told.len(), 2);
    assert_eq!(told[1], ("conformite@example.org".to_owned(), subject));
    app.database
        .run("UPDATE cases SET status = 'closed', closed_on = '2026-07-01'")
        .await;
    app.database.run("DELETE FROM stage_notices").await;
    assert_eq!(tell(&app, "2026-07-02T08:00:00Z").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_tell_a_stage_once() {
    let (app, _, _) = site().await;
    let at = "2026-05-08T08:00:00Z";
    let (one, other) = tokio::join!(tell(&app, at), tell(&app, at));
    assert_eq!(one + other, 1);
    assert_eq!(told(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_background_work_tells_them_in_office_hours() {
    let (app, _, _) = site().await;
    // Saturday 9 May 2026: nobody is told before Monday.
    app.state.clock.advance(TimeDelta::days(9));
    let running = app.start_background();
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    running.finish().await;
    assert!(told(&app).await.is_empty());
    app.state.clock.advance(TimeDelta::days(2));
    let running = app.start_background();
    let mut n_told = 0;
    for _ in 0..100 {
        n_told = told(&app).await.len();
        if n_told > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    running.finish().await;
    assert!(n_told > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_the_case_complains_about_is_told_nothing() {
    let (app, _, _) = site().await;
    app.database.run(BAR).await;
    tell(&app, "2026-05-08T08:00:00Z").await;
    let who: Vec<String> = told(&app).await.into_iter().map(|(who, _)| who).collect();
    assert_eq!(who, ["claire.morvan@example.org"], "not the handler");
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_an_administrator_names_is_told_from_then_on() {
    let (app, _, _) = site().await;
    let administrator = app.browser();
    app.colleague(&administrator, "Bruno Lescure", Role::Administrator)
        .await;
    let address = "/gestion/reglages/conformite";
    let named = [("version", "0"), ("valeur", "audit@example.org")];
    administrator.fill(address, &named).await.location();
    assert_eq!(tell(&app, "2026-05-14T08:00:00Z").await, 1);
    let recipients = told(&app).await;
    assert_eq!(recipients[0].0, "audit@example.org");
    let nobody = [("version", "1"), ("valeur", "")];
    administrator.fill(address, &nobody).await.location();
    assert_eq!(tell(&app, "2026-06-25T08:00:00Z").await, 1);
    let recipients = told(&app).await;
    assert_eq!(recipients[1].0, "claire.morvan@example.org");
    let lines = "SELECT facts FROM journal_events WHERE kind = 'setting.changed' ORDER BY seq";
    let lines = app.database.rows(lines).await;
    let lines: Vec<String> = lines.iter().map(|row| row.get(0)).collect();
    let named = |version| format!("setting=compliance_email\nversion={version}");
    assert_eq!(lines, [named(1), named(2)]);
}
