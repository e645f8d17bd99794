//! What waits is seen where people look each morning, and a mailbox that is not read is told.

use std::time::Duration;

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::case::incoming::State;
use reclamations::case::notices::send_digests;
use reclamations::staff::Role;

use crate::incoming::mailbox::of;
use crate::incoming::writing::mail;
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::dovecot::Dovecot;

const AT: &str = "2026-05-04T08:00:00Z";
const DESK: &str = "/gestion/courriels/recus";
const PATIENCE: Duration = Duration::from_secs(30);

/// The callouts of the inbox, read anew.
async fn told(app: &TestApp, browser: &Browser) -> String {
    // What the inbox counts is kept for five seconds.
    app.state.clock.advance(TimeDelta::seconds(16));
    let page = browser.get("/gestion").await;
    assert_eq!(page.status, 200);
    page.texts(".callout").concat().replace('\u{202f}', " ")
}

/// How many e-mails the digests of the day say wait, by recipient.
async fn digests(app: &TestApp) -> Vec<(String, Option<char>)> {
    let mut conn = app.database.conn().await;
    send_digests(&mut conn, &app.state.office.notices, app.now())
        .await
        .unwrap();
    let sent = "SELECT recipient, body FROM outbox WHERE purpose = 'digest' ORDER BY 1";
    let rows = app.database.rows(sent).await;
    let n_mails = |body: &str| {
        let (_, after) = body.split_once("Courriels reçus, à traiter\u{202f}: ")?;
        let (n_mails, link) = after.split_once('\n')?;
        assert!(link.starts_with("http") && link.contains(DESK), "{link}");
        n_mails.chars().next()
    };
    rows.iter()
        .map(|row| (row.get(0), n_mails(row.get(1))))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn e_mails_that_wait_are_counted_on_the_inbox_and_in_the_digest() {
    let app = TestApp::spawn_at(AT).await;
    let (claire, paul, auditor) = (app.browser(), app.browser(), app.browser());
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    app.colleague(&paul, "Paul Roy", Role::Supervisor).await;
    app.colleague(&auditor, "Anne Dupuy", Role::Auditor).await;
    app.case(Nature::Complaint, By::Email).await;
    assert!(!told(&app, &claire).await.contains("Courriels reçus"));
    let held = mail(
        "Jeanne <jeanne@example.org>",
        "Subject: Suite\n",
        "Bonjour.",
    );
    assert_eq!(app.receives(&held, None).await, Some(State::Held));
    let unreadable = "Content-Type: message/rfc822\r\n\r\n".repeat(50);
    let unreadable = format!("From: a@example.org\r\nSubject: Boum\r\n{unreadable}");
    let state = app.receives(unreadable.as_bytes(), None).await;
    assert_eq!(state, Some(State::NotUnderstood));

    for browser in [&claire, &paul] {
        let callouts = told(&app, browser).await;
        assert!(
            callouts.contains("Courriels reçus, à traiter : 2"),
            "{callouts}"
        );
        let page = browser.get("/gestion").await;
        let links = page.attributes(".callout a", "href");
        assert!(links.iter().any(|link| link == DESK), "{links:?}");
    }
    let callouts = told(&app, &auditor).await;
    assert!(!callouts.contains("Courriels reçus"), "{callouts}");
    // Whoever is barred from the case is told of no e-mail that names it.
    let bar = "INSERT INTO case_bars (case_id, account_id, barred_by, barred_at)
               SELECT c.id, s.id, s.id, now() FROM cases c, staff_accounts s
               WHERE display_name = 'Claire Morvan'";
    app.database.run(bar).await;
    let callouts = told(&app, &claire).await;
    assert!(
        callouts.contains("Courriels reçus, à traiter : 1"),
        "{callouts}"
    );

    let expected = [
        ("claire.morvan@example.org".to_owned(), Some('1')),
        ("paul.roy@example.org".to_owned(), Some('2')),
    ];
    assert_eq!(digests(&app).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_not_read_is_told_after_a_quarter_of_an_hour_until_it_is() {
    let mut server = Dovecot::start().await;
    let app = TestApp::spawn_with(AT, &["--mailbox", &server.url()]).await;
    let (claire, auditor) = (app.browser(), app.browser());
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    app.colleague(&auditor, "Anne Dupuy", Role::Auditor).await;
    let background = app.start_background();
    let reached = "SELECT count(*) = 1 FROM mailbox_folders WHERE reached_at IS NOT NULL";
    app.until(reached, PATIENCE).await;
    server.kill();
    let failed = "SELECT count(*) = 1 FROM mailbox_folders WHERE failure = 'unreachable'";
    app.until(failed, PATIENCE).await;
    app.state.clock.advance(TimeDelta::minutes(10));
    assert!(!told(&app, &claire).await.contains("n’arrivent plus"));

    app.state.clock.advance(TimeDelta::minutes(6));
    let callouts = told(&app, &claire).await.replace('\u{a0}', " ");
    for words in [
        "n’arrivent plus depuis le 4 mai 2026, 10 h 00",
        "(INBOX)",
        "injoignable",
    ] {
        assert!(callouts.contains(words), "{words}: {callouts}");
    }
    assert!(!told(&app, &auditor).await.contains("n’arrivent plus"));

    server.deliver("INBOX", &of(1));
    server.restart().await;
    app.until("SELECT count(*) = 1 FROM cases", PATIENCE).await;
    let answers = "SELECT count(*) = 1 FROM mailbox_folders WHERE failed_at IS NULL";
    app.until(answers, PATIENCE).await;
    assert!(!told(&app, &claire).await.contains("n’arrivent plus"));

    // Nor is it read when the program has stopped.
    background.finish().await;
    app.state.clock.advance(TimeDelta::minutes(16));
    let callouts = told(&app, &claire).await;
    assert!(
        callouts.contains("Le programme ne relève plus la boîte"),
        "{callouts}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_of_the_past_is_told_of_no_more() {
    let mailbox = ["--mailbox", "imap://boite:x@127.0.0.1:1/INBOX"];
    let app = TestApp::spawn_with(AT, &mailbox).await;
    let claire = app.browser();
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    let folders = "INSERT INTO mailbox_folders (mailbox, folder, failed_at, failure)
                   SELECT mailbox, folder, '2026-05-03T08:00:00Z', 'refused'
                   FROM (VALUES ('ancienne@h.org', 'INBOX'), ('boite@127.0.0.1', 'Autre')) AS v (mailbox, folder)";
    app.database.run(folders).await;
    assert!(!told(&app, &claire).await.contains("n’arrivent plus"));
    assert!(!browser_text(&claire).await.contains("ne répond pas"));
    let this = "UPDATE mailbox_folders SET folder = 'INBOX' WHERE mailbox = 'boite@127.0.0.1'";
    app.database.run(this).await;
    assert!(
        told(&app, &claire)
            .await
            .contains("identifiant ou le mot de passe")
    );
    assert!(browser_text(&claire).await.contains("ne répond pas"));
}

async fn browser_text(browser: &Browser) -> String {
    browser.get(DESK).await.text()
}
