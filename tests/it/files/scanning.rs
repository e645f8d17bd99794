//! A real `clamd`: files wait until it has looked, an infected one is kept apart and said so.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::stream;
use reclamations::files::{Clamd, Verdict};
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::clamd::{ClamdServer, MARK};
use crate::support::filing::{COMPLAINT, Receipt, fill_in, receipt};
use crate::support::samples::pdf;
use crate::support::smtp::free_port;

const TODAY: &str = "2026-04-30T08:00:00Z";
const STEP: &str = "/deposer/pieces";

fn infected() -> Vec<u8> {
    [pdf(300_000), MARK.to_vec(), pdf(300_000)].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scanner_tells_clean_from_infected() {
    let server = ClamdServer::start().await;
    let clamd = Clamd::new(&server.address());
    let pieces = |bytes: Vec<u8>| {
        let pieces: Vec<_> = bytes
            .chunks(200_000)
            .map(|piece| Ok(piece.to_vec()))
            .collect();
        stream::iter(pieces)
    };
    assert_eq!(
        clamd.scan(pieces(pdf(900_000))).await.unwrap(),
        Verdict::Clean
    );
    assert_eq!(
        clamd.scan(pieces(infected())).await.unwrap(),
        Verdict::Infected
    );
    drop(server);
    clamd.scan(pieces(pdf(10))).await.unwrap_err();
}

/// A visitor who adds a clean and an infected file.
async fn visitor(app: &TestApp) -> Browser {
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..3]).await;
    browser
        .upload(STEP, "saine.pdf", &pdf(600_000))
        .await
        .location();
    browser
        .upload(STEP, "malade.pdf", &infected())
        .await
        .location();
    browser
}

/// Opens a page again and again until its badges are these.
async fn wait_for_badges(browser: &Browser, path: &str, wanted: &[&str]) -> Page {
    for _ in 0..500 {
        let page = browser.get(path).await;
        if page.texts(".files .badge") == wanted {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{:?}", browser.get(path).await.texts(".files li"));
}

async fn send(app: &TestApp, browser: &Browser) -> Receipt {
    fill_in(browser, &COMPLAINT[3..]).await;
    app.state.clock.advance(TimeDelta::minutes(4));
    browser.fill("/deposer/verification", &[]).await.location();
    receipt(&browser.get("/deposer/confirmation").await)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_infected_file_is_kept_apart_and_everyone_is_told() {
    let server = ClamdServer::start().await;
    let app = TestApp::spawn_with(TODAY, &["--clamd", &server.address()]).await;
    let browser = visitor(&app).await;
    let waiting = browser.get(STEP).await;
    assert_eq!(
        waiting.texts(".files .badge"),
        ["Analyse en cours", "Analyse en cours"]
    );
    let background = app.start_background();
    let told = wait_for_badges(&browser, STEP, &["Programme malveillant détecté"]).await;
    assert!(told.text().contains("mis à l’écart"));
    let receipt = send(&app, &browser).await;
    let typed = [("reference", &*receipt.reference), ("code", &*receipt.code)];
    browser.fill("/suivi", &typed).await.location();
    let case = browser.get("/suivi/dossier").await;
    assert_eq!(case.texts(".files a"), ["saine.pdf"]);
    assert!(case.text().contains("envoyez une copie saine"));
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let page = staff.case(&receipt.reference).await;
    assert_eq!(
        page.texts(".files .badge"),
        ["Analysé", "Infecté, mis à l’écart"]
    );
    assert!(page.text().contains("ce fichier ne peut pas être ouvert"));
    let rows = app
        .database
        .rows("SELECT id FROM uploads WHERE scan = 'infected'")
        .await;
    let id: i64 = rows[0].get(0);
    assert_eq!(
        browser
            .get(&format!("/suivi/dossier/pieces/{id}"))
            .await
            .status,
        404
    );
    let theirs = format!("/gestion/dossiers/{}/pieces/{id}", receipt.reference);
    assert_eq!(staff.get(&theirs).await.status, 404);
    background.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_wait_while_the_scanner_is_away_and_are_scanned_once_it_is_back() {
    let port = free_port();
    let app = TestApp::spawn_with(TODAY, &["--clamd", &format!("127.0.0.1:{port}")]).await;
    let browser = visitor(&app).await;
    let receipt = send(&app, &browser).await;
    let background = app.start_background();
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    for _ in 0..500 {
        let tried = app
            .database
            .rows("SELECT 1 FROM uploads WHERE n_scans > 0")
            .await;
        if tried.len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let page = staff.case(&receipt.reference).await;
    assert_eq!(
        page.texts(".files .badge"),
        ["Analyse en cours", "Analyse en cours"]
    );
    assert!(page.texts(".files a").is_empty());
    let server = ClamdServer::listen(port).await.unwrap();
    assert_eq!(server.port(), port);
    app.state.clock.advance(TimeDelta::minutes(6));
    app.state.scan_bell.notify_one();
    let address = format!("/gestion/dossiers/{}", receipt.reference);
    wait_for_badges(&staff, &address, &["Analysé", "Infecté, mis à l’écart"]).await;
    let page = staff.case(&receipt.reference).await;
    assert!(
        page.text().contains("Pièce infectée, mise à l’écart"),
        "{}",
        page.text()
    );
    background.finish().await;
}
