//! What cannot be kept now comes back with all that was typed.

use std::time::Duration;

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::db::Pool;

use crate::public::following::TODAY;
use crate::public::following::person::{Person, complaint, count};
use crate::support::app::TestApp;
use crate::support::cases::By;
use crate::support::database::TestDatabase;
use crate::support::wire::Wire;

const HOW_MANY: &str = "SELECT count(*) FROM messages WHERE kind = 'from_person'";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_left_open_too_long_loses_nothing() {
    let (app, _staff, person) = complaint().await;
    let page = person.page().await;
    let (csrf, form) = (page.value("csrf"), page.value("envoi"));
    app.state.clock.advance(TimeDelta::hours(3));
    let typed = [
        ("csrf", csrf.as_str()),
        ("envoi", form.as_str()),
        ("message", "Longuement\r\nréfléchi."),
    ];
    let path = "/suivi/dossier/message";
    let asked = person.browser.post(path, &typed).await;
    assert_eq!(asked.status, 403);
    assert_eq!(asked.texts("h1"), ["Votre dossier s’est refermé"]);
    assert_eq!(asked.texts("textarea#message"), ["Longuement réfléchi."]);
    assert_eq!(asked.value("envoi"), form);
    let code = person.receipt.code.clone();
    for (code, status) in [("", 422), ("AAAA-BBBB-CCCC", 422), (code.as_str(), 303)] {
        let key = [
            ("dossier_reference", person.receipt.reference.as_str()),
            ("dossier_code", code),
        ];
        let fields = [&typed[..], &key].concat();
        let sent = person.browser.post(path, &fields).await;
        assert_eq!(sent.status, status, "{}", sent.text());
        if status == 422 {
            assert_eq!(sent.texts("textarea#message"), ["Longuement réfléchi."]);
        }
    }
    assert_eq!(count(&app, HOW_MANY).await, 1);
    assert_eq!(
        person.page().await.texts(".thread .text").len(),
        1,
        "open again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_in_an_hour_waits_and_nothing_is_lost() {
    let app = TestApp::spawn_with(TODAY, &["--case-acts-per-hour", "2"]).await;
    let person = Person::of_case(&app, Nature::Complaint, By::Post).await;
    for text in ["Un.", "Deux."] {
        person.write(text).await.location();
    }
    let stopped = person.write("Trois.").await;
    assert_eq!(stopped.status, 429);
    assert!(stopped.headers.contains_key("retry-after"));
    assert_eq!(stopped.texts("textarea#message"), ["Trois."]);
    app.state.clock.advance(TimeDelta::hours(1));
    let person = Person::opening(&app, person.receipt.clone()).await;
    person.write("Trois.").await.location();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_database_the_message_comes_back_and_counts_once() {
    let database = TestDatabase::new().await;
    let url = database.url().await;
    let wire = Wire::to(&url).await;
    let pool = Pool::new(&wire.url(&url), 4, Duration::from_secs(5)).unwrap();
    let app = TestApp::spawn_on(database, pool, TODAY, &[]);
    let person = Person::of_case(&app, Nature::Complaint, By::Post).await;
    let page = person.page().await;
    let (csrf, form) = (page.value("csrf"), page.value("envoi"));
    let typed = [
        ("csrf", csrf.as_str()),
        ("envoi", form.as_str()),
        ("message", "Écrit avec soin."),
    ];
    wire.cut();
    let away = person.browser.post("/suivi/dossier/message", &typed).await;
    assert_eq!(away.status, 503);
    assert_eq!(away.texts("textarea#message"), ["Écrit avec soin."]);
    wire.mend();
    let again = [
        ("csrf", away.value("csrf")),
        ("envoi", away.value("envoi")),
        ("message", "Écrit avec soin.".to_owned()),
    ];
    let again: Vec<(&str, &str)> = again.iter().map(|(n, v)| (*n, v.as_str())).collect();
    for _ in 0..2 {
        let sent = person.browser.post("/suivi/dossier/message", &again).await;
        assert_eq!(sent.location(), "/suivi/dossier?fait=message");
    }
    assert_eq!(count(&app, HOW_MANY).await, 1);
}
