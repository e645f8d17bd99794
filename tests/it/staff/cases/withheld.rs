//! E-mails that waited with content when a case was said to hold sensitive data.

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::cases::By;
use crate::support::smtp::{Received, SmtpServer};

const AT: &str = "2026-04-30T08:00:00Z";

const ANSWER: [(&str, &str); 5] = [
    ("grief-1", "La prise en charge de la dialyse."),
    ("position-1", "accepted"),
    ("motifs-1", "Votre dialyse est bien couverte."),
    ("issue", "upheld"),
    ("faire", "envoyer"),
];

#[tokio::test(flavor = "multi_thread")]
async fn they_leave_as_notices() {
    let smtp = SmtpServer::start().await;
    let app = TestApp::spawn_with(AT, &["--relay", &smtp.url()]).await;
    let browser = app.browser();
    app.colleague(&browser, "Idriss Benali", Role::Supervisor)
        .await;
    let facts = "Ma dialyse n’est pas remboursée.";
    let reference = app.case_telling(Nature::Complaint, By::Email, facts).await;
    app.confirm_address(&reference).await;
    let said = [("message", "Votre dialyse sera remboursée.")];
    browser.act(&reference, "message", &said).await.location();
    browser.act(&reference, "reponse", &ANSWER).await.location();
    let full = "SELECT count(*) FROM outbox WHERE body LIKE '%dialyse%'";
    let n_full: i64 = app.database.rows(full).await[0].get(0);
    assert_eq!(n_full, 3, "the copy, the message, the answer");

    let before = app.snapshot(&reference).await;
    let why = [("motif", "Données de santé.")];
    browser
        .act(&reference, "donnees-sensibles", &why)
        .await
        .location();
    let changes = [
        "cases.is_sensitive",
        "+ motives",
        "- outbox",
        "outbox.body",
        "outbox.enclosed",
        "outbox.origin",
    ];
    app.assert_changed(&before, &["case.sensitive"], &changes)
        .await;

    let background = app.start_background();
    app.state.clock.advance(TimeDelta::seconds(61));
    app.state.outbox_bell.notify_one();
    let received = smtp.wait_for(3).await;
    background.finish().await;
    let subjects: Vec<&str> = received.iter().map(Received::subject).collect();
    assert_eq!(received.len(), 3, "{subjects:?}");
    for mail in &received {
        assert!(!mail.body.contains("dialyse"), "{}", mail.body);
        assert!(mail.enclosed.is_none(), "{}", mail.body);
        assert!(!mail.body.contains("n’a pas encore été"), "{}", mail.body);
    }
    let notices = received.iter().filter(|mail| {
        let body = mail.body.split_whitespace().collect::<Vec<_>>().join(" ");
        body.contains("vous attend sur la page de suivi de votre dossier")
    });
    assert_eq!(notices.count(), 2, "{subjects:?}");
}
