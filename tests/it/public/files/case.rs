//! The files of a case: given back byte for byte to its person and to staff, never shown inline.

use chrono::TimeDelta;
use reclamations::staff::Role;

use crate::public::files::{STEP, TODAY, digest, names, visitor};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::filing::{COMPLAINT, Receipt, fill_in, receipt};
use crate::support::samples::pdf;

/// Files a complaint with one file.
async fn filed(app: &TestApp, name: &str, bytes: &[u8]) -> (Browser, Receipt) {
    let browser = visitor(app).await;
    browser.upload(STEP, name, bytes).await.location();
    fill_in(&browser, &COMPLAINT[3..]).await;
    app.state.clock.advance(TimeDelta::minutes(4));
    browser.fill("/deposer/verification", &[]).await.location();
    let receipt = receipt(&browser.get("/deposer/confirmation").await);
    (browser, receipt)
}

/// Opens the case with its code.
async fn open(browser: &Browser, receipt: &Receipt) {
    let typed = [("reference", &*receipt.reference), ("code", &*receipt.code)];
    browser.fill("/suivi", &typed).await.location();
}

#[tokio::test(flavor = "multi_thread")]
async fn person_and_staff_get_the_original_to_save_and_nobody_else_does() {
    let app = TestApp::spawn_at(TODAY).await;
    let bytes = pdf(600_000);
    let (browser, receipt) = filed(&app, "reçu 😀.pdf", &bytes).await;
    let row = app.database.rows("SELECT id FROM uploads").await;
    let id: i64 = row[0].get(0);
    let mine = format!("/suivi/dossier/pieces/{id}");
    assert_eq!(browser.get(&mine).await.location(), "/suivi?avis=expire");
    open(&browser, &receipt).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Auditor).await;
    let theirs = format!("/gestion/dossiers/{}/pieces/{id}", receipt.reference);
    for (reader, path) in [(&browser, &mine), (&staff, &theirs)] {
        let (headers, read) = reader.download(path).await;
        assert_eq!(digest(&read), digest(&bytes), "{path}");
        let said = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(
            said("content-disposition"),
            "attachment; filename=\"re_u _.pdf\"; filename*=UTF-8''re%C3%A7u%20%F0%9F%98%80.pdf"
        );
        assert_eq!(said("content-length"), "600000");
        assert_eq!(said("content-type"), "application/pdf");
        assert_eq!(said("x-content-type-options"), "nosniff");
        assert_eq!(
            said("content-security-policy"),
            "sandbox; default-src 'none'"
        );
        assert_eq!(said("cache-control"), "no-store");
    }
    let case = browser.get("/suivi/dossier").await;
    assert_eq!(names(&case), ["reçu 😀.pdf"]);
    assert!(case.text().contains(&digest(&bytes)));
    let page = staff.case(&receipt.reference).await;
    assert_eq!(names(&page), ["reçu 😀.pdf"]);
    assert!(page.text().contains(&digest(&bytes)));
    assert!(page.text().contains("Non analysé"));
    assert!(page.text().contains("Pièce ajoutée"));
    // Another case's person, a stranger, a file that is not there.
    let (other, others) = filed(&app, "autre.pdf", &pdf(10)).await;
    open(&other, &others).await;
    assert_eq!(other.get(&mine).await.status, 404);
    assert_eq!(app.browser().get(&theirs).await.status, 303);
    assert_eq!(
        browser.get("/suivi/dossier/pieces/999999").await.status,
        404
    );
    let crossed = format!("/gestion/dossiers/{}/pieces/{id}", others.reference);
    assert_eq!(staff.get(&crossed).await.status, 404);
    assert_eq!(n_lines(&app, "file.added").await, 2);
}

/// How many lines of this kind the journal has.
async fn n_lines(app: &TestApp, kind: &str) -> usize {
    let sql = format!("SELECT 1 FROM journal_events WHERE kind = '{kind}'");
    app.database.rows(&sql).await.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_the_person_waits_for_their_message() {
    const WAITING: &str = "/suivi/dossier/pieces";
    let app = TestApp::spawn_at(TODAY).await;
    let (browser, receipt) = filed(&app, "a.pdf", &pdf(10)).await;
    open(&browser, &receipt).await;
    let added = browser.upload(WAITING, "suite.pdf", &pdf(300_000)).await;
    assert_eq!(added.location(), "/suivi/dossier/pieces?avis=ajoute");
    let refused = browser.upload(WAITING, "suite.exe", &pdf(10)).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .text()
            .contains("les autres formats ne sont pas acceptés")
    );
    assert_eq!(names(&refused), ["suite.pdf"]);
    let case = browser.get("/suivi/dossier").await;
    assert_eq!(names(&case), ["a.pdf"]);
    assert!(
        case.text()
            .contains("Une pièce partira avec votre prochain message")
    );
    // Staff see it once it is sent, and cannot ask for it before.
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    assert_eq!(names(&staff.case(&receipt.reference).await), ["a.pdf"]);
    let page = browser.get(WAITING).await;
    let remove = page.attribute(".files form", "action").unwrap();
    let id = remove.split('/').nth(4).unwrap();
    let early = format!("/gestion/dossiers/{}/pieces/{id}", receipt.reference);
    assert_eq!(staff.get(&early).await.status, 404);
    browser
        .post(&remove, &[("csrf", &page.value("csrf"))])
        .await
        .location();
    assert_eq!(names(&browser.get(WAITING).await), Vec::<String>::new());
    // What was filed stays.
    let filed = browser
        .post(
            "/suivi/dossier/pieces/1/retirer",
            &[("csrf", &page.value("csrf"))],
        )
        .await;
    assert_eq!(filed.location(), WAITING);
    assert_eq!(names(&browser.get("/suivi/dossier").await), ["a.pdf"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_send_files_with_their_message() {
    let app = TestApp::spawn_at(TODAY).await;
    let (browser, receipt) = filed(&app, "a.pdf", &pdf(10)).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let waiting = format!("/gestion/dossiers/{}/pieces", receipt.reference);
    assert_eq!(
        staff
            .upload(&waiting, "contrat.pdf", &pdf(300_000))
            .await
            .location(),
        waiting
    );
    let refused = staff.upload(&waiting, "contrat.pdf", b"MZ\0").await;
    assert_eq!(refused.status, 422);
    open(&browser, &receipt).await;
    assert_eq!(names(&browser.get("/suivi/dossier").await), ["a.pdf"]);
    staff
        .act(&receipt.reference, "message", &[("message", "Voici.")])
        .await
        .location();
    assert_eq!(names(&staff.get(&waiting).await), Vec::<String>::new());
    let case = browser.get("/suivi/dossier").await;
    assert_eq!(names(&case), ["a.pdf", "contrat.pdf"]);
    assert!(case.text().contains("de notre part"));
    let link = case.attribute(".files li:last-child a", "href").unwrap();
    assert_eq!(browser.download(&link).await.1, pdf(300_000));
    assert_eq!(n_lines(&app, "file.added").await, 2);
}
