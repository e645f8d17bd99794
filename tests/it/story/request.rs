//! An information request: the short path, the queue of the *Service client*, no legal clock.

use crate::story::{FILED_AT, act, journal_is_whole, wait_until_answered};
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
