//! The ledger of e-mails, trying one anew that failed, and trying a relay.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::story::wait_until_told;
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;
use crate::support::smtp::{Received, SmtpServer, free_port};

const AT: &str = "2026-04-30T08:00:00Z";
const LEDGER: &str = "/gestion/courriels";
const RELAY: &str = "/gestion/reglages/relais";

/// A site whose relay refused the acknowledgement of a complaint for good, and a supervisor.
async fn refused() -> (TestApp, Browser, String, u16) {
    let port = free_port();
    let server = SmtpServer::listen(port, &["--size", "200"]).await.unwrap();
    let app = TestApp::spawn_with(AT, &["--relay", &server.url()]).await;
    let claire = app.browser();
    app.colleague(&claire, "Claire Morvan", Role::Supervisor)
        .await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let background = app.start_background();
    wait_until_told(&app, &claire, "/gestion/courriels?etat=echecs", "552").await;
    background.finish().await;
    (app, claire, reference, port)
}

/// Where the acknowledgement is tried anew; the notice to its handler has failed too.
async fn retry_of_acknowledgement(app: &TestApp) -> String {
    let mails = "SELECT id FROM outbox WHERE purpose = 'acknowledgement'";
    let rows = app.database.rows(mails).await;
    let id: i64 = rows.first().unwrap().get(0);
    format!("{LEDGER}/{id}/essai")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_tried_anew_and_makes_its_letter_needless() {
    let (app, claire, reference, port) = refused().await;
    let case = claire.case(&reference).await.text();
    assert!(case.contains("À envoyer par courrier"), "{case}");

    let before = app.snapshot(&reference).await;
    let ledger = claire.get("/gestion/courriels?etat=echecs").await;
    assert!(ledger.text().contains("jeanne@example.org"));
    assert!(ledger.text().contains(&reference));
    let action = retry_of_acknowledgement(&app).await;
    let csrf = ledger.value("csrf");
    let sent = claire.post(&action, &[("csrf", &csrf)]).await;
    assert_eq!(sent.location(), "/gestion/courriels?fait=essai");
    app.assert_changed(
        &before,
        &["mail.retried"],
        &[
            "outbox.state",
            "outbox.failed_at",
            "outbox.last_error",
            "outbox.n_attempts",
            "outbox.tried_since",
            "outbox.next_attempt_at",
        ],
    )
    .await;
    let again = claire.post(&action, &[("csrf", &csrf)]).await;
    assert_eq!(again.status, 409);
    assert!(again.text().contains("déjà de nouveau en attente"));

    let server = SmtpServer::listen(port, &[]).await.unwrap();
    let background = app.start_background();
    wait_until_told(&app, &claire, "/gestion/courriels?etat=remis", &reference).await;
    background.finish().await;
    let received = server.wait_for(1).await;
    let theirs = |mail: &&Received| mail.header("X-RcptTo") == Some("jeanne@example.org");
    assert_eq!(received.iter().filter(theirs).count(), 1);
    let case = claire.case(&reference).await.text();
    assert!(case.contains("Accusé remis"), "{case}");
    assert!(case.contains("Lettre devenue inutile"), "{case}");
    assert!(case.contains("Courriel à nouveau tenté"), "{case}");
    let waiting = "SELECT id FROM postal_tasks WHERE done_on IS NULL AND dropped_at IS NULL";
    assert!(app.database.rows(waiting).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lost_its_use_or_its_address_is_not_tried_anew() {
    let (app, claire, reference, _port) = refused().await;
    let ledger = claire.get("/gestion/courriels?etat=echecs").await;
    let action = retry_of_acknowledgement(&app).await;
    let csrf = ledger.value("csrf");
    let retry = async || claire.post(&action, &[("csrf", &csrf)]).await;

    let elsewhere = "UPDATE filings SET email = 'jeanne.lefevre@example.org'";
    app.database.run(elsewhere).await;
    let refused = retry().await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("a changé depuis cet envoi"));
    app.database
        .run("UPDATE filings SET email = 'jeanne@example.org'")
        .await;

    let posted = [("date", "30/04/2026")];
    claire.act(&reference, "accuse-par-courrier", &posted).await;
    let before = app.snapshot(&reference).await;
    let refused = retry().await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("une lettre est partie à sa place"));
    app.assert_changed(&before, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_the_emails_of_a_case_they_may_not_see() {
    let (app, _claire, reference, _port) = refused().await;
    let alix = app.browser();
    app.colleague(&alix, "Alix Petit", Role::Handler).await;
    assert!(alix.get(LEDGER).await.text().contains(&reference));
    let barred = "INSERT INTO case_bars (case_id, account_id, barred_by, barred_at)
                  SELECT cases.id, staff_accounts.id, 1, received_at FROM cases, staff_accounts
                  WHERE display_name = 'Alix Petit'";
    app.database.run(barred).await;
    let ledger = alix.get(LEDGER).await;
    assert!(!ledger.text().contains(&reference));
    assert!(!ledger.text().contains("jeanne@example.org"));
    let action = retry_of_acknowledgement(&app).await;
    let csrf = alix.get("/gestion").await.value("csrf");
    let refused = alix.post(&action, &[("csrf", &csrf)]).await;
    assert_eq!(refused.status, 404);
    let auditor = app.browser();
    app.colleague(&auditor, "Odile Renard", Role::Auditor).await;
    let ledger = auditor.get(LEDGER).await;
    assert!(ledger.text().contains(&reference));
    assert_eq!(ledger.attribute("td form", "action"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_is_tried_before_it_serves_and_nothing_is_kept() {
    let app = TestApp::spawn_at(AT).await;
    let admin = app.browser();
    app.first_administrator(&admin).await;
    let server = SmtpServer::start().await;
    let (_, port) = server
        .url()
        .rsplit_once(':')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let trial = [
        ("serveur", "127.0.0.1"),
        ("port", port.as_str()),
        ("chiffrement", "aucun"),
        ("destinataire", "moi@example.org"),
    ];
    let tried = admin.fill(RELAY, &trial).await;
    assert_eq!(tried.status, 200);
    for told in [
        "L’essai est parti",
        "Connexion non chiffrée.",
        "Les adresses accentuées sont acceptées.",
        "RECLAMATIONS_RELAY=smtp://127.0.0.1:",
    ] {
        assert!(tried.text().contains(told), "{told} in {}", tried.text());
    }
    let received = server.wait_for(1).await.remove(0);
    assert_eq!(received.header("X-RcptTo"), Some("moi@example.org"));
    assert_eq!(received.header("Auto-Submitted"), Some("auto-generated"));
    let rows = app.database.rows("SELECT id FROM outbox").await;
    assert!(rows.is_empty(), "nothing is queued");
    let journal = admin.get("/gestion/journal?genre=courriels").await.text();
    assert!(journal.contains("l’essai est parti"), "{journal}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_does_not_take_it_says_what_to_check() {
    let app = TestApp::spawn_at(AT).await;
    let admin = app.browser();
    app.first_administrator(&admin).await;
    let port = free_port().to_string();
    let tried = admin.fill(RELAY, &with("port", &port)).await;
    let page = tried.text();
    assert!(page.contains("Le relais est injoignable."), "{page}");
    assert!(page.contains("Vérifiez le nom du serveur"), "{page}");
    for (field, value, told) in WRONG {
        let refused = admin.fill(RELAY, &with(field, value)).await;
        assert_eq!(refused.status, 422, "{field}={value}");
        let page = refused.text();
        assert!(page.contains(told), "{told} in {page}");
        let typed = refused.attributes("input", "value");
        assert!(!typed.contains(&"tres-secret".to_owned()), "{field}");
    }
    let handler = app.browser();
    app.colleague(&handler, "Alix Petit", Role::Handler).await;
    assert_eq!(handler.get(RELAY).await.status, 403);
}

/// What is wrong, in which field, and what the page says of it.
const WRONG: &[(&str, &str, &str)] = &[
    ("serveur", "smtp://relay.example.org", "sans « smtp://"),
    ("serveur", "", "Indiquez le nom du serveur"),
    ("port", "0", "un port entre 1 et 65535"),
    ("chiffrement", "rien", "Choisissez le chiffrement"),
    ("destinataire", "moi", "Indiquez votre adresse"),
];

/// The fields of a trial through a relay of this machine, one of them changed.
fn with<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("serveur", "127.0.0.1"),
        ("chiffrement", "starttls"),
        ("identifiant", "asekkey"),
        ("mot_de_passe", "tres-secret"),
        ("destinataire", "moi@example.org"),
    ];
    fields.retain(|(name, _)| *name != field);
    fields.push((field, value));
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desks_of_letters_and_emails_take_eight_statements_at_most() {
    let database = TestDatabase::new().await;
    let counter = Counter::default();
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, AT, &[]);
    let claire = app.browser();
    app.colleague(&claire, "Claire Morvan", Role::Supervisor)
        .await;
    app.case(Nature::Complaint, By::Email).await;
    app.case(Nature::Complaint, By::Post).await;
    for path in [LEDGER, "/gestion/courriels/recus", "/gestion/lettres"] {
        claire.get(path).await;
        counter.take();
        assert_eq!(claire.get(path).await.status, 200);
        let n_statements = counter.take();
        assert!(n_statements <= 8, "{path}: {n_statements}");
    }
}
