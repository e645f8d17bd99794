//! The whole journey by keyboard alone, 320 pixels wide, with script and without.

use serde_json::json;
use thirtyfour::Key;

use crate::journey::files;
use crate::journey::pages::asked_nobody_else;
use crate::journey::sound::is_sound;
use crate::support::app::TestApp;
use crate::support::chromium::{Chromium, Script};
use crate::support::samples::pdf;

#[actix_web::test]
async fn a_person_goes_all_the_way_by_keyboard() {
    walk(Script::On).await;
}

#[actix_web::test]
async fn a_person_goes_all_the_way_by_keyboard_without_script() {
    walk(Script::Off).await;
}

async fn walk(script: Script) {
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &["--rate-limits", "off"]).await;
    let chromium = Chromium::start(&app.address, script).await;
    fill_in(&chromium, script).await;
    let [reference, code] = send(&chromium).await;
    open_case(&chromium, &reference, &code).await;
    asked_nobody_else(&chromium, &app.address).await;
}

/// From the procedure to the last step of the form.
async fn fill_in(chromium: &Chromium, script: Script) {
    chromium.open("/").await;
    is_sound(chromium).await;
    chromium.follow("link", "Déposer", "/deposer").await;
    is_sound(chromium).await;
    chromium
        .choose("Exprimer un mécontentement", "Exprimer un mécontentement")
        .await;
    chromium
        .follow("button", "Continuer", "/deposer/situation")
        .await;

    is_sound(chromium).await;
    chromium.choose("Client", "Mandataire").await;
    chromium
        .type_in("Nom de la personne", "Arthur Lefèvre")
        .await;
    chromium.choose("Non, à titre", "Non, à titre").await;
    chromium.type_in("Numéro", "HAB-2024-117204").await;
    chromium
        .follow("button", "Continuer", "/deposer/faits")
        .await;

    is_sound(chromium).await;
    chromium
        .type_in(
            "Racontez-nous",
            "Ma demande de résiliation n’a pas été traitée.",
        )
        .await;
    chromium
        .type_in("Ce que vous attendez", "La résiliation au 1er mars.")
        .await;
    chromium
        .follow("button", "Continuer", "/deposer/pieces")
        .await;
    join(chromium, script).await;
    chromium
        .follow("button", "Continuer", "/deposer/coordonnees")
        .await;

    is_sound(chromium).await;
    chromium.type_in("Prénom", "Jeanne").await;
    chromium.type_in("Nom", "Lefèvre").await;
    chromium
        .type_in("Adresse e-mail", "jeanne.lefevre@example.org")
        .await;
    chromium
        .follow("button", "Continuer", "/deposer/verification")
        .await;
}

/// Joins a file: the page stays with the script, and comes anew without.
async fn join(chromium: &Chromium, script: Script) {
    is_sound(chromium).await;
    let _folder = files::choose(chromium, &[("facture.pdf", pdf(300_000))]).await;
    if script == Script::On {
        chromium.tab_to("button", "Ajouter ce fichier").await;
        chromium.press(Key::Enter).await;
        files::wait_for(chromium, files::NAMES, &json!(["facture.pdf"])).await;
    } else {
        let step = "/deposer/pieces";
        chromium.follow("button", "Ajouter ce fichier", step).await;
        assert_eq!(
            chromium.evaluate(files::NAMES).await,
            json!(["facture.pdf"])
        );
    }
    is_sound(chromium).await;
}

/// Sends, and reads the reference and the code.
async fn send(chromium: &Chromium) -> [String; 2] {
    is_sound(chromium).await;
    chromium
        .follow("button", "Envoyer ma réclamation", "/deposer/confirmation")
        .await;
    is_sound(chromium).await;
    let shown = "[...document.querySelectorAll('.receipt .code')].map(e => e.textContent)";
    let shown = chromium.evaluate(shown).await;
    serde_json::from_value(shown).unwrap()
}

async fn open_case(chromium: &Chromium, reference: &str, code: &str) {
    chromium
        .follow("link", "Suivre mon dossier", "/suivi")
        .await;
    is_sound(chromium).await;
    chromium.type_in("Référence", reference).await;
    chromium.type_in("Code d’accès", code).await;
    chromium
        .follow("button", "Ouvrir mon dossier", "/suivi/dossier")
        .await;
    is_sound(chromium).await;
    let heading = chromium
        .evaluate("document.querySelector('h1').textContent")
        .await;
    assert_eq!(heading, json!("Votre réclamation est bien reçue"));
}
