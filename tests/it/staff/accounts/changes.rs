//! Changing what an account may do, and whether it may sign in.

use reclamations::staff::{Role, Roles};
use reqwest::StatusCode;

use crate::staff::accounts::{LIST, act, address_of, id_in, office};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::totp::{Colleague, PASSWORD};

async fn is_in(browser: &Browser) -> bool {
    browser.get("/gestion/inconnu").await.status == StatusCode::NOT_FOUND
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_roles_hold_at_the_next_page_and_are_one_line() {
    let (app, browser) = office().await;
    let theirs = app.browser();
    app.colleague(&theirs, "Alix Petit", Role::Handler).await;
    let account = address_of(&browser, "Alix Petit").await;
    let before = app.system_lines().await;

    let stale = browser.get(&account).await.value("version");
    let done = act(&browser, &account, "roles", &[("auditor", "1")]).await;
    assert_eq!(done.location(), format!("{account}?fait=roles"));
    assert!(
        browser
            .get(done.location())
            .await
            .text()
            .contains("Les rôles sont changés")
    );
    let id = id_in(&account);
    let line = format!("staff:1 account.roles_changed account={id} before=handler after=auditor");
    assert_eq!(app.added_lines(&before).await, [line]);
    assert_eq!(theirs.get("/gestion").await.texts(".menu a")[0], "Boîte");
    assert_eq!(
        theirs.get(LIST).await.status,
        StatusCode::OK,
        "an auditor reads"
    );
    assert!(
        theirs.get(&account).await.texts("form button").len() < 2,
        "and nothing more"
    );

    // The same form again, and a form of a page opened before.
    let again = act(&browser, &account, "roles", &[("auditor", "1")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let csrf = browser.get(&account).await.value("csrf");
    let fields = [
        ("csrf", csrf.as_str()),
        ("version", &stale),
        ("handler", "1"),
    ];
    let late = browser.post(&format!("{account}/roles"), &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let none = act(&browser, &account, "roles", &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.added_lines(&before).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_stays_and_two_are_recommended() {
    let (app, browser) = office().await;
    assert!(
        browser
            .get(LIST)
            .await
            .text()
            .contains("Un seul administrateur")
    );
    let me = address_of(&browser, "Camille Durand").await;
    let before = app.system_lines().await;
    for part in ["reinitialisation", "desactivation"] {
        let refused = act(&browser, &me, part, &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{part}");
    }
    assert!(app.added_lines(&before).await.is_empty());

    let second = app.browser();
    app.colleague(&second, "Alix Petit", Roles::FIRST).await;
    assert!(
        !browser
            .get(LIST)
            .await
            .text()
            .contains("Un seul administrateur")
    );
    let gone = act(&second, &me, "desactivation", &[]).await;
    assert_eq!(gone.location(), format!("{me}?fait=desactivation"));
    let theirs = address_of(&second, "Alix Petit").await;
    let refused = act(&second, &theirs, "roles", &[("handler", "1")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "nobody else is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_themselves_a_role() {
    let (app, browser) = office().await;
    let theirs = app.browser();
    app.colleague(&theirs, "Alix Petit", Role::Administrator)
        .await;
    let account = address_of(&theirs, "Alix Petit").await;
    let before = app.system_lines().await;
    let both = [("administrator", "1"), ("supervisor", "1")];
    let refused = act(&theirs, &account, "roles", &both).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(app.added_lines(&before).await.is_empty());
    let shown = theirs.get(&account).await;
    assert!(!shown.body.contains(&format!("{account}/roles")));

    let given = act(&browser, &account, "roles", &both).await;
    assert_eq!(given.location(), format!("{account}?fait=roles"));
    assert_eq!(theirs.get("/gestion").await.texts(".menu a")[0], "Boîte");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_gives_a_disabled_account_nothing_back() {
    let (app, browser) = office().await;
    app.colleague(&app.browser(), "Alix Petit", Role::Handler)
        .await;
    let account = address_of(&browser, "Alix Petit").await;
    act(&browser, &account, "desactivation", &[]).await;
    let before = app.system_lines().await;
    let shown = browser.get(&account).await;
    assert!(!shown.body.contains("reinitialisation"));
    let refused = act(&browser, &account, "reinitialisation", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.attribute("#lien", "value").is_none());
    assert!(app.added_lines(&before).await.is_empty());
    assert!(browser.get(&account).await.text().contains("Désactivé"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_is_signed_out_at_its_next_request_until_it_is_enabled() {
    let (app, browser) = office().await;
    let theirs = app.browser();
    let who = app.colleague(&theirs, "Alix Petit", Role::Handler).await;
    let account = address_of(&browser, "Alix Petit").await;
    let before = app.system_lines().await;
    assert!(is_in(&theirs).await);

    act(&browser, &account, "desactivation", &[]).await;
    let thrown_out = theirs.get("/gestion").await;
    assert_eq!(thrown_out.location(), "/gestion/connexion");
    assert!(!signs_in(&app, &who).await);
    let again = act(&browser, &account, "desactivation", &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "sent twice, done once");

    let back = act(&browser, &account, "reactivation", &[]).await;
    assert_eq!(back.location(), format!("{account}?fait=reactivation"));
    assert!(signs_in(&app, &who).await);
    let id = id_in(&account);
    let kinds: Vec<String> = app.added_lines(&before).await;
    let of_account: Vec<&String> = kinds
        .iter()
        .filter(|line| line.contains("account."))
        .collect();
    assert_eq!(
        of_account,
        [
            &format!("staff:1 account.disabled account={id}"),
            &format!("staff:1 account.enabled account={id}")
        ]
    );
}

async fn signs_in(app: &TestApp, who: &Colleague) -> bool {
    let fields = [("email", who.email.as_str()), ("password", PASSWORD)];
    let page = app.browser().fill("/gestion/connexion", &fields).await;
    page.status == StatusCode::SEE_OTHER
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_ends_what_there_was_and_shows_a_new_link() {
    let (app, browser) = office().await;
    let theirs = app.browser();
    let who = app.colleague(&theirs, "Alix Petit", Role::Handler).await;
    let account = address_of(&browser, "Alix Petit").await;
    let before = app.system_lines().await;
    let version = browser.get(&account).await.value("version");

    let made = act(&browser, &account, "reinitialisation", &[]).await;
    assert_eq!(made.status, StatusCode::OK);
    let url = made.attribute("#lien", "value").unwrap();
    assert!(!is_in(&theirs).await && !signs_in(&app, &who).await);
    let csrf = browser.get(&account).await.value("csrf");
    let fields = [("csrf", csrf.as_str()), ("version", &version)];
    let path = format!("{account}/reinitialisation");
    let replayed = browser.post(&path, &fields).await;
    assert_eq!(
        replayed.status,
        StatusCode::CONFLICT,
        "the link still works"
    );
    let id = id_in(&account);
    let line = format!("staff:1 account.reset account={id}");
    assert_eq!(app.added_lines(&before).await, [line]);
    let token = url.rsplit('/').next().unwrap();
    app.enrol(&theirs, token, &who.email, &[]).await;
}
