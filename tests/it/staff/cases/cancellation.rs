//! The minute after an answer was sent: it can be taken back whole, or it has left.

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::mail::outbox;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

const WHOLE: [(&str, &str); 6] = [
    ("introduction", "Nous avons relu votre dossier."),
    ("grief-1", "La résiliation tarde."),
    ("position-1", "accepted"),
    ("motifs-1", "Votre lettre est bien arrivée à temps."),
    ("issue", "upheld"),
    ("faire", "envoyer"),
];

/// What makes a sent answer of a draft: its columns, and that its letter is made.
const SENT: [&str; 8] = [
    "- case_files",
    "- uploads",
    "answers.state",
    "answers.signatory_id",
    "answers.dated_on",
    "answers.letter",
    "answers.sent_at",
    "answers.held_until",
];

async fn sent(by: By) -> (TestApp, Browser, String) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, by).await;
    let sent = browser.act(&reference, "reponse", &WHOLE).await;
    assert!(
        sent.location().ends_with("?fait=reponse/envoi"),
        "{}",
        sent.text()
    );
    (app, browser, reference)
}

async fn cancel(app: &TestApp, browser: &Browser, reference: &str) -> Page {
    let answer: i64 = only(app, "SELECT max(id) FROM answers").await;
    let id = answer.to_string();
    browser
        .act(reference, "reponse/annulation", &[("reponse", &id)])
        .await
}

async fn only<T>(app: &TestApp, sql: &str) -> T
where
    T: for<'a> tokio_postgres::types::FromSql<'a>,
{
    app.database.rows(sql).await.first().unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_held_back_is_taken_out_of_the_outbox() {
    let (app, browser, reference) = sent(By::Email).await;
    let page = browser.case(&reference).await.text();
    assert!(page.contains("jusqu’à 10 h 01 min 00 s"), "{page}");
    let mut conn = app.database.conn().await;
    let claimed = outbox::claim(&mut conn, app.now(), 20, true).await.unwrap();
    assert!(claimed.iter().all(|email| email.purpose != "answer"));

    let before = app.snapshot(&reference).await;
    let done = cancel(&app, &browser, &reference).await;
    assert!(done.location().ends_with("?fait=reponse/annulation"));
    let changed = [&SENT[..], &["answers.outbox_id", "- outbox"]].concat();
    app.assert_changed(&before, &["answer.cancelled"], &changed)
        .await;
    let page = browser.get(done.location()).await;
    assert!(page.text().contains("de nouveau un brouillon"));
    assert!(!page.text().contains("Annuler l’envoi"));
    assert!(page.text().contains("Envoi de la réponse annulé à temps"));
    let path = format!("/gestion/dossiers/{reference}/reponse");
    let editor = browser.get(&path).await;
    assert_eq!(
        editor.texts("textarea#motifs-1"),
        ["Votre lettre est bien arrivée à temps."]
    );

    // The same button pressed twice did one thing; and what is a draft can be sent again.
    let before = app.snapshot(&reference).await;
    let again = cancel(&app, &browser, &reference).await;
    assert!(again.location().ends_with("?fait=reponse/annulation"));
    app.assert_changed(&before, &[], &[]).await;
    let resent = browser.act(&reference, "reponse", &WHOLE).await;
    assert!(resent.location().ends_with("?fait=reponse/envoi"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_comes_off_the_list_and_what_the_person_wrote_waits_again() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let wrote = "UPDATE cases SET person_wrote_at = '2026-04-30T07:00:00Z' RETURNING id";
    app.database.rows(wrote).await;
    browser.act(&reference, "reponse", &WHOLE).await.location();
    let silent = "SELECT count(*) FROM cases WHERE person_wrote_at IS NULL";
    assert_eq!(only::<i64>(&app, silent).await, 1);

    let before = app.snapshot(&reference).await;
    cancel(&app, &browser, &reference).await.location();
    let undone = [
        "answers.person_wrote_at",
        "cases.person_wrote_at",
        "postal_tasks.dropped_at",
    ];
    let changed = [&SENT[..], &undone].concat();
    app.assert_changed(&before, &["answer.cancelled"], &changed)
        .await;
    let waits = "SELECT count(*) FROM cases WHERE person_wrote_at = '2026-04-30T07:00:00Z'";
    assert_eq!(only::<i64>(&app, waits).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn once_a_worker_has_the_e_mail_it_leaves() {
    let (app, browser, reference) = sent(By::Email).await;
    let taken = "UPDATE outbox SET n_attempts = 1 WHERE purpose = 'answer' RETURNING id";
    app.database.rows(taken).await;
    let before = app.snapshot(&reference).await;
    let late = cancel(&app, &browser, &reference).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("La réponse est déjà partie"));
    app.assert_changed(&before, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_minute_the_answer_is_immutable() {
    let (app, browser, reference) = sent(By::Email).await;
    app.state.clock.advance(TimeDelta::seconds(60));
    let page = browser.case(&reference).await;
    assert!(!page.text().contains("Annuler l’envoi"));
    let before = app.snapshot(&reference).await;
    let late = cancel(&app, &browser, &reference).await;
    assert_eq!(late.status, 409);
    app.assert_changed(&before, &[], &[]).await;
    let mut conn = app.database.conn().await;
    let claimed = outbox::claim(&mut conn, app.now(), 20, true).await.unwrap();
    assert!(claimed.iter().any(|email| email.purpose == "answer"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_sent_again_bears_the_date_of_the_last_sending() {
    let (app, browser, reference) = sent(By::Email).await;
    cancel(&app, &browser, &reference).await.location();
    app.state.clock.advance(TimeDelta::minutes(10));
    browser.act(&reference, "reponse", &WHOLE).await.location();
    let page = browser.case(&reference).await;
    let entries = page.texts(".message.ours").join("|");
    assert!(entries.contains("Réponse motivée"), "{entries}");
    let moments = page.attributes(".message.ours time", "datetime").join(" ");
    assert!(moments.contains("08:10:00Z"), "{moments}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_another_case_is_not_there() {
    let (app, browser, _) = sent(By::Email).await;
    let other = app.case(Nature::Complaint, By::Post).await;
    assert_eq!(cancel(&app, &browser, &other).await.status, 404);
}
