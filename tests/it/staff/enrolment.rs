//! Enrolment by one-time link.

use chrono::TimeDelta;
use reclamations::journal::{self, Actor, SYSTEM_CHAIN};
use reclamations::staff::{self, Role, Roles, StaffEmail};
use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::totp::{PASSWORD, Phone};

const AT: &str = "2026-04-30T08:00:00Z";

impl TestApp {
    /// The address that `serve` prints.
    async fn first_link(&self) -> Option<String> {
        let mut conn = self.database.conn().await;
        let lifetime = self.state.staff_limits().link_lifetime;
        staff::first_administrator_link(&mut conn, lifetime, self.now())
            .await
            .unwrap()
            .map(|link| format!("/gestion/activation/{}", link.token.expose()))
    }

    /// Kinds of the lines of the system's journal.
    async fn system_journal(&self) -> Vec<(String, String)> {
        let mut conn = self.database.conn().await;
        let lines = journal::of_chain(&mut conn, SYSTEM_CHAIN).await.unwrap();
        lines
            .into_iter()
            .map(|it| (it.line.kind, it.line.facts))
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_administrator_enrols_and_is_in() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;

    assert_eq!(app.first_link().await, None, "an administrator is enrolled");
    let signed_in = browser.get("/gestion/connexion").await;
    assert_eq!(signed_in.location(), "/gestion");
    let mut conn = app.database.conn().await;
    let active = staff::active(&mut conn).await.unwrap();
    assert_eq!(active.len(), 1);
    assert_eq!(active[0].display_name, "Camille Durand");
    assert_eq!(active[0].roles, Roles::FIRST);
    let id = active[0].id.0;
    let expected = [
        (
            "account.added",
            format!("account={id}\nrole=supervisor\nrole=administrator"),
        ),
        ("account.enrolled", format!("account={id}")),
    ]
    .map(|(kind, facts)| (kind.to_owned(), facts));
    assert_eq!(app.system_journal().await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_start_prints_a_link_and_the_older_one_is_dead() {
    let app = TestApp::spawn_at(AT).await;
    let older = app.first_link().await.unwrap();
    let newer = app.first_link().await.unwrap();
    let browser = app.browser();
    assert_eq!(browser.get(&older).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get(&newer).await.status, StatusCode::OK);
    assert_eq!(app.system_journal().await.len(), 1, "one account only");

    app.state.clock.advance(TimeDelta::hours(24));
    let expired = browser.get(&newer).await;
    assert_eq!(expired.status, StatusCode::NOT_FOUND);
    assert!(expired.text().contains("Ce lien ne fonctionne plus"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once_and_tells_its_secret_to_nobody() {
    let app = TestApp::spawn_at(AT).await;
    let link = app.first_link().await.unwrap();
    let browser = app.browser();
    let shown = browser.get(&link).await;
    assert_eq!(shown.headers["referrer-policy"], "strict-origin");
    assert_eq!(shown.headers["cache-control"], "no-store");
    let identity = [("email", "a@example.org"), ("name", "Alix Petit")];
    app.enrol(
        &browser,
        link.rsplit('/').next().unwrap(),
        "a@example.org",
        &identity,
    )
    .await;

    let other = app.browser();
    for path in [link.clone(), format!("{link}/code")] {
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_says_what_to_do_and_keeps_what_was_typed() {
    let app = TestApp::spawn_at(AT).await;
    let link = app.first_link().await.unwrap();
    let browser = app.browser();
    let fields = [
        ("email", "camille"),
        ("name", "Camille Durand"),
        ("password", "court"),
        ("again", "court"),
    ];
    let page = browser.fill(&link, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.texts(".error-summary li a").len(), 2);
    assert_eq!(page.texts("#password-erreur").len(), 1);
    assert_eq!(page.value("email"), "camille");
    assert_eq!(page.value("name"), "Camille Durand");
    assert_eq!(page.value("password"), "");
    assert!(
        !page.body.contains("court"),
        "a password is never shown again"
    );

    let fields = [
        ("email", "camille@example.org"),
        ("name", "Camille Durand"),
        ("password", PASSWORD),
        ("again", "autre chose"),
    ];
    let page = browser.fill(&link, &fields).await;
    assert_eq!(page.texts("#again-erreur").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_enrolled_without_the_right_code() {
    let app = TestApp::spawn_at(AT).await;
    let link = app.first_link().await.unwrap();
    let browser = app.browser();
    let code_page = format!("{link}/code");
    let too_early = browser.get(&code_page).await;
    assert_eq!(too_early.location(), link);

    let identity = [("email", "a@example.org"), ("name", "Alix Petit")];
    let passwords = [("password", PASSWORD), ("again", PASSWORD)];
    browser.fill(&link, &[identity, passwords].concat()).await;
    let shown = browser.get(&code_page).await;
    assert!(
        shown
            .attribute(".qr path", "d")
            .unwrap()
            .starts_with("M4 4h7")
    );
    let phone = Phone::from_page(&shown);
    let late = phone.code(app.now() - TimeDelta::minutes(5));
    for wrong in ["", "000", late.as_str()] {
        let refused = browser.fill(&code_page, &[("code", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert!(app.first_link().await.is_some(), "still nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_serves_one_account() {
    let app = TestApp::spawn_at(AT).await;
    app.colleague(&app.browser(), "Alix Petit", Role::Handler)
        .await;
    let link = app.first_link().await.unwrap();
    let fields = [
        ("email", "Alix.Petit@Example.org"),
        ("name", "Camille Durand"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    let page = app.browser().fill(&link, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.texts("#email-erreur")
            .concat()
            .contains("un compte utilise déjà celle-ci")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_account_enrols_again_and_the_old_factors_are_dead() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    let before = app.colleague(&browser, "Alix Petit", Role::Handler).await;
    let email = StaffEmail::parse(&before.email).unwrap();
    let mut conn = app.database.conn().await;
    let lifetime = TimeDelta::hours(24);
    let target = staff::id_of(&mut conn, &email).await.unwrap().into();
    let link = staff::reset(&mut conn, target, lifetime, Actor::Operator, app.now()).await;
    let link = link.unwrap();

    let thrown_out = browser.get("/gestion").await;
    assert!(thrown_out.location().starts_with("/gestion/connexion"));
    let fields = [("email", before.email.as_str()), ("password", PASSWORD)];
    let refused = browser.fill("/gestion/connexion", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    let after = app
        .enrol(&browser, link.token.expose(), &before.email, &[])
        .await;
    assert_ne!(after.phone.code(app.now()), before.phone.code(app.now()));
}

#[tokio::test(flavor = "multi_thread")]
async fn losing_the_only_administrator_opens_no_door_to_whoever_starts_the_program() {
    for disabled in [true, false] {
        let app = TestApp::spawn_at(AT).await;
        app.first_administrator(&app.browser()).await;
        let mut conn = app.database.conn().await;
        let active = staff::active(&mut conn).await.unwrap();
        assert_eq!(active.len(), 1);
        let target = active[0].id.into();
        if disabled {
            staff::disable(&mut conn, target, Actor::Operator, app.now())
                .await
                .unwrap();
            assert_eq!(app.first_link().await, None, "after a disabling");
            staff::enable(&mut conn, target, Actor::Operator, app.now())
                .await
                .unwrap();
        }
        let lifetime = app.state.staff_limits().link_lifetime;
        staff::reset(&mut conn, target, lifetime, Actor::Operator, app.now())
            .await
            .unwrap();
        assert_eq!(
            app.first_link().await,
            None,
            "the way back is the reset's own link"
        );
    }
}
