//! The letter that stands for an e-mail which came back is dropped when that e-mail has left after all, and
//! only then: never with what another message, or nobody's address, still needs of it.

use chrono::TimeDelta;
use reclamations::staff::Role;

use crate::incoming::bouncing::acknowledged;
use crate::incoming::returning::gives_postal_address;
use crate::staff::post::{DESK, print};
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::pdf;
use crate::support::smtp::SmtpServer;

/// How many letters of a kind wait.
async fn waiting(app: &TestApp, kind: &str) -> i64 {
    let waiting = format!(
        "SELECT count(*) FROM postal_tasks
         WHERE kind = '{kind}' AND done_on IS NULL AND dropped_at IS NULL"
    );
    app.database.row(&waiting).await.get(0)
}

/// The last e-mail for this purpose: its id and its Message-ID.
async fn last(app: &TestApp, purpose: &str) -> (i64, String) {
    let last = format!(
        "SELECT id, message_id FROM outbox WHERE purpose = '{purpose}' ORDER BY id DESC LIMIT 1"
    );
    let row = app.database.row(&last).await;
    (row.get(0), row.get(1))
}

/// Everything that waits for this purpose leaves.
async fn leaves(app: &TestApp, purpose: &str) {
    let left =
        format!("SELECT bool_and(state = 'handed_over') FROM outbox WHERE purpose = '{purpose}'");
    app.sends_until(&left).await;
}

/// The last e-mail for this purpose leaves, and comes back.
async fn leaves_and_comes_back(app: &TestApp, purpose: &str) {
    leaves(app, purpose).await;
    app.comes_back(&last(app, purpose).await.1).await;
    app.state.clock.advance(TimeDelta::minutes(20));
}

/// Staff have it tried anew.
async fn tries_anew(app: &TestApp, staff: &Browser, purpose: &str) -> Page {
    let ledger = staff.get("/gestion/courriels").await;
    let action = format!("/gestion/courriels/{}/essai", last(app, purpose).await.0);
    let csrf = ledger.value("csrf");
    staff.post(&action, &[("csrf", &csrf)]).await
}

async fn writes(staff: &Browser, reference: &str, text: &str) {
    let fields = [("message", text)];
    staff.act(reference, "message", &fields).await.location();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_leaves_after_all_leaves_the_letter_of_another() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, _) = acknowledged(&smtp).await;
    let by_post = "UPDATE filings SET preferred_reply = 'post', postal_address = '2 rue Basse'";
    app.database.run(by_post).await;
    writes(&staff, &reference, "Quelle est la date de votre courrier ?").await;
    let by_email = "UPDATE filings SET preferred_reply = 'email'";
    app.database.run(by_email).await;
    writes(&staff, &reference, "Votre dossier avance bien.").await;
    leaves_and_comes_back(&app, "message").await;
    tries_anew(&app, &staff, "message").await.location();
    leaves(&app, "message").await;
    assert_eq!(waiting(&app, "message").await, 1);
    let told = app.database.row("SELECT failed_sending FROM cases").await;
    assert!(!told.get::<_, bool>(0), "the e-mail has left");

    let rows = staff.get(DESK).await.texts("tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    let run = print(&staff, &[0]).await.location().to_owned();
    let file = staff.download(&format!("{run}/fichier")).await.1;
    let said = pdf::flat(&file);
    assert!(said.contains("Quelle est la date"), "{said}");
    assert!(!said.contains("avance bien"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_whose_letter_was_posted_keeps_no_other_letter() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, _) = acknowledged(&smtp).await;
    writes(&staff, &reference, "Quelle est la date ?").await;
    leaves_and_comes_back(&app, "message").await;
    let posted = [("lettre", "message"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    let refused = tries_anew(&app, &staff, "message").await;
    assert_eq!(refused.status, 409);

    writes(&staff, &reference, "Votre dossier avance bien.").await;
    leaves_and_comes_back(&app, "message").await;
    assert_eq!(waiting(&app, "message").await, 1);
    tries_anew(&app, &staff, "message").await.location();
    app.sends_until("SELECT count(*) = 1 FROM outbox WHERE bounced_at IS NOT NULL")
        .await;
    app.sends_until(
        "SELECT NOT EXISTS (SELECT FROM outbox WHERE state = 'queued' AND purpose = 'message')",
    )
    .await;
    assert_eq!(waiting(&app, "message").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_older_than_the_letter_does_not_keep_it() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, _) = acknowledged(&smtp).await;
    app.confirm_address(&reference).await;
    leaves_and_comes_back(&app, "copy").await;
    assert_eq!(waiting(&app, "copy").await, 1);
    // One of the days before had failed, and its letter was posted long ago.
    tries_anew(&app, &staff, "copy").await.location();
    let older =
        "INSERT INTO outbox (purpose, about, recipient, subject, body, origin, desk, message_id,
                     state, queued_at, next_attempt_at, failed_at)
                 SELECT purpose, about, recipient, subject, body, origin, desk,
                     '<' || repeat('b', 32) || '@asekkey.fr>', 'failed', queued_at, queued_at,
                     queued_at - interval '1 day'
                 FROM outbox WHERE purpose = 'copy'";
    app.database.run(older).await;
    assert_eq!(waiting(&app, "copy").await, 1);
    app.sends_until(
        "SELECT NOT EXISTS (SELECT FROM outbox WHERE state = 'queued' AND purpose = 'copy')",
    )
    .await;
    assert_eq!(waiting(&app, "copy").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_leaves_for_an_unconfirmed_address_is_still_to_be_posted() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, _) = acknowledged(&smtp).await;
    let supervisor = app.browser();
    app.colleague(&supervisor, "Odile Renard", Role::Supervisor)
        .await;
    let motive = [("motif", "C’est une question.")];
    supervisor
        .act(&reference, "requalification", &motive)
        .await
        .location();
    leaves_and_comes_back(&app, "requalification").await;
    assert_eq!(waiting(&app, "requalification").await, 1);
    let person = app.person(&reference).await;
    gives_postal_address(&person).await;
    tries_anew(&app, &staff, "requalification").await.location();
    leaves(&app, "requalification").await;
    let told = "SELECT told_on IS NULL FROM requalifications";
    assert!(app.database.row(told).await.get::<_, bool>(0));
    assert_eq!(waiting(&app, "requalification").await, 1);

    let posted = [("lettre", "requalification"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    assert!(!app.database.row(told).await.get::<_, bool>(0));
}
