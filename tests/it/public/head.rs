//! HEAD, for monitors and link checkers.

use reqwest::header::CONTENT_LENGTH;
use reqwest::{Client, StatusCode};

use crate::support::app::TestApp;

#[actix_web::test]
async fn head_tells_what_get_would() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let client = Client::builder().no_gzip().no_brotli().build().unwrap();
    for path in [
        "/",
        "/delais?date=2026-04-30",
        "/healthz",
        "/gestion/connexion",
        "/nope",
    ] {
        let address = format!("{}{path}", app.address);
        let get = client.get(&address).send().await.unwrap();
        let head = client.head(&address).send().await.unwrap();
        assert_eq!(head.status(), get.status(), "{path}");
        let expected = if path == "/nope" {
            StatusCode::NOT_FOUND
        } else {
            StatusCode::OK
        };
        assert_eq!(head.status(), expected, "{path}");
        let length = head.headers().get(CONTENT_LENGTH).cloned();
        let body = get.bytes().await.unwrap();
        let announced = length.map(|it| it.to_str().unwrap().to_owned());
        assert_eq!(announced, Some(body.len().to_string()), "{path}");
        assert!(head.bytes().await.unwrap().is_empty(), "{path}");
    }
}
