//! What a page costs: everything it loads, as it travels, within 30 kB.

use reqwest::header::ACCEPT_ENCODING;
use reqwest::{Client, StatusCode};

use crate::support::app::TestApp;

const MOST: usize = 30_000;

#[actix_web::test]
async fn each_page_with_everything_it_loads_is_light() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let browser = app.browser();
    for path in [
        "/",
        "/deposer",
        "/suivi",
        "/delais?date=30/04/2026",
        "/mentions-legales",
        "/donnees-personnelles",
        "/accessibilite",
    ] {
        let shown = browser.get(path).await;
        assert!(shown.texts("img, iframe").is_empty(), "{path}");
        let mut weight = sent(&app, path).await;
        for (tag, name) in [("link", "href"), ("script", "src")] {
            for address in shown.attributes(tag, name) {
                // A canonical address is read, not loaded.
                if address.starts_with("/static/") {
                    weight += sent(&app, &address).await;
                }
            }
        }
        assert!(weight <= MOST, "{path}: {weight} bytes");
    }
}

/// Bytes of the body of an answer as it travels.
async fn sent(app: &TestApp, path: &str) -> usize {
    let client = Client::builder().no_gzip().no_brotli().build().unwrap();
    let request = client.get(format!("{}{path}", app.address));
    let answer = request.header(ACCEPT_ENCODING, "br").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.bytes().await.unwrap().len()
}
