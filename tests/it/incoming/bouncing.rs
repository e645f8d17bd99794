//! An e-mail of ours that comes back: what its hand-over stopped runs on, and a letter takes its place.

use std::time::Duration;

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::case::incoming::State;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::smtp::SmtpServer;

const AT: &str = "2026-04-30T08:00:00Z";

pub(super) const GRANTED: [(&str, &str); 8] = [
    ("introduction", ""),
    ("grief-1", "La cotisation de mars a été prise deux fois."),
    ("position-1", "accepted"),
    ("motifs-1", "Le prélèvement du 3 mars fait double emploi."),
    ("issue", "upheld"),
    ("engagement-1", "Vous rembourser la cotisation de mars."),
    ("echeance-1", "15/05/2026"),
    ("faire", "envoyer"),
];

/// What a server writes of an e-mail that it could not deliver.
pub(super) fn returned(message_id: &str, (action, status): (&str, &str)) -> Vec<u8> {
    format!(
        "From: Mail Delivery System <MAILER-DAEMON@relay.example>\r\nSubject: Undelivered\r\n\
         Auto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; \
         boundary=B\r\n\r\n--B\r\n\r\nSorry, {action}.\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; jeanne@example.org\r\n\
         Action: {action}\r\nStatus: {status}\r\n\r\n--B\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         Message-ID: {message_id}\r\nSubject: x\r\n\r\n--B--\r\n"
    )
    .into_bytes()
}

