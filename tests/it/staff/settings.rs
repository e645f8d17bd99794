//! The settings of the back office: changed by administrators, in force at once, every change kept.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reclamations::case::Nature;
use reclamations::db::schema::{cases, journal_events, setting_changes};
use reclamations::journal::SYSTEM_CHAIN;
use reclamations::settings::{Book, Key, Live};
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

async fn site() -> (TestApp, Browser) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    (app, browser)
}

impl TestApp {
    /// Kinds and facts of the last lines of the system's journal, newest first.
    async fn last_system_lines(&self, kind: &str) -> Vec<String> {
        let mut conn = self.database.conn().await;
        journal_events::table
            .filter(journal_events::chain.eq(SYSTEM_CHAIN))
            .filter(journal_events::kind.eq(kind))
            .order(journal_events::seq.desc())
            .select(journal_events::facts)
            .load(&mut conn)
            .await
            .unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_law_waits_for_is_listed_until_it_is_given() {
    let (app, browser) = site().await;
    let before = browser.get("/gestion/reglages").await;
    let missing = before.attributes(".callout.warning a", "href");
    assert!(
        missing.contains(&"/gestion/reglages/orias".to_owned()),
        "{missing:?}"
    );
    assert!(
        !app.browser()
            .get("/mentions-legales")
            .await
            .text()
            .contains("12 345 678")
    );

    let saved = browser
        .fill(
            "/gestion/reglages/orias",
            &[("version", "0"), ("valeur", " 12 345 678 ")],
        )
        .await;
    assert_eq!(saved.location(), "/gestion/reglages?fait=orias");
    let after = browser.get("/gestion/reglages?fait=orias").await;
    assert!(
        after
            .texts("[role=status]")
            .concat()
            .contains("Immatriculation à l’ORIAS")
    );
    let missing = after.attributes(".callout.warning a", "href");
    assert!(
        !missing.contains(&"/gestion/reglages/orias".to_owned()),
        "{missing:?}"
    );
    assert!(
        app.browser()
            .get("/mentions-legales")
            .await
            .text()
            .contains("12 345 678")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_kept_with_before_and_after() {
    let (app, browser) = site().await;
    let fields = [("version", "0"), ("valeur", "12 345 678")];
    browser
        .fill("/gestion/reglages/orias", &fields)
        .await
        .location();
    let lines = app.last_system_lines("setting.changed").await;
    assert_eq!(lines.len(), 1);
    assert_eq!(lines, ["setting=orias\nversion=1"]);
    let history = browser
        .get("/gestion/reglages/orias")
        .await
        .texts("ol.dates li")
        .concat();
    assert!(history.contains("rien devient 12 345 678"), "{history}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_cannot_be_kept_is_shown_again_with_its_reason() {
    let (app, browser) = site().await;
    for (slug, typed, why) in [
        ("delai-demande", "cinq", "un nombre entier de jours"),
        ("delai-demande", "", "Indiquez une valeur"),
        ("service-client", "Réclamation@asekkey.fr", "sans accent"),
        ("relecture", "peut-être", "Choisissez"),
    ] {
        let address = format!("/gestion/reglages/{slug}");
        let page = browser
            .fill(&address, &[("version", "0"), ("valeur", typed)])
            .await;
        assert_eq!(page.status, 422, "{slug}");
        let message = page.texts("#erreurs").concat();
        assert!(message.contains(why), "{slug}: {message}");
        if slug != "relecture" {
            assert_eq!(page.value("valeur"), typed);
        }
    }
    assert!(app.last_system_lines("setting.changed").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_change_a_setting_see_both_values() {
    let (app, browser) = site().await;
    let address = "/gestion/reglages/rcs";
    browser
        .fill(address, &[("version", "0"), ("valeur", "Paris 1")])
        .await
        .location();
    let late = browser
        .fill(address, &[("version", "0"), ("valeur", "Lyon 2")])
        .await;
    assert_eq!(late.status, 409);
    assert!(late.texts("[role=alert]").concat().contains("Paris 1"));
    assert_eq!(late.value("valeur"), "Lyon 2");
    assert_eq!(late.value("version"), "1");
    // The same again is the same result once.
    let again = browser
        .fill(address, &[("version", "1"), ("valeur", "Paris 1")])
        .await;
    assert_eq!(again.location(), "/gestion/reglages?fait=rcs");
    assert_eq!(app.last_system_lines("setting.changed").await.len(), 1);
    let mut conn = app.database.conn().await;
    let changes: i64 = setting_changes::table
        .count()
        .get_result(&mut conn)
        .await
        .unwrap();
    assert_eq!(changes, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_serves_the_cases_that_come_after() {
    let (app, browser) = site().await;
    let before = app.case(Nature::InformationRequest, By::Post).await;
    browser
        .fill(
            "/gestion/reglages/delai-demande",
            &[("version", "0"), ("valeur", "1")],
        )
        .await
        .location();
    let after = app.case(Nature::InformationRequest, By::Post).await;
    let mut conn = app.database.conn().await;
    let targets: Vec<Option<chrono::NaiveDate>> = cases::table
        .order(cases::id)
        .select(cases::target_on)
        .load(&mut conn)
        .await
        .unwrap();
    let words: Vec<String> = targets.iter().flatten().map(ToString::to_string).collect();
    assert_eq!(words, ["2026-05-07", "2026-05-02"], "{before} {after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_node_reads_the_changes_over_its_flags() {
    let (app, browser) = site().await;
    let address = "/gestion/reglages/telephone";
    let fields = [("version", "0"), ("valeur", "01 23 45 67 89")];
    browser.fill(address, &fields).await.location();
    let other = Live::new(Book::of_flags([(Key::Phone, "01 00 00 00 00".to_owned())]));
    let before = other.book().edition();
    assert_eq!(other.book().text(Key::Phone), Some("01 00 00 00 00"));
    let mut conn = app.database.conn().await;
    other.reload(&mut conn).await.unwrap();
    assert_eq!(other.book().text(Key::Phone), Some("01 23 45 67 89"));
    assert!(other.book().edition() > before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_reads_the_settings_and_changes_none() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Alix Petit", Role::Supervisor)
        .await;
    let page = browser.get("/gestion/reglages/rcs").await;
    assert_eq!(page.status, 200);
    assert!(page.texts("main form").is_empty());
    assert!(page.texts("main button").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lists_are_changed_line_by_line_and_every_change_is_kept() {
    let (app, browser) = site().await;
    let address = "/gestion/reglages/listes/products";
    let send = |fields: &'static [(&'static str, &'static str)]| browser.fill(address, fields);
    for fields in [
        &[("faire", "ajouter"), ("libelle", " Trottinettes ")][..],
        &[
            ("faire", "renommer"),
            ("ligne", "car"),
            ("avant", "Assurance auto"),
            ("libelle", "Automobile"),
        ],
        &[("faire", "monter"), ("ligne", "two_wheels"), ("place", "1")],
        &[("faire", "retirer"), ("ligne", "pet")],
        &[("faire", "retirer"), ("ligne", "school")],
        &[("faire", "remettre"), ("ligne", "school")],
    ] {
        let done = send(fields).await;
        assert_eq!(done.location(), format!("{address}?fait=1"), "{fields:?}");
    }
    let again = [("faire", "monter"), ("ligne", "two_wheels"), ("place", "1")];
    assert_eq!(browser.fill(address, &again).await.status, 409);
    let page = browser.get(address).await;
    let codes = page.attributes("ol.lines details input[name=ligne]", "value");
    assert_eq!(codes[..2], ["two_wheels", "car"], "{codes:?}");
    assert_eq!(codes.last().unwrap(), "trottinettes");
    assert_eq!(page.texts("ol.lines .badge"), ["Retirée"]);
    let history = page.texts("ol.dates li");
    assert_eq!(history.len(), 6);
    assert!(
        history[4].contains("« Assurance auto » devient « Automobile »"),
        "{history:?}"
    );
    assert_eq!(app.last_system_lines("list.changed").await.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_cannot_be_is_refused_and_nothing_typed_is_lost() {
    let (app, browser) = site().await;
    let address = "/gestion/reglages/listes/subjects";
    let taken = [
        ("faire", "renommer"),
        ("ligne", "advice"),
        ("avant", "Vente ou conseil"),
        ("libelle", "cotisation"),
    ];
    let page = browser.fill(address, &taken).await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.attribute("#libelle-advice", "value").unwrap(),
        "cotisation"
    );
    assert_eq!(page.attributes("#erreurs a", "href"), ["#libelle-advice"]);
    let blank = browser
        .fill(address, &[("faire", "ajouter"), ("libelle", " ")])
        .await;
    assert!(
        blank
            .texts("#erreurs")
            .concat()
            .contains("Indiquez un libellé")
    );
    let twice = [("faire", "remettre"), ("ligne", "advice")];
    assert_eq!(browser.fill(address, &twice).await.status, 409);
    assert!(app.last_system_lines("list.changed").await.is_empty());
}
