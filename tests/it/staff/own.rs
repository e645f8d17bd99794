//! `/gestion/mon-compte`: password, sessions, recovery codes, absences.

use chrono::TimeDelta;
use reclamations::staff::Role;
use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;
use crate::support::totp::{Colleague, PASSWORD};

const AT: &str = "2026-04-30T08:00:00Z";
const OWN: &str = "/gestion/mon-compte";
const NEXT: &str = "sept nuages sur le lac";

async fn site() -> (TestApp, Browser, Colleague) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    let who = app.colleague(&browser, "Alix Petit", Role::Handler).await;
    (app, browser, who)
}

async fn send(browser: &Browser, part: &str, fields: &[(&str, &str)]) -> Page {
    let csrf = browser.get(OWN).await.value("csrf");
    let fields = [&[("csrf", csrf.as_str())], fields].concat();
    browser.post(&format!("{OWN}/{part}"), &fields).await
}

async fn is_in(browser: &Browser) -> bool {
    browser.get("/gestion/inconnu").await.status == StatusCode::NOT_FOUND
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_closes_the_other_sessions_and_is_one_line() {
    let (app, browser, who) = site().await;
    let home = app.browser();
    app.sign_in(&home, &who).await;
    let before = app.system_lines().await;
    let fields = [("current", PASSWORD), ("password", NEXT), ("again", NEXT)];
    let done = send(&browser, "mot-de-passe", &fields).await;
    assert_eq!(done.location(), "/gestion/mon-compte?fait=mot-de-passe");
    assert_eq!(
        app.added_lines(&before).await,
        ["staff:1 account.password_changed account=1"]
    );
    assert!(is_in(&browser).await && !is_in(&home).await);

    let old = [("email", who.email.as_str()), ("password", PASSWORD)];
    let refused = home.fill("/gestion/connexion", &old).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = [("email", who.email.as_str()), ("password", NEXT)];
    let accepted = home.fill("/gestion/connexion", &new).await;
    assert_eq!(accepted.location(), "/gestion/connexion/code");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weak_password_is_told_why() {
    let (app, browser, _) = site().await;
    let before = app.system_lines().await;
    for (password, why) in [
        ("court", "12 caractères"),
        ("aaaaaaaaaaaaaa", "répète le même motif"),
        ("abcdefghijklm", "est une suite"),
        ("password1234", "premiers que l’on essaie"),
        ("alix est la meilleure", "ni votre nom"),
    ] {
        let fields = [
            ("current", PASSWORD),
            ("password", password),
            ("again", password),
        ];
        let page = send(&browser, "mot-de-passe", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
        let told = page.texts("#password-erreur").concat();
        assert!(told.contains(why), "{password}: {told}");
        assert!(!page.body.contains(password), "never shown again");
    }
    let fields = [
        ("current", "pas le bon"),
        ("password", NEXT),
        ("again", NEXT),
    ];
    let page = send(&browser, "mot-de-passe", &fields).await;
    assert_eq!(page.texts("#current-erreur").len(), 1);
    let fields = [
        ("current", PASSWORD),
        ("password", NEXT),
        ("again", "autre"),
    ];
    let page = send(&browser, "mot-de-passe", &fields).await;
    assert_eq!(page.texts("#again-erreur").len(), 1);
    assert_eq!(
        app.added_lines(&before).await,
        ["person signin.failed account=1 factor=password"],
        "a wrong present password counts as an attempt"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_and_closed_one_by_one_or_together() {
    let (app, browser, who) = site().await;
    let (home, train) = (app.browser(), app.browser());
    app.sign_in(&home, &who).await;
    app.sign_in(&train, &who).await;
    let page = browser.get(OWN).await;
    let listed = page.texts("#connexions ~ ul li");
    assert_eq!(listed.len(), 3);
    assert_eq!(
        listed.iter().filter(|one| one.contains("Celle-ci")).count(),
        1
    );
    assert!(
        listed.iter().all(|one| one.contains("127.0.0.1")),
        "{listed:?}"
    );

    let before = app.system_lines().await;
    let handle = page.value("connexion");
    let done = send(&browser, "connexions", &[("connexion", &handle)]).await;
    assert_eq!(done.location(), "/gestion/mon-compte?fait=connexion");
    let n_in = usize::from(is_in(&home).await) + usize::from(is_in(&train).await);
    assert_eq!(n_in, 1, "one of them is out");
    send(&browser, "connexions", &[("connexion", &handle)]).await;
    let closed = "staff:1 account.sessions_closed account=1";
    assert_eq!(
        app.added_lines(&before).await,
        [closed],
        "sent twice, done once"
    );

    send(&browser, "connexions", &[]).await;
    assert!(is_in(&browser).await && !is_in(&home).await && !is_in(&train).await);
    assert_eq!(app.added_lines(&before).await, [closed, closed]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_closes_the_session_of_someone_else() {
    let (app, browser, _) = site().await;
    let other = app.browser();
    app.colleague(&other, "Idriss Benali", Role::Supervisor)
        .await;
    let state = app.database.rows("SELECT state FROM staff_sessions").await;
    for row in &state {
        let state: serde_json::Value = serde_json::from_str(row.get(0)).unwrap();
        let arrival = state["arrival"].as_str().unwrap();
        let arrival: serde_json::Value = serde_json::from_str(arrival).unwrap();
        let handle = arrival["handle"].as_str().unwrap();
        send(&other, "connexions", &[("connexion", handle)]).await;
    }
    assert!(is_in(&browser).await, "whatever name the other gave");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_stands_for_the_telephone_once() {
    let (app, browser, who) = site().await;
    assert!(
        browser
            .get(OWN)
            .await
            .text()
            .contains("Il vous reste 10 codes")
    );
    app.state.clock.advance(TimeDelta::seconds(60));
    let before = app.system_lines().await;
    let password = [("email", who.email.as_str()), ("password", PASSWORD)];
    let code = who.recovery_codes[3].to_lowercase().replace('-', " ");
    let lost = app.browser();
    lost.fill("/gestion/connexion", &password).await;
    let done = lost
        .fill("/gestion/connexion/code", &[("code", &code)])
        .await;
    assert_eq!(done.location(), "/gestion/mon-compte?fait=secours");
    let page = lost.get(done.location()).await.text();
    assert!(page.contains("il ne sert plus") && page.contains("Il vous reste 9 codes"));
    assert_eq!(
        app.added_lines(&before).await,
        ["staff:1 signin.by_recovery_code account=1"]
    );

    let again = app.browser();
    again.fill("/gestion/connexion", &password).await;
    let refused = again
        .fill("/gestion/connexion/code", &[("code", &code)])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn new_recovery_codes_take_the_place_of_the_older_ones() {
    let (app, browser, who) = site().await;
    app.state.clock.advance(TimeDelta::seconds(60));
    let password = [("email", who.email.as_str()), ("password", PASSWORD)];
    let again = app.browser();
    again.fill("/gestion/connexion", &password).await;
    let wrong = send(&browser, "codes-de-secours", &[("current", "pas le bon")]).await;
    assert_eq!(wrong.texts("#codes-current-erreur").len(), 1);
    let made = send(&browser, "codes-de-secours", &[("current", PASSWORD)]).await;
    let codes = made.texts("li.code");
    assert_eq!(codes.len(), 10);
    assert!(!codes.contains(&who.recovery_codes[0]));
    let older = [("code", who.recovery_codes[0].as_str())];
    let refused = again.fill("/gestion/connexion/code", &older).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the older ones are dead"
    );
    let newer = [("code", codes[0].as_str())];
    let accepted = again.fill("/gestion/connexion/code", &newer).await;
    assert_eq!(accepted.location(), "/gestion/mon-compte?fait=secours");
    let kept = app
        .database
        .rows("SELECT code_digest FROM staff_recovery_codes")
        .await;
    assert!(kept.iter().all(|row| row.get::<_, &[u8]>(0).len() == 32));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_costs_at_most_eight_statements() {
    let counter = Counter::default();
    let database = TestDatabase::new().await;
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, AT, &[]);
    let browser = app.browser();
    app.colleague(&browser, "Alix Petit", Role::Handler).await;
    browser.get(OWN).await;
    counter.take();
    assert_eq!(browser.get(OWN).await.status, StatusCode::OK);
    let n_statements = counter.take();
    assert!((1..=8).contains(&n_statements), "{n_statements}");
}
