//! What the script of the form adds, in a real browser.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::journey::sound::is_sound;
use crate::support::app::TestApp;
use crate::support::chromium::{Chromium, Script};

const HAS_UNSAVED: &str = "(() => { const leave = new Event('beforeunload', { cancelable: true }); \
     window.dispatchEvent(leave); return leave.defaultPrevented; })()";

async fn is_seen(chromium: &Chromium, id: &str) -> Value {
    let seen = format!("document.getElementById('{id}').offsetParent !== null");
    chromium.evaluate(&seen).await
}

#[actix_web::test]
async fn the_script_hides_what_does_not_apply_counts_and_warns_before_text_is_lost() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let chromium = Chromium::start(&app.address, Script::On).await;
    chromium.open("/deposer").await;
    chromium.tab_to("radio", "Exprimer un").await;
    chromium.press(Key::Space).await;
    chromium
        .follow("button", "Continuer", "/deposer/situation")
        .await;

    assert_eq!(is_seen(&chromium, "represented").await, json!(false));
    assert_eq!(is_seen(&chromium, "wrote_on").await, json!(false));
    chromium.tab_to("radio", "Client").await;
    chromium.press(Key::Space).await;
    assert_eq!(is_seen(&chromium, "represented").await, json!(false));
    for _ in 0..4 {
        chromium.press(Key::Down).await;
    }
    assert_eq!(is_seen(&chromium, "represented").await, json!(true));
    is_sound(&chromium).await;
    // The choices themselves are no text: leaving loses nothing that was written.
    assert_eq!(chromium.evaluate(HAS_UNSAVED).await, json!(false));
    chromium.tab_to("textbox", "Nom de la personne").await;
    chromium.press("Arthur Lefèvre").await;
    assert_eq!(chromium.evaluate(HAS_UNSAVED).await, json!(true));
    chromium.tab_to("radio", "Non, à titre").await;
    chromium.press(Key::Space).await;
    chromium
        .follow("button", "Continuer", "/deposer/faits")
        .await;

    let counter = "document.querySelector('#facts + .counter').textContent";
    let shown = |text: &str| json!(text.replace(' ', "\u{202f}").replace('_', " "));
    assert_eq!(
        chromium.evaluate(counter).await,
        shown("0_sur_5 000\u{a0}caractères")
    );
    chromium.tab_to("textbox", "Racontez-nous").await;
    chromium.press("été 😀").await;
    assert_eq!(
        chromium.evaluate(counter).await,
        shown("5_sur_5 000\u{a0}caractères")
    );
    let fill = "(() => { const area = document.getElementById('facts'); area.value = 'é'.repeat(5012); \
         area.dispatchEvent(new Event('input', { bubbles: true })); })()";
    chromium.evaluate(fill).await;
    assert_eq!(
        chromium.evaluate(counter).await,
        shown("12\u{a0}caractères_de_trop")
    );
    // Not said at each key: after a pause.
    let voice = "document.querySelector('form [role=status]').textContent";
    assert_eq!(chromium.evaluate(voice).await, json!(""));
    tokio::time::sleep(std::time::Duration::from_millis(1_800)).await;
    assert_eq!(
        chromium.evaluate(voice).await,
        shown("12\u{a0}caractères_de_trop")
    );

    // Refused: the text is in the page and nowhere else, until it is right.
    chromium
        .follow("button", "Continuer", "/deposer/faits")
        .await;
    is_sound(&chromium).await;
    assert_eq!(chromium.evaluate(HAS_UNSAVED).await, json!(true));
}
