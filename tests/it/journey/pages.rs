//! Each public page as a browser meets it: its structure, its weight, whom it asks.

use serde_json::{Value, json};

use crate::journey::sound::{asked_for, is_sound};
use crate::support::app::TestApp;
use crate::support::chromium::{Chromium, Script};

/// Pages that need nothing.
const PAGES: [&str; 9] = [
    "/",
    "/deposer",
    "/delais",
    "/delais?date=2026-04-30",
    "/suivi",
    "/mentions-legales",
    "/donnees-personnelles",
    "/accessibilite",
    "/nulle-part",
];

/// Most bytes over the wire for a public page with everything it needs.
pub(crate) const MAX_WEIGHT: u64 = 30_000;

#[actix_web::test]
async fn every_page_can_be_heard_and_fits_a_small_screen() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let chromium = Chromium::start(&app.address, Script::On).await;
    for page in PAGES {
        chromium.open(page).await;
        is_sound(&chromium).await;
    }
}

#[actix_web::test]
async fn every_page_is_light_and_asks_nobody_else() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let chromium = Chromium::start(&app.address, Script::On).await;
    let no_cache = json!({ "cacheDisabled": true });
    chromium.cdp("Network.setCacheDisabled", no_cache).await;
    for page in PAGES {
        let _before = chromium.network().await;
        chromium.open(page).await;
        let weight = weight(&chromium.network().await, &app.address);
        assert!(
            (1_000..=MAX_WEIGHT).contains(&weight),
            "{page}: {weight} bytes"
        );
    }
}

/// Bytes received for every request, headers included; each went to `address`.
pub(crate) fn weight(events: &[(String, Value)], address: &str) -> u64 {
    let told = |wanted: &'static str, pointer: &'static str| {
        let events = events.iter().filter(move |(name, _)| name == wanted);
        events.filter_map(move |(_, about)| about.pointer(pointer))
    };
    for url in told("Network.requestWillBeSent", "/request/url") {
        let url = url.as_str().unwrap();
        assert!(url.starts_with(address), "{url} was asked for");
    }
    told("Network.loadingFinished", "/encodedDataLength")
        .filter_map(Value::as_f64)
        .map(|bytes| bytes.to_string().parse::<u64>().unwrap_or_default())
        .sum()
}

/// Asserts that everything asked for since the last time is of the site.
pub(crate) async fn asked_nobody_else(chromium: &Chromium, address: &str) {
    let asked = asked_for(chromium).await;
    assert!(!asked.is_empty(), "nothing was asked for");
    for url in asked {
        assert!(url.starts_with(address), "{url} was asked for");
    }
}
