//! What the acts note on the case's row for the lists of the inbox.

use chrono::{NaiveDate, TimeDelta};
use reclamations::case::{CaseId, Nature, Purpose, hand_over};
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

/// Whether the only case has this mark.
async fn is_marked(app: &TestApp, mark: &str) -> bool {
    let rows = app
        .database
        .rows(&format!("SELECT {mark} FROM cases"))
        .await;
    rows.first().unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_waits_for_its_reader_until_someone_has_read_it() {
    let app = TestApp::spawn_at(AT).await;
    let (claire, idriss) = (app.browser(), app.browser());
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    app.colleague(&idriss, "Idriss Benali", Role::Supervisor)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let draft = |grounds| {
        [
            ("grief-1", "La résiliation tarde."),
            ("position-1", "refused"),
            ("motifs-1", grounds),
            ("issue", "rejected"),
            ("faire", "enregistrer"),
        ]
    };
    let whole = draft("Votre lettre est arrivée après l’échéance.");
    for (fields, awaits_reader) in [(draft(""), false), (whole, true)] {
        claire.act(&reference, "reponse", &fields).await;
        assert_eq!(is_marked(&app, "awaits_reader").await, awaits_reader);
    }
    idriss.act(&reference, "reponse/relecture", &[]).await;
    assert!(!is_marked(&app, "awaits_reader").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_that_failed_is_marked_until_its_letter_is_posted() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let rows = app.database.rows("SELECT id FROM cases").await;
    let case = CaseId(rows.first().unwrap().get(0));
    let mut conn = app.database.conn().await;
    hand_over::email_failed(&mut conn, case, Purpose::LostCode, 1, app.now())
        .await
        .unwrap();
    assert!(!is_marked(&app, "failed_sending").await, "no letter waits");
    hand_over::email_failed(&mut conn, case, Purpose::Acknowledgement, 1, app.now())
        .await
        .unwrap();
    assert!(is_marked(&app, "failed_sending").await);

    let posted = [("date", "30/04/2026")];
    browser
        .act(&reference, "accuse-par-courrier", &posted)
        .await
        .location();
    assert!(!is_marked(&app, "failed_sending").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_waits_for_another_reason_is_no_failed_sending() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let rows = app.database.rows("SELECT id FROM cases").await;
    let case = CaseId(rows.first().unwrap().get(0));
    let mut conn = app.database.conn().await;
    hand_over::email_failed(&mut conn, case, Purpose::Copy, 1, app.now())
        .await
        .unwrap();
    assert!(is_marked(&app, "failed_sending").await);
    let posted = [("lettre", "copy"), ("date", "30/04/2026")];
    browser
        .act(&reference, "courrier", &posted)
        .await
        .location();
    let page = browser.case(&reference).await.text();
    assert!(
        page.contains("L’accusé de réception doit partir par courrier"),
        "{page}"
    );
    assert!(!is_marked(&app, "failed_sending").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn acts_of_staff_touch_a_case_and_those_of_others_do_not() {
    let app = TestApp::spawn_at(AT).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let touched_on = async || {
        let rows = app
            .database
            .rows("SELECT touched_on::text FROM cases")
            .await;
        let text: String = rows.first().unwrap().get(0);
        text.parse::<NaiveDate>().unwrap().to_string()
    };
    assert_eq!(touched_on().await, "2026-04-30");
    for (part, fields, day) in [
        ("note", [("note", "Vu.")].as_slice(), "2026-05-04"),
        ("prise-en-charge", &[], "2026-05-08"),
    ] {
        app.state.clock.advance(TimeDelta::days(4));
        let browser = app.browser();
        app.colleague(&browser, day, Role::Handler).await;
        browser.act(&reference, part, fields).await.location();
        assert_eq!(touched_on().await, day, "{part}");
    }
    app.state.clock.advance(TimeDelta::days(1));
    let rows = app.database.rows("SELECT id FROM cases").await;
    let case = CaseId(rows.first().unwrap().get(0));
    let mut conn = app.database.conn().await;
    hand_over::email_handed_over(&mut conn, case, Purpose::Acknowledgement, 1, app.now())
        .await
        .unwrap();
    assert_eq!(touched_on().await, "2026-05-08");
}
