//! Files chosen in a real browser: with the script several leave one by one and the list follows,
//! without it the form sends each.

use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::By;
use thirtyfour::{Key, TypingData};

use crate::journey::case::{CASE, open};
use crate::journey::pages::{MAX_WEIGHT, weight};
use crate::journey::sound::is_sound;
use crate::support::app::TestApp;
use crate::support::chromium::{Chromium, Script};
use crate::support::filing::{COMPLAINT, file};
use crate::support::samples::{pdf, program};

const WAITING: &str = "/suivi/dossier/pieces";
/// The names in the list.
pub(crate) const NAMES: &str =
    "[...document.querySelectorAll('.files .name')].map(e => e.textContent)";

/// Chooses files in the box of the page; they live as long as the folder returned.
pub(crate) async fn choose(chromium: &Chromium, files: &[(&str, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        paths.push(path.display().to_string());
    }
    let field = chromium.driver.find(By::Id("fichier")).await.unwrap();
    let paths = TypingData::from(paths.join("\n"));
    field.send_keys(paths).await.unwrap();
    folder
}

/// Waits until an expression is worth this.
pub(crate) async fn wait_for(chromium: &Chromium, expression: &str, wanted: &Value) {
    for _ in 0..500 {
        if chromium.evaluate(expression).await == *wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(chromium.evaluate(expression).await, *wanted, "{expression}");
}

/// Keeps in `said` what a screen reader would say from now on.
const LISTEN: &str = "(() => { window.said = []; \
     const voice = document.querySelector('form [role=status]'); \
     new MutationObserver(() => window.said.push(voice.textContent)) \
         .observe(voice, { childList: true, characterData: true, subtree: true }); })()";

#[actix_web::test]
async fn with_the_script_several_files_leave_one_by_one_and_each_refusal_is_told() {
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &["--rate-limits", "off"]).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let chromium = Chromium::start(&app.address, Script::On).await;
    open(&chromium, &receipt).await;
    chromium.open(WAITING).await;
    chromium.evaluate(LISTEN).await;
    let chosen = [
        ("recto.pdf", pdf(900_000)),
        ("programme.exe", program()),
        ("verso.pdf", pdf(10)),
    ];
    let _folder = choose(&chromium, &chosen).await;
    chromium.tab_to("button", "Ajouter ce fichier").await;
    chromium.press(Key::Enter).await;
    wait_for(&chromium, "window.said.length", &json!(4)).await;
    assert_eq!(
        chromium.evaluate(NAMES).await,
        json!(["recto.pdf", "verso.pdf"])
    );
    let said = chromium.evaluate("window.said").await;
    assert_eq!(said[0], json!("Envoi de recto.pdf, 1 sur 3"));
    assert_eq!(said[2], json!("Envoi de verso.pdf, 3 sur 3"));
    let told = said[3].as_str().unwrap();
    assert!(
        told.starts_with("2 fichiers ajoutés. programme.exe"),
        "{told}"
    );
    assert!(told.contains("les autres formats ne sont pas acceptés"));
    let field = chromium.focused().await.unwrap();
    assert!(field.description.contains("programme.exe"), "{field:?}");
    is_sound(&chromium).await;

    // What was refused is forgotten; the way on takes the last file along.
    let _folder = choose(&chromium, &[("suite.pdf", pdf(10))]).await;
    chromium
        .follow("button", "Continuer vers le message", CASE)
        .await;
    is_sound(&chromium).await;
    let shown = "document.querySelector('main').innerText.includes('Les 3 pièces en attente')";
    assert_eq!(chromium.evaluate(shown).await, json!(true));
}

#[actix_web::test]
async fn a_case_that_closed_meanwhile_shows_the_page_that_says_so() {
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &["--rate-limits", "off"]).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let chromium = Chromium::start(&app.address, Script::On).await;
    open(&chromium, &receipt).await;
    chromium.open(WAITING).await;
    app.state.clock.advance(chrono::TimeDelta::minutes(31));
    let _folder = choose(&chromium, &[("facture.pdf", pdf(10))]).await;
    chromium
        .follow("button", "Ajouter ce fichier", "/suivi")
        .await;
}

#[actix_web::test]
async fn the_page_of_the_files_is_light() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let chromium = Chromium::start(&app.address, Script::On).await;
    open(&chromium, &receipt).await;
    let no_cache = json!({ "cacheDisabled": true });
    chromium.cdp("Network.setCacheDisabled", no_cache).await;
    let _before = chromium.network().await;
    chromium.open(WAITING).await;
    let weight = weight(&chromium.network().await, &app.address);
    assert!((1_000..=MAX_WEIGHT).contains(&weight), "{weight} bytes");
}
