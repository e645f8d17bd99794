//! Once the relay has taken an answer it has left, once, whatever its consequences meet.

use std::time::Duration;

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::smtp::SmtpServer;

const AT: &str = "2026-04-30T08:00:00Z";

const DRAFT: [(&str, &str); 7] = [
    ("introduction", ""),
    ("grief-1", "La cotisation de mars a été prise deux fois."),
    ("position-1", "accepted"),
    ("motifs-1", "Le prélèvement du 3 mars fait double emploi."),
    ("issue", "upheld"),
    ("engagement-1", "Vous rembourser la cotisation de mars."),
    ("echeance-1", "15/05/2026"),
];

/// The site with its relay, a handler, and a complaint whose person confirmed their address.
async fn desk(smtp: &SmtpServer) -> (TestApp, Browser, String) {
    let app = TestApp::spawn_with(AT, &["--relay", &smtp.url()]).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    app.confirm_address(&reference).await;
    (app, browser, reference)
}

/// Waits until a count is what it should be.
async fn until(app: &TestApp, sql: &str) {
    for _ in 0..1_000 {
        let found: bool = app.database.rows(sql).await.first().unwrap().get(0);
        if found {
            return;
        }
        app.state.outbox_bell.notify_one();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never: {sql}");
}

fn n_answers(smtp: &SmtpServer) -> usize {
    let received = smtp.received();
    let answers = received
        .iter()
        .filter(|mail| mail.subject().starts_with("Réponse"));
    answers.count()
}

const ANSWERED: &str = "SELECT count(*) = 1 FROM cases WHERE status = 'answered'";

#[tokio::test(flavor = "multi_thread")]
async fn a_commitment_left_blank_does_not_keep_an_answer_from_having_left() {
    let smtp = SmtpServer::start().await;
    let (app, browser, reference) = desk(&smtp).await;
    let background = app.start_background();
    let one_more = [&DRAFT[..], &[("faire", "engagement")]].concat();
    browser
        .act(&reference, "reponse", &one_more)
        .await
        .location();
    browser
        .act(&reference, "reponse/envoi", &[])
        .await
        .location();
    app.state.clock.advance(TimeDelta::seconds(61));
    until(&app, ANSWERED).await;

    app.state.clock.advance(TimeDelta::minutes(16));
    until(
        &app,
        "SELECT count(*) = 0 FROM outbox WHERE state = 'queued'",
    )
    .await;
    background.finish().await;
    assert_eq!(n_answers(&smtp), 1);
    let made = "SELECT text, made_on::text FROM commitments";
    let made = app.database.rows(made).await;
    assert_eq!(made.len(), 1);
    assert_eq!(
        made[0].get::<_, &str>(0),
        "Vous rembourser la cotisation de mars."
    );
    assert_eq!(made[0].get::<_, &str>(1), "2026-04-30");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hand_over_owes_is_recorded_later_and_the_mail_leaves_once() {
    let smtp = SmtpServer::start().await;
    let (app, browser, reference) = desk(&smtp).await;
    let background = app.start_background();
    let sql = "ALTER TABLE cases ADD CONSTRAINT refused CHECK (status <> 'answered')";
    app.database.rows(sql).await;
    browser.act(&reference, "reponse", &DRAFT).await.location();
    browser
        .act(&reference, "reponse/envoi", &[])
        .await
        .location();
    app.state.clock.advance(TimeDelta::seconds(61));
    until(&app, "SELECT count(*) = 1 FROM outbox WHERE is_owed").await;
    for _ in 0..3 {
        app.state.clock.advance(TimeDelta::minutes(16));
        let now = app.now();
        let tried =
            format!("SELECT count(*) = 1 FROM outbox WHERE is_owed AND next_attempt_at > '{now}'");
        until(&app, &tried).await;
    }
    app.state.clock.advance(TimeDelta::days(2));
    app.database
        .rows("ALTER TABLE cases DROP CONSTRAINT refused")
        .await;
    until(&app, ANSWERED).await;
    background.finish().await;
    assert_eq!(n_answers(&smtp), 1);
    let row = app
        .database
        .rows("SELECT answered_on::text FROM cases")
        .await;
    assert_eq!(row[0].get::<_, &str>(0), "2026-04-30", "the day it left");
}
