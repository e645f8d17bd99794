//! An information request: the short path, the queue of the *Service client*, no legal clock.

use chrono::TimeDelta;

use crate::story::{FILED_AT, act, journal_is_whole, wait_until_answered, wait_until_told};
use crate::support::app::TestApp;
use crate::support::filing::{REQUEST, file};
use crate::support::smtp::SmtpServer;

#[tokio::test(flavor = "multi_thread")]
async fn an_information_request_goes_to_the_customer_service() {
    let smtp = SmtpServer::start().await;
    let app = TestApp::spawn_with(FILED_AT, &["--relay", &smtp.url()]).await;
    let background = app.start_background();
    let receipt = file(&app.browser(), &REQUEST).await;

    let mails = smtp.wait_for(2).await;
    let to = |address: &str| {
        let found = mails
            .iter()
            .find(|mail| mail.header("To").unwrap().contains(address));
        assert!(found.is_some(), "nothing to {address}");
        found.unwrap()
    };
    let notice = to("contact@asekkey.fr");
    assert!(notice.body.contains(&receipt.reference));
    for secret in ["vélo", "Lefèvre", "jeanne"] {
        assert!(!notice.body.contains(secret), "{secret}");
    }
    let mine = to("jeanne.lefevre@example.org");
    assert!(
        mine.body.contains("aucun délai réglementaire"),
        "{}",
        mine.body
    );

    let staff = app.browser();
    app.first_administrator(&staff).await;
    let queue = staff.get("/gestion?liste=service-client").await;
    assert!(
        queue.text().contains(&receipt.reference),
        "{}",
        queue.text()
    );
    let case = format!("/gestion/dossiers/{}", receipt.reference);
    let reply = [
        ("message", "Une facture et le numéro gravé suffisent."),
        ("role", "reponse"),
    ];
    act(&staff, &case, "message", &reply).await;
    smtp.wait_for(3).await;
    wait_until_answered(&app, &staff, &case).await;
    act(&staff, &case, "cloture", &[]).await;
    background.finish().await;
    journal_is_whole(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_made_a_complaint_is_acknowledged_and_answered_by_its_first_day() {
    let smtp = SmtpServer::start().await;
    let app = TestApp::spawn_with(FILED_AT, &["--relay", &smtp.url()]).await;
    let background = app.start_background();
    let person = app.browser();
    let receipt = file(&person, &REQUEST).await;
    let receipts = smtp.wait_for(2).await;
    let link = receipts
        .iter()
        .find_map(|mail| mail.link("/suivi/confirmation/"));
    let path = link.unwrap().strip_prefix(&app.address).unwrap();
    person.fill(path, &[]).await.location();
    smtp.wait_for(3).await;

    app.state.clock.advance(TimeDelta::days(4));
    let staff = app.browser();
    app.first_administrator(&staff).await;
    let case = format!("/gestion/dossiers/{}", receipt.reference);
    let motive = [("motif", "Vous dites votre mécontentement du délai.")];
    act(&staff, &case, "reclamation", &motive).await;
    let acknowledgement = smtp.wait_for(4).await.remove(3);
    let subject = format!(
        "Accusé de réception de votre réclamation {}",
        receipt.reference
    );
    assert_eq!(acknowledgement.subject(), subject);
    let body = acknowledgement.body.replace('\u{a0}', " ");
    for date in ["30 avril 2026", "30 juin 2026", "30 avril 2027"] {
        assert!(body.contains(date), "{date} in {body}");
    }
    wait_until_told(&app, &staff, &case, "Accusé remis").await;
    let text = staff.get(&case).await.text();
    assert!(
        text.contains("mardi 30 juin 2026"),
        "counted from its first day: {text}"
    );
    background.finish().await;
    journal_is_whole(&app).await;
}
