//! Each page of the back office as a browser meets it: its structure, its names, its width.

use reclamations::case::Nature;
use reclamations::staff::{Role, Roles};
use reclamations::web::staff::{Access, Verb, routes};
use serde_json::json;
use thirtyfour::Key;

use crate::journey::pages::asked_nobody_else;
use crate::journey::sound::is_sound_for_staff;
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::chromium::{Chromium, Script};

/// Lists in other clothes than those of their first page.
const MORE: [&str; 4] = [
    "/gestion?liste=clos",
    "/gestion/dossiers?q=r%C3%A9siliation",
    "/gestion/dossiers?q=introuvable",
    "/gestion/dossiers?q=ASK-2026-000123-B",
];

#[actix_web::test]
async fn every_page_of_the_back_office_can_be_heard_and_fits_a_small_screen() {
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &["--rate-limits", "off"]).await;
    let browser = app.browser();
    app.colleague(&browser, "Paul Nadeau", everything()).await;
    let cases = [
        app.case(Nature::Complaint, By::Email).await,
        app.case(Nature::InformationRequest, By::Post).await,
    ];
    for reference in &cases {
        browser.act(reference, "prise-en-charge", &[]).await;
    }
    let chromium = Chromium::start(&app.address, Script::On).await;
    lend_cookies(&chromium, &browser, &app.address).await;
    let mut n_seen = 0;
    for path in paths(&cases) {
        // A page that needs something first leads elsewhere; a list may be a file.
        let page = browser.get(&path).await;
        let kind = page.headers.get("content-type");
        let is_page = kind.is_some_and(|kind| kind == "text/html; charset=utf-8");
        if page.status == 303 || !is_page {
            continue;
        }
        chromium.open(&path).await;
        is_sound_for_staff(&chromium).await;
        n_seen += 1;
    }
    assert!(n_seen >= 12, "{n_seen} pages");
    asked_nobody_else(&chromium, &app.address).await;
}

#[actix_web::test]
async fn the_menu_is_folded_on_a_small_screen_and_opens_by_keyboard_without_script() {
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &["--rate-limits", "off"]).await;
    let browser = app.browser();
    app.colleague(&browser, "Paul Nadeau", everything()).await;
    let chromium = Chromium::start(&app.address, Script::Off).await;
    lend_cookies(&chromium, &browser, &app.address).await;
    chromium.open("/gestion/lettres").await;
    is_sound_for_staff(&chromium).await;
    let height = "document.querySelector('.masthead').offsetHeight";
    let height = chromium.evaluate(height).await;
    // The mark and the session, then the menu: twelve lines of it would take more than half the screen.
    assert!(height.as_u64().unwrap() < 190, "{height}");
    let menu = chromium.tab_to("DisclosureTriangle", "Menu").await;
    assert!(menu.name.ends_with("Lettres à poster"), "{menu:?}");
    chromium.press(Key::Enter).await;
    is_sound_for_staff(&chromium).await;
    chromium.follow("link", "Aide", "/gestion/aide").await;
    let menu = chromium.tab_to("DisclosureTriangle", "Menu").await;
    assert!(menu.name.ends_with("Aide"), "{menu:?}");
}

fn everything() -> Roles {
    Roles::of([Role::Administrator, Role::Supervisor]).unwrap()
}

/// Every page of the table that the signed-in may open, on each case.
fn paths(cases: &[String]) -> Vec<String> {
    let signed_in = routes::all().filter(|route| {
        route.verb == Verb::Get && route.access != Access::Anyone && !route.path.contains("{file}")
    });
    let mut paths: Vec<String> = signed_in
        .flat_map(|route| {
            cases
                .iter()
                .map(|reference| route.path.replace("{reference}", reference))
        })
        .filter(|path| !path.contains('{'))
        .chain(MORE.map(str::to_owned))
        .collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// Signs the real browser in as the other one is.
async fn lend_cookies(chromium: &Chromium, browser: &Browser, address: &str) {
    for cookie in browser.cookies().split("; ") {
        let (name, value) = cookie.split_once('=').unwrap();
        let cookie = json!({ "name": name, "value": value, "url": address, "httpOnly": true });
        chromium.cdp("Network.setCookie", cookie).await;
    }
}
