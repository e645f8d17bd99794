//! Who may add, remove and send, and how often.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::public::files::{STEP, TODAY, n_rows, names, settle_at, visitor};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::samples::pdf;
use crate::support::upload::{MULTIPART, end, field, file, form};

#[tokio::test(flavor = "multi_thread")]
async fn the_token_stands_before_the_file_or_nothing_is_read() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    let csrf = browser.get(STEP).await.value("csrf");
    let after = [file("a.pdf", &pdf(10)), field("csrf", &csrf), end()].concat();
    let without = [file("a.pdf", &pdf(10)), end()].concat();
    let forged = form("AAAA", "a.pdf", &pdf(10), "ajouter");
    let flood = form(&"x".repeat(100_000), "a.pdf", &pdf(10), "ajouter");
    for body in [
        after,
        without,
        forged,
        flood,
        Vec::new(),
        b"nothing".to_vec(),
    ] {
        let page = browser.send(STEP, MULTIPART, body).await;
        assert_eq!(page.status, 400);
        assert!(page.text().contains("Ce formulaire n’a pas pu être reçu"));
    }
    let plain = browser.post(STEP, &[("csrf", &csrf)]).await;
    assert_eq!(plain.status, 400);
    assert_eq!(n_rows(&app).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_touches_the_files_of_another_draft() {
    let app = TestApp::spawn_at(TODAY).await;
    let (one, other) = (visitor(&app).await, visitor(&app).await);
    one.upload(STEP, "mienne.pdf", &pdf(10)).await.location();
    let page = one.get(STEP).await;
    let remove = page.attribute(".files form", "action").unwrap();
    // With the token of one's own form, and with the other's.
    let csrf = other.get(STEP).await.value("csrf");
    assert_eq!(
        other.post(&remove, &[("csrf", &csrf)]).await.location(),
        STEP
    );
    let stolen = other.post(&remove, &[("csrf", &page.value("csrf"))]).await;
    assert_eq!(stolen.status, 400);
    for forged in ["/deposer/pieces/0/retirer", "/deposer/pieces/-1/retirer"] {
        assert_eq!(
            other.post(forged, &[("csrf", &csrf)]).await.location(),
            STEP
        );
    }
    let absurd = other
        .post("/deposer/pieces/abc/retirer", &[("csrf", &csrf)])
        .await;
    assert_eq!(absurd.status, 404);
    assert_eq!(names(&one.get(STEP).await), ["mienne.pdf"]);
    // The form of one draft cannot be sent by the browser of another.
    let body = form(&page.value("csrf"), "autre.pdf", &pdf(10), "ajouter");
    assert_eq!(other.send(STEP, MULTIPART, body).await.status, 400);
    assert_eq!(names(&other.get(STEP).await), Vec::<String>::new());
    assert_eq!(names(&one.get(STEP).await), ["mienne.pdf"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_draft_takes_no_file() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    let csrf = browser.get("/deposer").await.value("csrf");
    let body = form(&csrf, "a.pdf", &pdf(300_000), "ajouter");
    let none = browser.send(STEP, MULTIPART, body.clone()).await;
    assert_eq!(none.location(), "/deposer?avis=ordre");
    browser.set_cookie(&format!("brouillon={}", "A".repeat(43)));
    let forged = browser.send(STEP, MULTIPART, body).await;
    assert_eq!(forged.status, 410);
    assert_eq!(n_rows(&app).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_files_in_an_hour_keep_the_draft() {
    let app = TestApp::spawn_with(TODAY, &["--uploads-per-hour", "2"]).await;
    let browser = visitor(&app).await;
    for name in ["1.pdf", "2.pdf"] {
        browser.upload(STEP, name, &pdf(10)).await.location();
    }
    let page = browser.upload(STEP, "3.pdf", &pdf(10)).await;
    assert_eq!(page.status, 429);
    assert!(page.text().contains("reprenez cette étape"));
    assert!(page.headers.contains_key("retry-after"));
    assert_eq!(names(&browser.get(STEP).await), ["1.pdf", "2.pdf"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_server_says_so_and_keeps_the_draft() {
    let app = TestApp::spawn_with(TODAY, &["--uploads-at-once", "0"]).await;
    let browser = visitor(&app).await;
    let page = browser.upload(STEP, "1.pdf", &pdf(300_000)).await;
    assert_eq!(page.status, 503);
    assert!(
        page.text()
            .contains("Ce fichier n’a pas pu être reçu pour l’instant")
    );
    settle_at(&app, 0).await;
    let facts = browser.get("/deposer/faits").await;
    assert!(facts.text().contains("n’a pas été traitée"));
}

/// Sends `body`, announced as `length` bytes, through a proxy that says where it comes from.
async fn send_from_afar(
    app: &TestApp,
    browser: &Browser,
    (body, length): (&[u8], usize),
) -> TcpStream {
    let host = app.address.strip_prefix("http://").unwrap();
    let mut wire = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST {STEP} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nCookie: {cookies}\r\n\
         X-Forwarded-For: 203.0.113.9\r\nContent-Type: {MULTIPART}\r\n\
         Content-Length: {length}\r\n\r\n",
        origin = app.address,
        cookies = browser.cookies(),
    );
    wire.write_all(head.as_bytes()).await.unwrap();
    wire.write_all(body).await.unwrap();
    wire
}

/// The beginning of a form whose file goes on for long.
fn beginning(csrf: &str, bytes: &[u8]) -> Vec<u8> {
    let mut half = [field("csrf", csrf), file("facture.pdf", bytes)].concat();
    half.truncate(half.len() - 2);
    half
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_cannot_take_every_place() {
    let flags = [
        "--uploads-at-once-per-address",
        "2",
        "--trusted-proxy",
        "127.0.0.1",
    ];
    let app = TestApp::spawn_with(TODAY, &flags).await;
    let browser = visitor(&app).await;
    let csrf = browser.get(STEP).await.value("csrf");
    let half = beginning(&csrf, &pdf(300_000));
    let slow = [
        send_from_afar(&app, &browser, (&half, 900_500)).await,
        send_from_afar(&app, &browser, (&half, 900_500)).await,
    ];
    // A file that arrives is a row, and one more for its first piece.
    settle_at(&app, 4).await;
    let whole = form(&csrf, "3.pdf", &pdf(10), "ajouter");
    let mut third = send_from_afar(&app, &browser, (&whole, whole.len())).await;
    let mut said = [0; 12];
    third.read_exact(&mut said).await.unwrap();
    assert_eq!(&said, b"HTTP/1.1 503");
    // Another address has its own places.
    browser.upload(STEP, "autre.pdf", &pdf(10)).await.location();
    // They are given back once those who held them are gone.
    drop(slow);
    settle_at(&app, 3).await;
    let mut third = send_from_afar(&app, &browser, (&whole, whole.len())).await;
    third.read_exact(&mut said).await.unwrap();
    assert_eq!(&said, b"HTTP/1.1 303");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_dribbles_loses_the_place() {
    let flags = [
        "--uploads-at-once-per-address",
        "1",
        "--upload-silence-seconds",
        "2",
    ];
    let app = TestApp::spawn_with(TODAY, &flags).await;
    let browser = visitor(&app).await;
    let csrf = browser.get(STEP).await.value("csrf");
    let half = beginning(&csrf, &pdf(1_000));
    let mut wire = send_from_afar(&app, &browser, (&half, 900_500)).await;
    // Never silent, and far below what a slow line sends.
    let dribbling = tokio::spawn(async move {
        while wire.write_all(b"0123456789").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    let whole = form(&csrf, "2.pdf", &pdf(10), "ajouter");
    let full = browser.send(STEP, MULTIPART, whole.clone()).await;
    assert_eq!(full.status, 503);
    let mut taken = full;
    for _ in 0..40 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        taken = browser.send(STEP, MULTIPART, whole.clone()).await;
        if taken.status == 303 {
            break;
        }
    }
    assert_eq!(taken.location(), "/deposer/pieces?avis=ajoute");
    assert!(!dribbling.is_finished(), "it went on all the while");
    dribbling.abort();
}
