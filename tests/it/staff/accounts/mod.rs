//! `/gestion/comptes`: inviting, changing roles, resetting, disabling, through the pages.

mod changes;

use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::smtp::SmtpServer;

const AT: &str = "2026-04-30T08:00:00Z";
const LIST: &str = "/gestion/comptes";

/// A site with its first administrator signed in.
async fn office() -> (TestApp, Browser) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    (app, browser)
}

/// The address of someone's page, as the list links to it.
async fn address_of(browser: &Browser, name: &str) -> String {
    let list = browser.get(LIST).await;
    let names = list.texts("tbody th a");
    let place = names.iter().position(|one| one == name).unwrap();
    list.attributes("tbody th a", "href").swap_remove(place)
}

/// Sends one of the forms of an account's page, as the page shows it; one's own page shows none.
async fn act(browser: &Browser, account: &str, part: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(account).await;
    let version = page.attribute("[name=version]", "value");
    let version = version.unwrap_or_else(|| "1".to_owned());
    let csrf = page.value("csrf");
    let hidden = [("csrf", csrf.as_str()), ("version", version.as_str())];
    browser
        .post(&format!("{account}/{part}"), &[&hidden, fields].concat())
        .await
}

fn id_in(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_shows_its_link_once_and_its_bearer_enrols() {
    let (app, browser) = office().await;
    let before = app.system_lines().await;
    let fields = [
        ("email", "Alix.Petit@example.org"),
        ("name", "Alix Petit"),
        ("handler", "1"),
        ("auditor", "1"),
    ];
    let made = browser.fill("/gestion/comptes/nouveau", &fields).await;
    assert_eq!(made.status, StatusCode::OK);
    assert_eq!(made.headers["cache-control"], "no-store");
    assert_eq!(made.headers["referrer-policy"], "strict-origin");
    let url = made.attribute("#lien", "value").unwrap();
    let token = url
        .strip_prefix(&format!("{}/gestion/activation/", app.address))
        .unwrap();
    assert!(made.text().contains("aucun courriel n’est envoyé"));
    assert!(app.database.rows("SELECT FROM outbox").await.is_empty());

    let account = address_of(&browser, "Alix Petit").await;
    let shown = browser.get(&account).await;
    assert!(shown.text().contains("À activer"));
    assert!(!shown.body.contains(token), "the link is shown once");
    let id = id_in(&account);
    let me = "staff:1";
    assert_eq!(
        app.added_lines(&before).await,
        [format!(
            "{me} account.added account={id} role=handler role=auditor"
        )]
    );
    let email = "alix.petit@example.org";
    let theirs = app.browser();
    app.enrol(&theirs, token, email, &[]).await;
    let shown = browser.get(&account).await.text();
    assert!(shown.contains("Actif") && shown.contains("Gestionnaire, Auditeur"));

    let again = browser.fill("/gestion/comptes/nouveau", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        again
            .texts("#email-erreur")
            .concat()
            .contains("Un compte a déjà cette adresse")
    );
    assert_eq!(browser.get(LIST).await.texts("tbody tr").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_invitation_loses_nothing() {
    let (app, browser) = office().await;
    let before = app.system_lines().await;
    let fields = [("email", "alix"), ("name", " Alix  Petit ")];
    let page = browser.fill("/gestion/comptes/nouveau", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.texts(".error-summary li a").len(), 2);
    assert!(
        page.texts("#roles-erreur")
            .concat()
            .contains("au moins un rôle")
    );
    assert_eq!(page.value("email"), "alix");
    assert_eq!(page.value("name"), " Alix  Petit ");
    assert!(app.added_lines(&before).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_relay_the_link_is_mailed_too() {
    let relay = SmtpServer::start().await;
    let app = TestApp::spawn_with(AT, &["--relay", &relay.url()]).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let fields = [
        ("email", "alix.petit@example.org"),
        ("name", "Alix Petit"),
        ("handler", "1"),
    ];
    let made = browser.fill("/gestion/comptes/nouveau", &fields).await;
    let url = made.attribute("#lien", "value").unwrap();
    assert!(made.text().contains("Il part aussi par courriel"));
    let token = url.rsplit('/').next().unwrap();
    let kept = "SELECT outbox::text, sealed IS NOT NULL FROM outbox";
    let kept = app.database.rows(kept).await;
    assert_eq!(kept.len(), 1);
    let row: &str = kept[0].get(0);
    assert!(row.contains("alix.petit@example.org") && row.contains("account_link"));
    assert!(!row.contains(token), "no link waits in clear: {row}");
    assert!(kept[0].get::<_, bool>(1));

    let running = app.start_background();
    let mails = relay.wait_for(1).await;
    running.finish().await;
    assert_eq!(mails[0].link("/gestion/activation/"), Some(url.as_str()));
    let left = "SELECT state, sealed IS NULL, position('{secret}' in body) > 0 FROM outbox";
    let left = app.database.rows(left).await;
    assert_eq!(left[0].get::<_, &str>(0), "handed_over");
    assert!(left[0].get::<_, bool>(1) && left[0].get::<_, bool>(2));
    let (theirs, email) = (app.browser(), "alix.petit@example.org");
    app.enrol(&theirs, token, email, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_not_there_is_not_found() {
    let (_app, browser) = office().await;
    for address in [
        "/gestion/comptes/999",
        "/gestion/comptes/x",
        "/gestion/comptes/-1",
    ] {
        assert_eq!(
            browser.get(address).await.status,
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
}
