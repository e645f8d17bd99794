//! A file sent on a case opened by a link: the code is asked for, then the file again.

use crate::public::following::link::link;
use crate::public::following::{ADDRESS, TODAY};
use crate::support::app::TestApp;
use crate::support::filing::{COMPLAINT, file};
use crate::support::samples::pdf;

const FILES: &str = "/suivi/dossier/pieces";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_sent_before_the_code_is_asked_for_again_and_not_refused() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let browser = app.browser();
    browser.fill(&link(&app, &receipt, ADDRESS, 0), &[]).await;
    let asked = browser.upload(FILES, "releve.pdf", &pdf(100)).await;
    assert_eq!(asked.texts("h1"), ["Votre code d’accès"]);
    assert!(asked.text().contains("il sera à choisir de nouveau"));

    let (csrf, lost) = (asked.value("csrf"), asked.value("a_choisir"));
    let sent = |code| {
        [
            ("csrf", &*csrf),
            ("a_choisir", &*lost),
            ("code_acces", code),
        ]
    };
    let refused = browser.post(FILES, &sent("AAAA-BBBB-CCCC")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("il sera à choisir de nouveau"));

    let done = browser.post(FILES, &sent(&receipt.code)).await;
    assert_eq!(done.location(), "/suivi/dossier/pieces?avis=code");
    let page = browser.get(done.location()).await;
    assert!(page.text().contains("Choisissez de nouveau votre fichier"));
    browser
        .upload(FILES, "releve.pdf", &pdf(100))
        .await
        .location();
    assert_eq!(
        browser.get(FILES).await.texts(".files .name"),
        ["releve.pdf"]
    );
}
