//! Sessions: their cookie, their end, and who else may use them (nobody).

use std::time::Duration;

use chrono::TimeDelta;
use reclamations::db::Pool;
use reclamations::journal::Actor;
use reclamations::staff::{self, Role, StaffEmail, sessions};
use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::database::TestDatabase;
use crate::support::totp::{Colleague, PASSWORD};

const AT: &str = "2026-04-30T08:00:00Z";
const SIGN_IN: &str = "/gestion/connexion";

/// Any address that asks for someone signed in, and answers 404 to them.
const INSIDE: &str = "/gestion/inconnu";

async fn is_in(browser: &Browser) -> bool {
    let page = browser.get(INSIDE).await;
    assert!(
        page.status == StatusCode::NOT_FOUND || page.location().starts_with(SIGN_IN),
        "{}",
        page.status
    );
    page.status == StatusCode::NOT_FOUND
}

async fn site(flags: &[&str]) -> (TestApp, Browser, Colleague) {
    let app = TestApp::spawn_with(AT, flags).await;
    let browser = app.browser();
    let who = app.colleague(&browser, "Alix Petit", Role::Handler).await;
    (app, browser, who)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_changes_at_each_step_of_sign_in() {
    let (app, _, who) = site(&[]).await;
    app.state.clock.advance(TimeDelta::seconds(30));
    let browser = app.browser();
    let fields = [("email", who.email.as_str()), ("password", PASSWORD)];
    let first = browser.fill(SIGN_IN, &fields).await;
    let code = who.phone.code(app.now());
    let second = browser
        .fill("/gestion/connexion/code", &[("code", &code)])
        .await;
    let keys: Vec<&str> = [&first, &second].map(session_cookie).into();
    assert_ne!(keys[0].split(';').next(), keys[1].split(';').next());
    for key in keys {
        let attributes = ["HttpOnly", "SameSite=Lax", "Path=/gestion"];
        assert!(attributes.iter().all(|it| key.contains(it)), "{key}");
        assert!(
            !key.contains("Max-Age") && !key.contains("Expires"),
            "{key}"
        );
    }
}

fn session_cookie(page: &Page) -> &str {
    page.cookie("gestion").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let app = TestApp::spawn_with(AT, &["--public-url", "https://reclamations.example.org"]).await;
    let who = "alix.petit@example.org";
    let page = app.browser().get(SIGN_IN).await;
    let visitor = page.cookie("__Host-visiteur").unwrap();
    assert!(visitor.contains("Secure"), "{visitor}");
    // The test's browser keeps no secure cookie over http: the session's own is read off the
    // store's answer to a sign-in that was prepared below HTTP.
    assert!(page.headers.contains_key("strict-transport-security"));
    let jar = visitor.split(';').next().unwrap().to_owned();
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let client = client.build().unwrap();
    let mut conn = app.database.conn().await;
    let link = staff::first_administrator_link(&mut conn, TimeDelta::hours(1), app.now()).await;
    let token = link.unwrap().unwrap().token;
    let first = format!("{}/gestion/activation/{}", app.address, token.expose());
    let send = |path: String, fields: Vec<(&'static str, String)>| {
        let request = client
            .post(path)
            .header("cookie", &jar)
            .header("origin", &app.address);
        request.form(&fields).send()
    };
    let csrf = page.value("csrf");
    let fields = vec![
        ("csrf", csrf.clone()),
        ("email", who.to_owned()),
        ("name", "Alix Petit".to_owned()),
        ("password", PASSWORD.to_owned()),
        ("again", PASSWORD.to_owned()),
    ];
    assert_eq!(send(first.clone(), fields).await.unwrap().status(), 303);
    let shown = app
        .browser()
        .get(&format!("/gestion/activation/{}/code", token.expose()))
        .await;
    let phone = crate::support::totp::Phone::from_page(&shown);
    let fields = vec![("csrf", csrf), ("code", phone.code(app.now()))];
    let enrolled = send(format!("{first}/code"), fields).await.unwrap();
    let cookie = enrolled.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-gestion="), "{cookie}");
    assert!(
        cookie.contains("Secure") && cookie.ends_with("Path=/"),
        "{cookie}"
    );
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_it_is_left_alone() {
    let (app, browser, _) = site(&[]).await;
    for _ in 0..3 {
        app.state.clock.advance(TimeDelta::minutes(29));
        assert!(is_in(&browser).await, "being used keeps it");
    }
    app.state.clock.advance(TimeDelta::minutes(30));
    assert!(!is_in(&browser).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_twelve_hours_whatever_happens() {
    let (app, browser, _) = site(&[]).await;
    for _ in 0..35 {
        app.state.clock.advance(TimeDelta::minutes(20));
        assert!(is_in(&browser).await);
    }
    app.state.clock.advance(TimeDelta::minutes(20));
    assert!(!is_in(&browser).await);
    let mut conn = app.database.conn().await;
    let limits = app.state.staff_limits();
    let n_gone = sessions::delete_expired(&mut conn, &limits, app.now()).await;
    assert_eq!(n_gone.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_settings() {
    let flags = ["--session-idle-minutes", "5", "--session-hours", "1"];
    let (app, browser, _) = site(&flags).await;
    app.state.clock.advance(TimeDelta::minutes(4));
    assert!(is_in(&browser).await);
    app.state.clock.advance(TimeDelta::minutes(5));
    assert!(!is_in(&browser).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_is_thrown_out_at_once() {
    let (app, browser, who) = site(&[]).await;
    let id = {
        let mut conn = app.database.conn().await;
        let email = StaffEmail::parse(&who.email).unwrap();
        let id = staff::id_of(&mut conn, &email).await.unwrap();
        staff::disable(&mut conn, id.into(), Actor::Operator, app.now())
            .await
            .unwrap();
        id
    };
    assert!(!is_in(&browser).await);
    let mut conn = app.database.conn().await;
    assert!(
        sessions::of_account(&mut conn, id, &app.state.staff_limits(), app.now())
            .await
            .unwrap()
            .is_empty()
    );
    let fields = [("email", who.email.as_str()), ("password", PASSWORD)];
    let refused = browser.fill(SIGN_IN, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_on_both_sides() {
    let (app, browser, _) = site(&[]).await;
    let csrf = browser.get("/gestion").await.value("csrf");
    let out = browser
        .post("/gestion/deconnexion", &[("csrf", &csrf)])
        .await;
    let page = browser.get(out.location()).await;
    assert!(page.text().contains("Vous êtes déconnecté."));
    assert!(session_cookie(&out).contains("Max-Age=0"));
    assert!(!is_in(&browser).await);
    let mut conn = app.database.conn().await;
    let id = staff::active(&mut conn).await.unwrap()[0].id;
    assert!(
        sessions::of_account(&mut conn, id, &app.state.staff_limits(), app.now())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_can_be_listed_and_revoked() {
    let (app, office, who) = site(&[]).await;
    let home = app.browser();
    app.sign_in(&home, &who).await;
    let mut conn = app.database.conn().await;
    let id = staff::active(&mut conn).await.unwrap()[0].id;
    let listed = sessions::of_account(&mut conn, id, &app.state.staff_limits(), app.now())
        .await
        .unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0].created_at, app.now(), "last used first");
    assert_eq!(sessions::revoke_all(&mut conn, id).await.unwrap(), 2);
    assert!(!is_in(&office).await && !is_in(&home).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_cookie_is_nobody() {
    let (app, _, _) = site(&[]).await;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let client = client.build().unwrap();
    for forged in ["gestion=abc", "gestion=", "gestion=%00", "gestion=a.b.c"] {
        let request = client
            .get(format!("{}{INSIDE}", app.address))
            .header("cookie", forged);
        assert_eq!(request.send().await.unwrap().status(), 303, "{forged}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_site_is_refused() {
    let (app, browser, who) = site(&[]).await;
    let csrf = browser.get("/gestion/activation/x").await;
    assert_eq!(csrf.status, StatusCode::NOT_FOUND);
    let elsewhere = "https://example.org";
    let refused = browser
        .post_from(elsewhere, "/gestion/deconnexion", &[])
        .await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let untold = browser
        .post("/gestion/deconnexion", &[("csrf", "forged")])
        .await;
    assert_eq!(untold.status, StatusCode::BAD_REQUEST);
    assert!(is_in(&browser).await, "nobody signed them out");

    let fields = [("email", who.email.as_str()), ("password", PASSWORD)];
    let refused = app.browser().post_from(elsewhere, SIGN_IN, &fields).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let untold = app.browser().post(SIGN_IN, &fields).await;
    assert_eq!(untold.status, StatusCode::BAD_REQUEST);
    assert!(refused.headers.contains_key("content-security-policy"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_nobody_is_signed_out_and_nothing_typed_is_lost() {
    let database = TestDatabase::new().await;
    let pool = Pool::new(&database.url().await, 1, Duration::from_secs(1)).unwrap();
    let app = TestApp::spawn_on(database, pool, AT, &[]);
    let (browser, stranger) = (app.browser(), app.browser());
    let who = app.colleague(&browser, "Alix Petit", Role::Handler).await;
    let csrf = stranger.get(SIGN_IN).await.value("csrf");
    let taken = app.state.pool.get().await.unwrap();

    let away = browser.get(INSIDE).await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(away.headers.contains_key("retry-after"));
    assert!(away.cookie("gestion").is_none());
    let email = ("email", who.email.as_str());
    let fields = [email, ("password", PASSWORD), ("csrf", &csrf)];
    let form = stranger.post(SIGN_IN, &fields).await;
    assert_eq!(form.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(form.headers.contains_key("retry-after"));
    assert_eq!(form.value("email"), who.email);

    drop(taken);
    assert!(is_in(&browser).await);
    let csrf = form.value("csrf");
    let fields = [email, ("password", PASSWORD), ("csrf", &csrf)];
    let accepted = stranger.post(SIGN_IN, &fields).await;
    assert_eq!(accepted.location(), "/gestion/connexion/code");
}
