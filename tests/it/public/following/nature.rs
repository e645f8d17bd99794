//! A request that becomes a complaint, with its original date.

use chrono::{NaiveDate, TimeDelta};
use reclamations::journal;

use crate::public::following::{TODAY, confirm, open};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::filing::{REQUEST, Receipt, file};

/// What the database holds of the only case: nature, status, next date, answer due.
pub(super) async fn row(app: &TestApp) -> (String, String, NaiveDate, Option<NaiveDate>) {
    let sql = "SELECT nature, status, next_due_on::text, answer_due_on::text FROM cases \
               JOIN legal_dates ON case_id = id";
    let rows = app.database.rows(sql).await;
    let row = rows.first().unwrap();
    (
        row.get(0),
        row.get(1),
        day(row.get(2)),
        row.get::<_, Option<&str>>(3).map(day),
    )
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The last e-mail for this purpose.
pub(super) async fn mail(app: &TestApp, purpose: &str) -> String {
    let sql = format!("SELECT body FROM outbox WHERE purpose = '{purpose}' ORDER BY id DESC");
    app.database.rows(&sql).await.first().unwrap().get(0)
}

pub(super) async fn opened(app: &TestApp, receipt: &Receipt) -> Browser {
    let browser = app.browser();
    open(&browser, receipt).await.location();
    browser
}

async fn is_shown_as_complaint(person: &Browser) {
    let page = person.get("/suivi/dossier").await;
    assert_eq!(page.texts("h1"), ["Votre réclamation est bien reçue"]);
    let text = page.text();
    assert!(
        text.contains("La demande devient une réclamation (Vous)"),
        "{text}"
    );
    assert!(text.contains("Demande d’information déposée"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_becomes_a_complaint_with_its_original_date() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &REQUEST).await;
    app.state.clock.advance(TimeDelta::days(5));
    let person = opened(&app, &receipt).await;
    let page = person.get("/suivi/dossier").await;
    let way = page.attribute("a[href$=reclamation]", "href").unwrap();
    let asked = person.get(&way).await.text();
    assert!(asked.contains("mardi 30 juin 2026"), "{asked}");
    assert_eq!(
        row(&app).await.0,
        "information_request",
        "nothing is done yet"
    );
    for _ in 0..10 {
        let csrf = person.get("/suivi/dossier").await.value("csrf");
        let done = person.post(&way, &[("csrf", &csrf)]).await;
        assert_eq!(done.location(), "/suivi/dossier?fait=reclamation");
    }
    // The dates of the vectors for 30 April 2026, as if it had been a complaint from the start.
    let expected = (
        "complaint".to_owned(),
        "received".to_owned(),
        day("2026-05-15"),
        Some(day("2026-06-30")),
    );
    assert_eq!(row(&app).await, expected);
    let n: i64 = app
        .database
        .rows("SELECT count(*) FROM requalifications")
        .await[0]
        .get(0);
    assert_eq!(n, 1, "ten sendings, one act");
    let mail = mail(&app, "acknowledgement").await;
    assert!(mail.contains("Depuis le 5\u{a0}mai\u{a0}2026"), "{mail}");
    assert!(
        mail.contains("Reçue le\u{202f}: 30\u{a0}avril\u{a0}2026"),
        "{mail}"
    );
    assert!(
        !mail.contains("vélo"),
        "the address is not confirmed: {mail}"
    );
    is_shown_as_complaint(&person).await;
    let mut conn = app.database.conn().await;
    journal::verify(&mut conn).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_converted_late_is_owed_its_answer_at_once_and_blames_nobody() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &REQUEST).await;
    confirm(&app, &receipt).await;
    app.state.clock.advance(TimeDelta::days(90));
    let person = opened(&app, &receipt).await;
    let way = "/suivi/dossier/reclamation";
    let asked = person.get(way).await.text();
    assert!(
        asked.contains("sans attendre, car le délai de deux mois"),
        "{asked}"
    );
    person.fill(way, &[]).await.location();
    let text = person.get("/suivi/dossier").await.text();
    assert!(
        text.contains("quand votre demande est devenue une réclamation"),
        "{text}"
    );
    assert!(
        !text.contains("Au plus tard le") && !text.contains("pas tenu le délai"),
        "{text}"
    );
    let mail = mail(&app, "acknowledgement").await;
    assert!(
        mail.contains("Sans attendre\u{202f}: notre réponse motivée"),
        "{mail}"
    );
    assert!(
        mail.contains("/suivi/lien/") && !mail.contains("/suivi/confirmation/"),
        "{mail}"
    );
    assert_eq!(
        row(&app).await.2,
        day("2026-05-15"),
        "first in the list of staff"
    );
}
