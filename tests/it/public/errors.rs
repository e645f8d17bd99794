//! Whatever goes wrong is told in French, on a page of ours, with a way out.

use reqwest::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ORIGIN, RETRY_AFTER};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use scraper::{Html, Selector};

use crate::support::app::TestApp;

/// Sends it as a page of the site would.
async fn send(app: &TestApp, request: RequestBuilder) -> Response {
    request.header(ORIGIN, &app.address).send().await.unwrap()
}

async fn assert_is_our_page(answer: Response, status: StatusCode, what: &str) {
    assert_eq!(answer.status(), status, "{what}");
    let headers = answer.headers().clone();
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ] {
        assert_eq!(headers.get(name).unwrap(), value, "{what}");
    }
    let policies: Vec<_> = headers.get_all("content-security-policy").iter().collect();
    assert_eq!(policies.len(), 1, "{what}");
    let page = Html::parse_document(&answer.text().await.unwrap());
    let count = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
    assert_eq!(count("html[lang=fr]"), 1, "{what}");
    assert_eq!(count("h1"), 1, "{what}");
    assert!(count("main a[href='/']") > 0, "{what}: no way out");
    assert!(count("main a[href^='mailto:']") > 0, "{what}: no e-mail");
    assert_eq!(count("main address"), 1, "{what}: no postal address");
}

#[actix_web::test]
async fn every_refusal_is_a_page_with_a_way_out() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let client = Client::new();
    let at = |path: &str| format!("{}{path}", app.address);
    let long = format!("/delais?date={}", "1".repeat(50_000));
    for (path, status) in [
        ("/nope", StatusCode::NOT_FOUND),
        ("/deposer/inconnu", StatusCode::NOT_FOUND),
        ("/deposer/%FF", StatusCode::NOT_FOUND),
        ("/static/style.css", StatusCode::NOT_FOUND),
        ("/deposer?avis=ordre&avis=ordre", StatusCode::BAD_REQUEST),
        ("/suivi?avis=ferme&avis=ferme", StatusCode::BAD_REQUEST),
    ] {
        let answer = send(&app, client.get(at(path))).await;
        assert_is_our_page(answer, status, path).await;
    }
    let read = client.get(at(&long)).send().await.unwrap();
    assert_eq!(
        read.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "a long date"
    );

    for (method, path, allowed) in [
        (Method::PUT, "/deposer", "GET, HEAD, POST"),
        (Method::DELETE, "/suivi", "GET, HEAD, POST"),
        (Method::POST, "/deposer/confirmation", "GET, HEAD"),
    ] {
        let answer = send(&app, client.request(method, at(path))).await;
        assert_eq!(answer.headers()[ALLOW], allowed, "{path}");
        assert_is_our_page(answer, StatusCode::METHOD_NOT_ALLOWED, path).await;
    }
}

#[actix_web::test]
async fn a_form_that_cannot_be_read_is_refused_in_words() {
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &["--form-bytes", "1000"]).await;
    let client = Client::new();
    let to = format!("{}/deposer", app.address);
    let form = "application/x-www-form-urlencoded";
    let large = format!("facts={}", "é".repeat(600));
    for (kind, body, status) in [
        ("application/json", "{}".to_owned(), StatusCode::BAD_REQUEST),
        (form, "%".to_owned(), StatusCode::BAD_REQUEST),
        (form, "csrf=a&csrf=b".to_owned(), StatusCode::BAD_REQUEST),
        (form, large, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let request = client
            .post(&to)
            .header(CONTENT_TYPE, kind)
            .body(body.clone());
        assert_is_our_page(send(&app, request).await, status, &body).await;
    }
    let elsewhere = client.post(&to).header(ORIGIN, "https://example.org");
    let refused = elsewhere.send().await.unwrap();
    assert_is_our_page(refused, StatusCode::BAD_REQUEST, "another site").await;
}

#[actix_web::test]
async fn a_failure_of_ours_says_only_what_is_true() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let browser = app.browser();
    let csrf = browser.get("/deposer").await.value("csrf");
    app.database
        .run("ALTER TABLE drafts DROP COLUMN content")
        .await;
    let fields = [("csrf", csrf.as_str()), ("intent", "complaint")];
    let broken = browser.post("/deposer", &fields).await;
    assert_eq!(broken.status, StatusCode::INTERNAL_SERVER_ERROR);
    let text = broken.text();
    assert!(text.contains("noté dans nos journaux techniques"), "{text}");
    assert!(!text.contains("signalée à notre équipe"), "nobody is told");
    assert!(text.contains("Réclamation@asekkey.fr") && text.contains("75008 Paris"));
}

#[actix_web::test]
async fn too_many_drafts_keep_what_was_typed_and_say_until_when() {
    let flags = ["--drafts-per-hour", "1"];
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &flags).await;
    let typed = [("intent", "complaint")];
    assert_eq!(app.browser().fill("/deposer", &typed).await.status, 303);
    app.state.clock.advance(chrono::TimeDelta::minutes(20));
    let browser = app.browser();
    let refused = browser.fill("/deposer", &typed).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers[RETRY_AFTER], "2400");
    let kept = refused.attribute("input[checked]", "value");
    assert_eq!(kept.as_deref(), Some("complaint"));
    let text = refused.texts("main").concat();
    for words in ["dans 40 minutes", "Réclamation@asekkey.fr", "75008 Paris"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    app.state.clock.advance(chrono::TimeDelta::seconds(2400));
    assert_eq!(browser.fill("/deposer", &typed).await.status, 303);
}
