//! Sign-in with two factors, and what happens when one is wrong.

use chrono::TimeDelta;
use reclamations::journal::{self, SYSTEM_CHAIN};
use reclamations::staff::Role;
use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::totp::{Colleague, PASSWORD};

const AT: &str = "2026-04-30T08:00:00Z";
const SIGN_IN: &str = "/gestion/connexion";
const CODE: &str = "/gestion/connexion/code";

async fn try_password(browser: &Browser, email: &str, password: &str) -> Page {
    browser
        .fill(SIGN_IN, &[("email", email), ("password", password)])
        .await
}

/// A site with one member of staff, some time after enrolment.
async fn site_with_colleague() -> (TestApp, Colleague) {
    let app = TestApp::spawn_at(AT).await;
    let who = app
        .colleague(&app.browser(), "Alix Petit", Role::Handler)
        .await;
    app.state.clock.advance(TimeDelta::seconds(60));
    (app, who)
}

#[tokio::test(flavor = "multi_thread")]
async fn both_factors_lead_to_the_page_that_was_asked_for() {
    let (app, who) = site_with_colleague().await;
    let browser = app.browser();
    let asked = browser
        .get("/gestion/dossiers/ASK-2026-000123-T?vue=1")
        .await;
    let page = browser.get(asked.location()).await;
    assert!(
        page.text()
            .contains("Connectez-vous pour ouvrir cette page.")
    );
    let fields = [
        ("email", "ALIX.petit@example.org"),
        ("password", PASSWORD),
        ("suite", &page.value("suite")),
        ("csrf", &page.value("csrf")),
    ];
    assert_eq!(browser.post(SIGN_IN, &fields).await.location(), CODE);
    let inside = browser.get("/gestion").await;
    assert!(
        inside.location().starts_with(SIGN_IN),
        "a password alone opens nothing"
    );

    let code = who.phone.code(app.now());
    let done = browser.fill(CODE, &[("code", &code)]).await;
    assert_eq!(done.location(), "/gestion/dossiers/ASK-2026-000123-T?vue=1");
    assert_eq!(
        browser.get("/gestion/inconnu").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_in_never_leads_to_another_site() {
    let (app, who) = site_with_colleague().await;
    for elsewhere in [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "/suivi",
    ] {
        app.state.clock.advance(TimeDelta::seconds(60));
        let browser = app.browser();
        let email = ("email", who.email.as_str());
        let fields = [email, ("password", PASSWORD), ("suite", elsewhere)];
        browser.fill(SIGN_IN, &fields).await;
        let done = browser
            .fill(CODE, &[("code", &who.phone.code(app.now()))])
            .await;
        assert_eq!(done.location(), "/gestion", "{elsewhere}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_once() {
    let (app, who) = site_with_colleague().await;
    let code = who.phone.code(app.now());
    let first = app.browser();
    try_password(&first, &who.email, PASSWORD).await;
    assert_eq!(
        first.fill(CODE, &[("code", &code)]).await.location(),
        "/gestion"
    );

    let second = app.browser();
    try_password(&second, &who.email, PASSWORD).await;
    let refused = second.fill(CODE, &[("code", &code)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.value("code"), "");
    app.state.clock.advance(TimeDelta::seconds(30));
    let next = who.phone.code(app.now());
    assert_eq!(
        second.fill(CODE, &[("code", &next)]).await.location(),
        "/gestion"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_wrong_and_blocked_look_the_same() {
    let (app, who) = site_with_colleague().await;
    let browser = app.browser();
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(try_password(&browser, &who.email, "pas le bon mot").await);
    }
    let blocked = try_password(&browser, &who.email, PASSWORD).await;
    assert_eq!(blocked.value("email"), who.email);
    answers.push(blocked);
    answers.push(try_password(&browser, "personne@example.org", PASSWORD).await);
    answers.push(try_password(&browser, "pas une adresse", PASSWORD).await);
    for answer in &answers {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.texts("main .error"), answers[0].texts("main .error"));
        assert!(!answer.body.contains(PASSWORD));
    }

    app.state.clock.advance(TimeDelta::minutes(3));
    assert_eq!(
        try_password(&browser, &who.email, PASSWORD)
            .await
            .location(),
        CODE
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_attempts_at_once_do_not_outrun_the_block() {
    let (app, who) = site_with_colleague().await;
    let attempts = (0..12).map(|_| async {
        let browser = app.browser();
        try_password(&browser, &who.email, "pas le bon mot").await
    });
    futures_util::future::join_all(attempts).await;
    let refused = try_password(&app.browser(), &who.email, PASSWORD).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let failures = journal_kinds(&app).await;
    let n_judged = failures
        .iter()
        .filter(|kind| *kind == "signin.failed")
        .count();
    assert_eq!(
        n_judged, 5,
        "the sixth was not even looked at: {failures:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_block_too() {
    let (app, who) = site_with_colleague().await;
    let browser = app.browser();
    try_password(&browser, &who.email, PASSWORD).await;
    for _ in 0..5 {
        let refused = browser.fill(CODE, &[("code", "000000")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let code = who.phone.code(app.now());
    let blocked = browser.fill(CODE, &[("code", &code)]).await;
    assert_eq!(blocked.status, StatusCode::UNPROCESSABLE_ENTITY);

    app.state.clock.advance(TimeDelta::minutes(1));
    let code = who.phone.code(app.now());
    assert_eq!(
        browser.fill(CODE, &[("code", &code)]).await.location(),
        "/gestion"
    );
    let kinds = journal_kinds(&app).await;
    assert_eq!(
        kinds.iter().filter(|kind| *kind == "signin.failed").count(),
        5
    );
    assert_eq!(kinds.last().unwrap(), "signin.succeeded");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_locks_nobody_out_and_time_forgives() {
    let app = TestApp::spawn_with(AT, &["--trusted-proxy", "127.0.0.1"]).await;
    let from = |address: &str| Browser::coming_from(&app.address, address);
    let (home, elsewhere) = ("198.51.100.7", "203.0.113.9");
    let who = app
        .colleague(&from(home), "Alix Petit", Role::Handler)
        .await;
    app.state.clock.advance(TimeDelta::seconds(60));
    for _ in 0..10 {
        try_password(&from(elsewhere), &who.email, "pas le bon mot").await;
        app.state.clock.advance(TimeDelta::minutes(15));
    }
    let right = async |address| {
        let page = try_password(&from(address), &who.email, PASSWORD).await;
        page.status == StatusCode::SEE_OTHER
    };
    assert_eq!(journal_kinds(&app).await.last().unwrap(), "signin.locked");
    assert!(!right(elsewhere).await, "locked there");
    assert!(
        right(home).await,
        "its owner signs in from their own address"
    );

    try_password(&from(elsewhere), &who.email, "pas le bon mot").await;
    app.state.clock.advance(TimeDelta::minutes(20));
    try_password(&from("203.0.113.10"), &who.email, "pas le bon mot").await;
    assert!(
        !right("203.0.113.11").await,
        "slowed down for all strangers"
    );
    assert!(right(home).await);
    app.state.clock.advance(TimeDelta::hours(6));
    let last = app.now();
    try_password(&from(elsewhere), &who.email, "pas le bon mot").await;
    assert!(
        right(elsewhere).await && right("203.0.113.11").await,
        "{last}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_is_owed_for_a_few_minutes() {
    let (app, who) = site_with_colleague().await;
    let browser = app.browser();
    assert!(browser.get(CODE).await.location().starts_with(SIGN_IN));
    try_password(&browser, &who.email, PASSWORD).await;
    let csrf = browser.get(CODE).await.value("csrf");
    app.state.clock.advance(TimeDelta::minutes(5));
    let code = who.phone.code(app.now());
    let late = browser
        .post(CODE, &[("code", &code), ("csrf", &csrf)])
        .await;
    assert!(late.location().starts_with(SIGN_IN));
    let page = browser.get(late.location()).await;
    assert!(
        page.text()
            .contains("Le temps prévu pour saisir le code est écoulé.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_cannot_try_many_accounts() {
    let app = TestApp::spawn_with(AT, &["--guesses-per-quarter", "3"]).await;
    let who = app
        .colleague(&app.browser(), "Alix Petit", Role::Handler)
        .await;
    for n in 0..3 {
        let email = format!("personne{n}@example.org");
        let refused = try_password(&app.browser(), &email, PASSWORD).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refused = try_password(&app.browser(), &who.email, PASSWORD).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers["retry-after"], "900");
    app.state.clock.advance(TimeDelta::minutes(15));
    let accepted = try_password(&app.browser(), &who.email, PASSWORD).await;
    assert_eq!(accepted.location(), CODE);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_form_says_what_is_missing() {
    let (app, _) = site_with_colleague().await;
    let page = app.browser().fill(SIGN_IN, &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.texts(".error-summary li a").len(), 2);
    assert!(page.texts("title").concat().starts_with("Erreur"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_knows_ids_and_no_address() {
    let (app, who) = site_with_colleague().await;
    try_password(&app.browser(), &who.email, "pas le bon mot").await;
    try_password(&app.browser(), "personne@example.org", PASSWORD).await;
    let mut conn = app.database.conn().await;
    let lines = journal::of_chain(&mut conn, SYSTEM_CHAIN).await.unwrap();
    let last = &lines.last().unwrap().line;
    assert_eq!(last.kind, "signin.failed");
    assert!(last.facts.ends_with("factor=password"), "{}", last.facts);
    assert!(lines.iter().all(|it| !it.line.facts.contains('@')));
    assert_eq!(lines.len(), 3, "added, enrolled, one failure");
}

async fn journal_kinds(app: &TestApp) -> Vec<String> {
    let mut conn = app.database.conn().await;
    let lines = journal::of_chain(&mut conn, SYSTEM_CHAIN).await.unwrap();
    lines.into_iter().map(|it| it.line.kind).collect()
}
