//! The step by itself: files are listed, removed, told back; nothing is compulsory.

use chrono::TimeDelta;
use reclamations::case::draft;

use crate::public::files::{STEP, TODAY, digest, n_rows, names, visitor};
use crate::support::app::TestApp;
use crate::support::filing::{COMPLAINT, REQUEST, fill_in, receipt};
use crate::support::samples::{docx, jpeg, odt, pdf};
use crate::support::smtp::SmtpServer;
use crate::support::upload::{MULTIPART, form};

#[tokio::test(flavor = "multi_thread")]
async fn what_to_send_and_what_not_is_told_before_the_button() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    let empty = browser.get(STEP).await;
    assert_eq!(empty.texts(".progress"), ["Étape 4 sur 6"]);
    assert_eq!(empty.texts("h2")[0], "Aucune pièce jointe pour l’instant");
    let text = empty.text().replace('\u{a0}', " ");
    for word in [
        "PDF, JPEG, PNG, HEIC, DOCX, ODT, TXT ou EML",
        "10 Mo",
        "10 fichiers",
        "copies",
        "bancaires",
        "santé",
        "date et le lieu",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_listed_removed_and_kept_with_the_draft() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    for (name, bytes) in [
        ("facture.pdf", pdf(700_000)),
        ("photo.JPG", jpeg()),
        ("lettre.docx", docx()),
        ("lettre.odt", odt()),
        ("note.txt", "Bonjour, été.".into()),
        (
            "réponse.eml",
            b"From: a@example.org\r\nDate: hier\r\n\r\nOui".to_vec(),
        ),
    ] {
        let added = browser.upload(STEP, name, &bytes).await;
        assert_eq!(added.location(), "/deposer/pieces?avis=ajoute", "{name}");
    }
    let page = browser.get("/deposer/pieces?avis=ajoute").await;
    assert_eq!(page.texts("[role=status]"), ["Le fichier est ajouté."]);
    assert_eq!(
        names(&page),
        [
            "facture.pdf",
            "photo.JPG",
            "lettre.docx",
            "lettre.odt",
            "note.txt",
            "réponse.eml"
        ]
    );
    assert!(page.text().contains("684 ko"));
    let remove = page.attribute(".files form", "action").unwrap();
    let removed = browser
        .post(&remove, &[("csrf", &page.value("csrf"))])
        .await;
    assert_eq!(removed.location(), "/deposer/pieces?avis=retire");
    assert_eq!(names(&browser.get(STEP).await).len(), 5);
    // The text of the other steps is as it was.
    let facts = browser.get("/deposer/faits").await;
    assert!(facts.text().contains("n’a pas été traitée"));
}

#[tokio::test(flavor = "multi_thread")]
async fn continuing_takes_a_chosen_file_along_and_needs_none() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    let csrf = browser.get(STEP).await.value("csrf");
    let chosen = form(&csrf, "facture.pdf", &pdf(100), "continuer");
    let next = browser.send(STEP, MULTIPART, chosen).await;
    assert_eq!(next.location(), "/deposer/coordonnees");
    assert_eq!(names(&browser.get(STEP).await), ["facture.pdf"]);
    let none = form(&csrf, "", b"", "continuer");
    assert_eq!(
        browser.send(STEP, MULTIPART, none).await.location(),
        "/deposer/coordonnees"
    );
    let none = browser
        .send(STEP, MULTIPART, form(&csrf, "", b"", "ajouter"))
        .await;
    assert_eq!(none.status, 422);
    assert_eq!(
        none.texts("#fichier-erreur"),
        ["Choisissez un fichier, puis ajoutez-le."]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_has_the_step_too() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &REQUEST[..2]).await;
    assert_eq!(
        browser.get(STEP).await.texts(".progress"),
        ["Étape 3 sur 5"]
    );
    browser
        .upload(STEP, "question.pdf", &pdf(10))
        .await
        .location();
    fill_in(&browser, &REQUEST[2..]).await;
    let check = browser.get("/deposer/verification").await;
    assert!(
        check.text().contains("question.pdf, 10 octets"),
        "{}",
        check.text()
    );
    assert!(check.body.contains("href=\"/deposer/pieces\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_and_the_copy_tell_each_file_with_its_digest() {
    let relay = SmtpServer::start().await;
    let app = TestApp::spawn_with(TODAY, &["--relay", &relay.url()]).await;
    let background = app.start_background();
    let browser = visitor(&app).await;
    let bytes = pdf(300_000);
    browser
        .upload(STEP, "facture d’été.pdf", &bytes)
        .await
        .location();
    fill_in(&browser, &COMPLAINT[3..]).await;
    app.state.clock.advance(TimeDelta::minutes(4));
    browser.fill("/deposer/verification", &[]).await.location();
    let confirmation = browser.get("/deposer/confirmation").await;
    receipt(&confirmation);
    let told = confirmation.text().replace('\u{a0}', " ");
    assert!(told.contains("facture d’été.pdf, 293 ko"), "{told}");
    assert!(told.contains(&digest(&bytes)), "{told}");
    let link = relay.wait_for(1).await[0]
        .link("/suivi/confirmation/")
        .unwrap()
        .to_owned();
    let path = link.strip_prefix(&app.address).unwrap().to_owned();
    browser.fill(&path, &[]).await.location();
    let mails = relay.wait_for(2).await;
    let copy = mails
        .iter()
        .find(|mail| mail.subject().starts_with("Copie"))
        .unwrap();
    assert!(
        copy.body.contains("facture d’été.pdf, 293\u{a0}ko"),
        "{}",
        copy.body
    );
    assert!(copy.body.contains(&digest(&bytes)), "{}", copy.body);
    background.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_expires_takes_its_files_along() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    browser
        .upload(STEP, "facture.pdf", &pdf(300_000))
        .await
        .location();
    assert_eq!(n_rows(&app).await, 4);
    app.state.clock.advance(TimeDelta::days(8));
    let mut conn = app.database.conn().await;
    assert_eq!(
        draft::erase_expired(&mut conn, app.now(), 10)
            .await
            .unwrap(),
        1
    );
    assert_eq!(n_rows(&app).await, 0);
    let csrf = app.browser().get("/deposer").await.value("csrf");
    let late = browser
        .send(STEP, MULTIPART, form(&csrf, "a.pdf", &pdf(10), "ajouter"))
        .await;
    assert_eq!(late.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_prolongs_a_draft_to_the_end_of_its_last_day() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    let expiry = async || {
        let sql = "SELECT extract(epoch FROM expires_at)::bigint FROM drafts";
        let rows = app.database.rows(sql).await;
        let expiry: i64 = rows[0].get(0);
        expiry
    };
    let before = expiry().await;
    app.state.clock.advance(TimeDelta::minutes(1));
    browser.upload(STEP, "a.pdf", &pdf(10)).await.location();
    assert_eq!(expiry().await, before, "the same last day");
    app.state.clock.advance(TimeDelta::days(1));
    browser.upload(STEP, "b.pdf", &pdf(10)).await.location();
    assert_eq!(expiry().await, before + 24 * 3_600);
}
