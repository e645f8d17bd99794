//! The person's case by keyboard, without script: writing, changing an address, withdrawing.

use serde_json::json;
use thirtyfour::Key;

use crate::journey::pages::asked_nobody_else;
use crate::journey::sound::is_sound;
use crate::support::app::TestApp;
use crate::support::chromium::{Chromium, Script};
use crate::support::filing::{COMPLAINT, Receipt, file};

/// The page of the case.
pub(crate) const CASE: &str = "/suivi/dossier";

#[actix_web::test]
async fn a_person_acts_on_their_case_by_keyboard_without_script() {
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &["--rate-limits", "off"]).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let chromium = Chromium::start(&app.address, Script::Off).await;
    open(&chromium, &receipt).await;

    chromium.tab_to("textbox", "Votre message").await;
    chromium.press("La lettre est partie le 2 avril.").await;
    chromium.follow("button", "Envoyer le message", CASE).await;
    is_sound(&chromium).await;
    assert_shown(&chromium, "La lettre est partie le 2 avril.").await;

    chromium
        .follow(
            "link",
            "Modifier mes coordonnées",
            "/suivi/dossier/coordonnees",
        )
        .await;
    is_sound(&chromium).await;
    chromium.tab_to("textbox", "Adresse postale").await;
    chromium.press("12 rue des Lilas").await;
    chromium.press(Key::Enter).await;
    chromium.press("44000 Nantes").await;
    chromium.follow("button", "Enregistrer", CASE).await;
    assert_shown(&chromium, "44000 Nantes").await;

    chromium
        .follow("link", "Joindre des pièces", "/suivi/dossier/pieces")
        .await;
    is_sound(&chromium).await;
    chromium.driver.back().await.unwrap();
    chromium
        .follow("link", "Retirer ma réclamation", "/suivi/dossier/retrait")
        .await;
    is_sound(&chromium).await;
    chromium
        .follow("button", "Retirer ma réclamation", CASE)
        .await;
    is_sound(&chromium).await;
    assert_shown(&chromium, "Votre réclamation est retirée").await;
    asked_nobody_else(&chromium, &app.address).await;
}

/// Opens the case with its reference and code.
pub(crate) async fn open(chromium: &Chromium, receipt: &Receipt) {
    chromium.open("/suivi/code-perdu").await;
    is_sound(chromium).await;
    chromium.open("/suivi").await;
    chromium.tab_to("textbox", "Référence").await;
    chromium.press(receipt.reference.as_str()).await;
    chromium.tab_to("textbox", "Code d’accès").await;
    chromium.press(receipt.code.as_str()).await;
    chromium.follow("button", "Ouvrir mon dossier", CASE).await;
    is_sound(chromium).await;
}

async fn assert_shown(chromium: &Chromium, text: &str) {
    let shown = format!(
        "document.querySelector('main').innerText.includes({})",
        json!(text)
    );
    assert_eq!(
        chromium.evaluate(&shown).await,
        json!(true),
        "« {text} » is not shown"
    );
}