/// Waits until a count is what it should be.
pub(super) async fn until(app: &TestApp, sql: &str) {
    for _ in 0..1_000 {
        if app.database.row(sql).await.get(0) {
            return;
        }
        app.state.outbox_bell.notify_one();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never: {sql}");
}

/// The site, its relay, a handler, and a complaint whose acknowledgement has left; its Message-ID.
pub(super) async fn acknowledged(smtp: &SmtpServer) -> (TestApp, Browser, String, String) {
    let app = TestApp::spawn_with(AT, &["--relay", &smtp.url()]).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let background = app.start_background();
    until(
        &app,
        "SELECT count(*) = 1 FROM cases WHERE status = 'acknowledged'",
    )
    .await;
    background.finish().await;
    let id = smtp
        .wait_for(1)
        .await
        .remove(0)
        .header("Message-ID")
        .unwrap()
        .to_owned();
    (app, browser, reference, id)
}

/// Has the answer leave by e-mail; its Message-ID.
pub(super) async fn answered(
    smtp: &SmtpServer,
    app: &TestApp,
    browser: &Browser,
    reference: &str,
) -> String {
    app.confirm_address(reference).await;
    browser
        .act(reference, "prise-en-charge", &[])
        .await
        .location();
    browser.act(reference, "reponse", &GRANTED).await.location();
    app.state.clock.advance(TimeDelta::seconds(61));
    let background = app.start_background();
    until(
        app,
        "SELECT count(*) = 1 FROM cases WHERE status = 'answered'",
    )
    .await;
    background.finish().await;
    let mails = smtp.received();
    let answer = mails
        .iter()
        .find(|mail| mail.subject().starts_with("Réponse"))
        .unwrap();
    answer.header("Message-ID").unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_return_of_ours_changes_nothing() {
    let smtp = SmtpServer::start().await;
    let (app, _, reference, id) = acknowledged(&smtp).await;
    // « Delayed » is no end, and another's id says nothing of ours.
    let before = app.snapshot(&reference).await;
    let late = returned(&id, ("delayed", "4.4.1"));
    assert_eq!(app.receives(&late, None).await, Some(State::SetAside));
    let other = returned(
        &format!("<{}@asekkey.fr>", "a".repeat(32)),
        ("failed", "5.1.1"),
    );
    assert_eq!(app.receives(&other, None).await, Some(State::Held));
    let changed = ["+ incoming_leads", "+ incoming_mails", "+ incoming_pieces"];
    app.assert_changed(&before, &[], &changed).await;
}

/// The page of the last e-mail names its case, and does not say that none matches.
async fn assert_told_with_its_case(app: &TestApp, browser: &Browser, reference: &str) {
    let last = "SELECT max(id) FROM incoming_mails";
    let last: i64 = app.database.row(last).await.get(0);
    let address = format!("/gestion/courriels/recus/{last}");
    let told = browser.get(&address).await.text();
    let with_it = format!("déjà avec le dossier {reference}");
    assert!(told.contains(&with_it), "{told}");
    assert!(!told.contains("Aucun dossier"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_that_came_back_has_not_left() {
    let smtp = SmtpServer::start().await;
    let (app, browser, reference, id) = acknowledged(&smtp).await;
    app.colleague(&app.browser(), "Odile Renard", Role::Supervisor)
        .await;
    let before = app.snapshot(&reference).await;
    app.state.clock.advance(TimeDelta::minutes(5));
    // The server gave up after days of trying: final, though its last attempt was put off.
    let failed = returned(&id, ("failed", "4.4.1"));
    assert_eq!(app.receives(&failed, None).await, Some(State::SetAside));
    assert_told_with_its_case(&app, &browser, &reference).await;
    let again = returned(&id, ("failed", "5.0.0"));
    assert_eq!(app.receives(&again, None).await, Some(State::SetAside));
    let after = app.snapshot(&reference).await;
    assert_eq!(after.new_lines(&before), ["mail.bounced", "letter.asked"]);
    let alerts = "SELECT subject FROM outbox WHERE purpose = 'alert'";
    let alerts = app.database.rows(alerts).await;
    assert_eq!(alerts.len(), 1, "those in charge are told once");
    let row = app
        .database
        .row(
            "SELECT status, acknowledged_on::text, next_due_on = ack_due_on, failed_sending, bounced_at IS NOT NULL
             FROM cases JOIN legal_dates ON case_id = cases.id JOIN outbox ON about = cases.id",
        )
        .await;
    assert_eq!(row.get::<_, String>(0), "received");
    assert_eq!(row.get::<_, Option<String>>(1), None);
    assert!(row.get::<_, bool>(2) && row.get::<_, bool>(3) && row.get::<_, bool>(4));
    let page = browser.get(&format!("/gestion/dossiers/{reference}")).await;
    assert!(
        page.text().contains("Courriel revenu, non distribué"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("Non distribué"), "{}", page.text());
    // The letter in its place meets the clock.
    let posted = [("lettre", "acknowledgement"), ("date", "30/04/2026")];
    browser
        .act(&reference, "courrier", &posted)
        .await
        .location();
    let row = app
        .database
        .row("SELECT status, acknowledged_on::text, failed_sending FROM cases")
        .await;
    assert_eq!(row.get::<_, String>(0), "acknowledged");
    assert_eq!(row.get::<_, String>(1), "2026-04-30");
    assert!(!row.get::<_, bool>(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_came_back_is_leaving_again_by_post() {
    let smtp = SmtpServer::start().await;
    let (app, browser, reference, _) = acknowledged(&smtp).await;
    let id = answered(&smtp, &app, &browser, &reference).await;

    let before = app.snapshot(&reference).await;
    let failed = returned(&id, ("failed", "5.1.1"));
    assert_eq!(app.receives(&failed, None).await, Some(State::SetAside));
    let after = app.snapshot(&reference).await;
    assert_eq!(after.new_lines(&before), ["mail.bounced", "letter.asked"]);
    let state = "SELECT status, answered_on::text, a.state, made_on::text, next_due_on = answer_due_on
                 FROM cases JOIN answers a ON a.case_id = cases.id JOIN commitments c ON c.answer_id = a.id
                 JOIN legal_dates l ON l.case_id = cases.id";
    let row = app.database.row(state).await;
    assert_eq!(row.get::<_, String>(0), "acknowledged");
    assert_eq!(row.get::<_, Option<String>>(1), None);
    assert_eq!(row.get::<_, String>(2), "leaving");
    assert_eq!(row.get::<_, Option<String>>(3), None);
    assert!(row.get::<_, bool>(4));

    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    browser
        .act(&reference, "courrier", &posted)
        .await
        .location();
    let row = app.database.row(state).await;
    assert_eq!(row.get::<_, String>(0), "answered");
    assert_eq!(row.get::<_, String>(1), "2026-04-30");
    assert_eq!(row.get::<_, String>(2), "handed_over");
    assert_eq!(row.get::<_, String>(3), "2026-04-30");
}
