//! A lost code: one answer for all, a few e-mails a day, a new code that closes the old one.

use std::time::Instant;

use chrono::TimeDelta;
use reclamations::journal;

use crate::public::following::{ADDRESS, TODAY, confirm, open};
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::filing::{COMPLAINT, Receipt, file};

async fn tell(browser: &Browser, reference: &str, email: &str) -> Page {
    let typed = [("reference", reference), ("email", email)];
    browser.fill("/suivi/code-perdu", &typed).await
}

/// The e-mails about lost codes, oldest first.
async fn mails(app: &TestApp) -> Vec<String> {
    let sql = "SELECT body FROM outbox WHERE purpose = 'lost_code' ORDER BY id";
    let rows = app.database.rows(sql).await;
    rows.iter().map(|row| row.get(0)).collect()
}

/// The path of the link to a new code in an e-mail.
fn path(app: &TestApp, mail: &str) -> String {
    let line = mail
        .lines()
        .find(|line| line.contains("/suivi/nouveau-code/"))
        .unwrap();
    line.strip_prefix(&app.address).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_is_the_same_whatever_is_known() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let browser = app.browser();
    let mut told = Vec::new();
    for (reference, email) in [
        (receipt.reference.as_str(), ADDRESS),
        (&receipt.reference, "autre@example.org"),
        ("ASK-2026-999999-A", ADDRESS),
        ("n’importe quoi", ADDRESS),
    ] {
        let started = Instant::now();
        let page = tell(&browser, reference, email).await;
        assert!(started.elapsed() >= app.state.staff_limits().refusal_takes);
        assert_eq!(page.status, 200, "{reference}");
        assert!(!page.body.contains(email), "nothing is told back");
        told.push(page.texts("main"));
    }
    assert!(told.windows(2).all(|two| two[0] == two[1]), "{told:#?}");
    assert_eq!(mails(&app).await.len(), 1);

    let empty = tell(&browser, " ", "pas une adresse").await;
    assert_eq!(empty.status, 422);
    assert_eq!(empty.texts(".error-summary li").len(), 2);
    assert_eq!(empty.value("email"), "pas une adresse");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_nobody_confirmed_gets_no_code() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    tell(&app.browser(), &receipt.reference, ADDRESS).await;
    let mails = mails(&app).await;
    let [mail] = mails.as_slice() else {
        panic!("{mails:?}")
    };
    assert!(mail.contains("/suivi/confirmation/"), "{mail}");
    assert!(!mail.contains("/suivi/nouveau-code/") && !mail.contains("/suivi/lien/"));
}

/// Obtains a new code by the link, ten times over: the reference and the one code shown.
async fn renew(person: &Browser, path: &str) -> [String; 2] {
    let csrf = person.get("/suivi").await.value("csrf");
    let mut shown = Vec::new();
    for _ in 0..10 {
        let made = person.post(path, &[("csrf", &csrf)]).await;
        assert_eq!(made.status, 200, "{}", made.text());
        assert_eq!(made.headers.get("cache-control").unwrap(), "no-store");
        shown.push(made.texts(".receipt .code"));
    }
    shown.dedup();
    assert_eq!(shown.len(), 1, "one code: {shown:?}");
    shown.remove(0).try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_code_is_shown_once_made_and_closes_the_old_one() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    confirm(&app, &receipt).await;
    let old = app.browser();
    open(&old, &receipt).await.location();
    // However the address is written.
    tell(
        &app.browser(),
        &receipt.reference,
        "Jeanne.LEFEVRE@example.org",
    )
    .await;
    let mail = mails(&app).await.pop().unwrap();
    assert!(!mail.contains(&receipt.code), "{mail}");
    let path = path(&app, &mail);

    let person = app.browser();
    for _ in 0..10 {
        let asked = person.get(&path).await;
        assert_eq!(asked.texts("h1"), ["Obtenir un nouveau code d’accès"]);
        assert!(
            !asked.body.contains(&receipt.reference),
            "GET shows nothing"
        );
    }
    assert_eq!(
        old.get("/suivi/dossier").await.status,
        200,
        "GET does nothing"
    );
    let [reference, code] = renew(&person, &path).await;
    let renewed = Receipt { reference, code };
    assert_eq!(renewed.reference, receipt.reference);
    assert_ne!(renewed.code, receipt.code);
    assert_eq!(person.get("/suivi/dossier").await.status, 200);
    assert_eq!(
        old.get("/suivi/dossier").await.location(),
        "/suivi?avis=expire"
    );
    assert_eq!(open(&app.browser(), &receipt).await.status, 422);
    open(&app.browser(), &renewed).await.location();

    let sql = "SELECT kind FROM journal_events WHERE kind LIKE 'code.%' ORDER BY seq";
    let kinds: Vec<String> = app
        .database
        .rows(sql)
        .await
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert_eq!(kinds, ["code.lost", "code.renewed"]);
    let mut conn = app.database.conn().await;
    journal::verify(&mut conn).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_mails_a_day_and_a_few_tries_a_quarter() {
    let app = TestApp::spawn_with(TODAY, &["--guesses-per-quarter", "5"]).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    confirm(&app, &receipt).await;
    for _ in 0..5 {
        let page = tell(&app.browser(), &receipt.reference, ADDRESS).await;
        assert_eq!(
            page.status, 200,
            "the same answer once the mails are used up"
        );
    }
    assert_eq!(mails(&app).await.len(), 3);
    assert_eq!(
        tell(&app.browser(), &receipt.reference, ADDRESS)
            .await
            .status,
        429
    );
    app.state.clock.advance(TimeDelta::hours(25));
    tell(&app.browser(), &receipt.reference, ADDRESS).await;
    let sent = mails(&app).await;
    assert_eq!(sent.len(), 4);
    // The first link is over; the last one works.
    let browser = app.browser();
    assert_eq!(browser.get(&path(&app, &sent[0])).await.status, 410);
    assert_eq!(browser.get(&path(&app, &sent[3])).await.status, 200);
}
