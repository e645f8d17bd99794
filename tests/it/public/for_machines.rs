//! What search engines, telephones and watchers read.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::StatusCode;
use scraper::{Html, Selector};

use crate::support::app::TestApp;

const SITE: &str = "https://reclamations.example";

async fn site() -> TestApp {
    let flags = ["--public-url", SITE];
    TestApp::spawn_with("2026-04-30T08:00:00Z", &flags).await
}

#[actix_web::test]
async fn robots_are_kept_from_what_is_private_and_shown_the_rest() {
    let app = site().await;
    let robots = app.browser().get("/robots.txt").await;
    assert_eq!(robots.status, StatusCode::OK);
    assert_eq!(
        robots.body,
        format!(
            "User-agent: *\nDisallow: /gestion\nDisallow: /deposer/\nDisallow: /suivi/\n\n\
             Sitemap: {SITE}/sitemap.xml\n"
        )
    );
    let map = app.browser().get("/sitemap.xml").await;
    let kind = map.headers["content-type"].to_str().unwrap();
    assert!(kind.starts_with("application/xml"), "{kind}");
    let html = Html::parse_document(&map.body);
    let pages: Vec<String> = html
        .select(&Selector::parse("loc").unwrap())
        .map(|page| page.text().collect())
        .collect();
    assert_eq!(pages.len(), 7);
    for page in pages {
        let path = page.strip_prefix(SITE).unwrap();
        let shown = app.browser().get(path).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}");
        let robots = shown.attribute("meta[name=robots]", "content");
        assert_eq!(robots, None, "{path} is offered and forbidden at once");
    }
}

#[actix_web::test]
async fn the_security_contact_is_dated_from_the_clock() {
    let app = site().await;
    let file = app.browser().get("/.well-known/security.txt").await;
    let kind = file.headers["content-type"].to_str().unwrap();
    assert_eq!(kind, "text/plain; charset=utf-8");
    let field = |name: &str| {
        let line = file.body.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("{name} {}", file.body))
            .trim()
    };
    assert_eq!(field("Contact:"), "mailto:contact@asekkey.fr");
    assert_eq!(field("Preferred-Languages:"), "fr, en");
    let canonical = format!("{SITE}/.well-known/security.txt");
    assert_eq!(field("Canonical:"), canonical);
    let expires: DateTime<Utc> = field("Expires:").parse().unwrap();
    let left = expires - app.now();
    assert!(left > TimeDelta::days(30) && left < TimeDelta::days(365));
}

#[actix_web::test]
async fn a_link_shown_elsewhere_has_its_title_and_its_picture() {
    let app = site().await;
    let page = app.browser().get("/").await;
    let meta = |name: &str| {
        let found = page.attribute(&format!("meta[property='og:{name}']"), "content");
        found.unwrap_or_else(|| panic!("no og:{name}"))
    };
    assert_eq!(meta("url"), format!("{SITE}/"));
    assert_eq!(meta("locale"), "fr_FR");
    let image = meta("image");
    let picture = reqwest::get(format!(
        "{}{}",
        app.address,
        image.strip_prefix(SITE).unwrap()
    ));
    let picture = picture.await.unwrap();
    assert_eq!(picture.headers()["content-type"], "image/png");
    let bytes = picture.bytes().await.unwrap();
    assert!(bytes.len() <= 40_000, "{}", bytes.len());
    // The size stands at the beginning of a PNG.
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!(
        (meta("image:width"), meta("image:height")),
        (side(16).to_string(), side(20).to_string())
    );
    assert!(
        page.texts("img").is_empty(),
        "the page itself does not load it"
    );
}

#[actix_web::test]
async fn the_firm_is_described_for_search_engines() {
    let flags = ["--public-url", SITE, "--phone", "01 00 </script> & 00"];
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &flags).await;
    let page = app.browser().get("/").await;
    let blocks = page.texts("script[type='application/ld+json']");
    assert_eq!(blocks.len(), 1, "the phone number did not end the block");
    let firm: serde_json::Value = serde_json::from_str(&blocks[0]).unwrap();
    assert_eq!(firm["@type"], "Organization");
    assert_eq!(firm["telephone"], "01 00 </script> & 00");
    let contact = &firm["contactPoint"];
    assert_eq!(contact["email"], "Réclamation@asekkey.fr");
    assert_eq!(contact["url"], format!("{SITE}/deposer"));
}

#[actix_web::test]
async fn icons_are_where_programs_look_for_them() {
    let app = site().await;
    for (path, kind, magic) in [
        ("/favicon.ico", "image/x-icon", &b"\0\0\x01\0"[..]),
        ("/apple-touch-icon.png", "image/png", b"\x89PNG"),
    ] {
        let icon = reqwest::get(format!("{}{path}", app.address))
            .await
            .unwrap();
        assert_eq!(icon.status(), StatusCode::OK, "{path}");
        assert_eq!(icon.headers()["content-type"], kind);
        let bytes = icon.bytes().await.unwrap();
        assert!(bytes.starts_with(magic) && bytes.len() < 5_000, "{path}");
    }
}
