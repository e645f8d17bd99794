//! `/gestion/journal`: the system's journal in words, filtered and page by page.

use chrono::TimeDelta;
use reclamations::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use reclamations::staff::Role;
use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::totp::PASSWORD;

const AT: &str = "2026-04-30T08:00:00Z";
const JOURNAL: &str = "/gestion/journal";

async fn office() -> (TestApp, Browser) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    (app, browser)
}

fn told(page: &Page) -> Vec<String> {
    page.texts("tbody td:last-child")
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_told_in_words_newest_first() {
    let (app, browser) = office().await;
    let alix = app
        .colleague(&app.browser(), "Alix Petit", Role::Handler)
        .await;
    let wrong = [
        ("email", alix.email.as_str()),
        ("password", "pas le bon mot"),
    ];
    app.browser().fill("/gestion/connexion", &wrong).await;
    let page = browser.get(JOURNAL).await;
    assert_eq!(
        told(&page),
        [
            "Connexion manquée : Alix Petit (mot de passe)",
            "Compte activé : Alix Petit",
            "Compte créé : Alix Petit (gestionnaire)",
            "Compte activé : Camille Durand",
            "Compte créé : Camille Durand (responsable, administrateur)",
        ]
    );
    let who = page.texts("tbody td:nth-child(2)");
    assert_eq!(who[0], "Quelqu’un, sans être connecté");
    assert_eq!(who[1], "Alix Petit");
    assert!(page.text().contains("Aucun scellé"));
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_found_by_kind_and_by_day_of_paris() {
    let (app, browser) = office().await;
    // 22:30 UTC is the next day in Paris.
    app.state.clock.advance(TimeDelta::minutes(14 * 60 + 30));
    let late = app.browser();
    app.colleague(&late, "Alix Petit", Role::Supervisor).await;
    for (query, n_lines) in [
        ("?genre=comptes", 4),
        ("?genre=connexions", 0),
        ("?genre=inconnu", 4),
        ("?du=01/05/2026", 2),
        ("?au=30/04/2026", 2),
        ("?du=30/04/2026&au=01/05/2026", 4),
        ("?avant=x", 4),
    ] {
        let page = late.get(&format!("{JOURNAL}{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert_eq!(told(&page).len(), n_lines, "{query}");
    }
    let page = late.get(&format!("{JOURNAL}?du=31/02/2026")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.texts("#du-erreur").len(), 1);
    assert_eq!(page.value("du"), "31/02/2026");
    drop(browser);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_works_with_is_told_in_words() {
    let (app, browser) = office().await;
    let mut conn = app.database.conn().await;
    for entry in [
        Entry::new("setting.changed").code("setting", "capital"),
        Entry::new("list.changed").code("list", "products"),
        Entry::new("list.exported").code("list", "tous"),
        Entry::new("label.created").id("label", 4),
        Entry::new("template.saved").id("template", 7),
        Entry::new("rights.settled").id("request", 2),
    ] {
        journal::append(&mut conn, SYSTEM_CHAIN, entry, Actor::Staff(1), app.now())
            .await
            .unwrap();
    }
    let lines = told(&browser.get(JOURNAL).await);
    assert_eq!(
        lines.get(..6).unwrap(),
        [
            "Demande d’une personne traitée, n° 2",
            "Modèle revu, n° 7",
            "Étiquette créée, n° 4",
            "Liste de dossiers téléchargée",
            "Liste des produits changée",
            "Réglage changé : Capital social",
        ]
    );
    for (part, n_lines) in [("reglages", 4), ("modeles", 1), ("personnes", 1)] {
        let page = browser.get(&format!("{JOURNAL}?genre={part}")).await;
        assert_eq!(told(&page).len(), n_lines, "{part}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_without_a_gap() {
    let (app, browser) = office().await;
    let mut conn = app.database.conn().await;
    for _ in 0..60 {
        let entry = Entry::new("signin.succeeded").id("account", 1);
        let actor = Actor::Staff(1);
        journal::append(&mut conn, SYSTEM_CHAIN, entry, actor, app.now())
            .await
            .unwrap();
    }
    let first = browser.get(&format!("{JOURNAL}?genre=connexions")).await;
    assert_eq!(told(&first).len(), 50);
    let next = first.attribute(".pager a", "href").unwrap();
    assert!(next.contains("genre=connexions"), "{next}");
    let second = browser.get(&next).await;
    assert_eq!(told(&second).len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_seal_and_the_last_verification_are_told() {
    let (app, browser) = office().await;
    let mut conn = app.database.conn().await;
    let yesterday = "2026-04-29".parse().unwrap();
    journal::seal(&mut conn, yesterday, app.now())
        .await
        .unwrap();
    let whole = journal::verify(&mut conn).await.unwrap();
    journal::record_verification(&mut conn, &whole, Actor::Operator, app.now())
        .await
        .unwrap();
    let page = browser.get(JOURNAL).await;
    let text = page.text();
    assert!(text.contains("mercredi 29 avril 2026"), "{text}");
    assert!(text.contains("sur 1 journal."), "{text}");
    assert!(text.contains("Dernière vérification complète, sans anomalie"));
    assert_eq!(
        told(&page)[0],
        "Journal vérifié, intact : 1 chaîne, 2 lignes, 1 scellé"
    );
}

/// Sends the form of the page of a locked account.
async fn unlock(browser: &Browser, account: &Page) -> Page {
    let (csrf, version) = (account.value("csrf"), account.value("version"));
    let fields = [("csrf", csrf.as_str()), ("version", version.as_str())];
    browser
        .post("/gestion/comptes/2/deverrouillage", &fields)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_failures_in_a_row_lock_an_account_until_an_administrator_opens_it() {
    let (app, browser) = office().await;
    let alix = app
        .colleague(&app.browser(), "Alix Petit", Role::Handler)
        .await;
    app.state.clock.advance(TimeDelta::seconds(60));
    let wrong = [
        ("email", alix.email.as_str()),
        ("password", "pas le bon mot"),
    ];
    let right = [("email", alix.email.as_str()), ("password", PASSWORD)];
    for _ in 0..10 {
        let refused = app.browser().fill("/gestion/connexion", &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        app.state.clock.advance(TimeDelta::minutes(16));
    }
    let locked = app.browser().fill("/gestion/connexion", &right).await;
    assert_eq!(locked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        locked
            .texts("#email-erreur")
            .concat()
            .contains("verrouillé une heure")
    );
    let first = "Compte verrouillé après trop d’essais manqués : Alix Petit (mot de passe)";
    // The first administrator's session ended meanwhile: another one comes.
    assert!(
        browser
            .get(JOURNAL)
            .await
            .location()
            .starts_with("/gestion/connexion")
    );
    let administrator = app.browser();
    app.colleague(&administrator, "Bruno Lescure", Role::Administrator)
        .await;
    let page = administrator
        .get(&format!("{JOURNAL}?genre=connexions"))
        .await;
    assert_eq!(told(&page)[0], first);

    let account = administrator.get("/gestion/comptes/2").await;
    assert!(account.text().contains("Verrouillé"));
    let before = app.system_lines().await;
    let done = unlock(&administrator, &account).await;
    assert_eq!(done.location(), "/gestion/comptes/2?fait=deverrouillage");
    assert_eq!(
        app.added_lines(&before).await,
        ["staff:3 account.unlocked account=2"]
    );
    let accepted = app.browser().fill("/gestion/connexion", &right).await;
    assert_eq!(accepted.location(), "/gestion/connexion/code");
}
