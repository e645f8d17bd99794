//! A refused form, heard and corrected by keyboard.

use thirtyfour::Key;

use crate::journey::sound::is_sound;
use crate::support::app::TestApp;
use crate::support::chromium::{Chromium, Script};

#[actix_web::test]
async fn a_refused_form_says_so_first_and_leads_to_each_field() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let chromium = Chromium::start(&app.address, Script::On).await;
    chromium.open("/suivi").await;
    chromium
        .follow("button", "Ouvrir mon dossier", "/suivi")
        .await;

    is_sound(&chromium).await;
    let title = chromium.driver.title().await.unwrap();
    assert!(title.starts_with("Erreur"), "{title}");
    let summary = chromium.focused().await.unwrap();
    assert_eq!(summary.role, "alert", "{summary:?}");
    chromium.tab_to("link", "Indiquez votre code d’accès").await;
    chromium.press(Key::Enter).await;
    let field = chromium.focused().await.unwrap();
    assert_eq!(
        (field.role.as_str(), field.name.as_str()),
        ("textbox", "Code d’accès")
    );
    assert!(
        field.description.contains("Indiquez votre code d’accès"),
        "{field:?}"
    );
}
