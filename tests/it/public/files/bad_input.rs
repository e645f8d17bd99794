//! What is refused says so beside the field, keeps the rest, and leaves no row.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::public::files::{STEP, TODAY, n_rows, names, settle_at, visitor};
use crate::support::app::TestApp;
use crate::support::browser::Page;
use crate::support::samples::{Zip, docx_files, jpeg, pdf, program, zip};
use crate::support::upload::{MULTIPART, field, file, form};

/// The message of a refused file, which also stands in the summary, linked to the field.
fn refusal(page: &Page) -> String {
    assert_eq!(page.status, 422, "{}", page.text());
    let message = page.texts("#fichier-erreur").join(" ");
    assert_eq!(page.texts("#erreurs a"), [message.as_str()]);
    assert_eq!(page.attribute("#erreurs a", "href").unwrap(), "#fichier");
    let title = page.texts("title").join(" ");
    assert!(title.starts_with("Erreur"), "{title}");
    message
}

fn bomb() -> Vec<u8> {
    let [types, document] = docx_files(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    );
    let mut bomb = Zip::default();
    bomb.add(types.0, types.1, types.1.len());
    bomb.add(document.0, document.1, 1_000_000_000);
    bomb.close()
}

/// Files that are refused, and some words of why.
fn refused() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let macros = zip(&docx_files(
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    ));
    vec![
        (
            "programme.exe",
            program(),
            "les autres formats ne sont pas acceptés",
        ),
        (
            "facture.pdf.exe",
            pdf(100),
            "les autres formats ne sont pas acceptés",
        ),
        (
            "lettre.docm",
            macros.clone(),
            "les autres formats ne sont pas acceptés",
        ),
        (
            "facture",
            pdf(100),
            "les autres formats ne sont pas acceptés",
        ),
        (
            "facture.pdf",
            program(),
            "se dit PDF, mais son contenu ne l’est pas",
        ),
        (
            "photo.png",
            pdf(100),
            "se dit PNG, mais son contenu est au format PDF",
        ),
        (
            "facture.pdf",
            jpeg(),
            "se dit PDF, mais son contenu est au format JPEG",
        ),
        ("lettre.docx", bomb(), "démesuré"),
        ("lettre.docx", macros, "contient des macros"),
        (
            "lettre.docx",
            zip(&[("a", b"b")]),
            "se dit DOCX, mais son contenu ne l’est pas",
        ),
        ("vide.pdf", Vec::new(), "Ce fichier est vide"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_bad_file_is_refused_in_plain_words_and_the_others_stay() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    browser
        .upload(STEP, "bonne.pdf", &pdf(100))
        .await
        .location();
    for (name, bytes, words) in refused() {
        let page = browser.upload(STEP, name, &bytes).await;
        let message = refusal(&page).replace('\u{a0}', " ");
        assert!(message.contains(words), "{name}: {message}");
        assert_eq!(names(&page), ["bonne.pdf"], "{name}");
    }
    settle_at(&app, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_large_still_gets_its_page() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    let just_right = pdf(10 * 1_024 * 1_024);
    browser
        .upload(STEP, "juste.pdf", &just_right)
        .await
        .location();
    for size in [10 * 1_024 * 1_024 + 1, 10_342 * 1_024, 40_000_000] {
        let page = browser.upload(STEP, "grande.pdf", &pdf(size)).await;
        let message = refusal(&page).replace('\u{a0}', " ");
        assert!(message.starts_with("Ce fichier dépasse 10 Mo"), "{message}");
        assert_eq!(names(&page), ["juste.pdf"]);
    }
    settle_at(&app, 2 + 40).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_eleventh_file_is_refused_and_the_ten_stay() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    let csrf = browser.get(STEP).await.value("csrf");
    for n in 1..=10 {
        let name = format!("{n}.pdf");
        browser.upload(STEP, &name, &pdf(100)).await.location();
    }
    let full = browser.get(STEP).await;
    assert!(full.text().contains("le maximum"));
    assert!(full.attribute("#fichier", "name").is_none());
    let eleventh = form(&csrf, "11.pdf", &pdf(100), "ajouter");
    let page = browser.send(STEP, MULTIPART, eleventh).await;
    let message = refusal(&page).replace('\u{a0}', " ");
    assert!(message.contains("déjà joint 10 fichiers"), "{message}");
    assert_eq!(names(&page).len(), 10);
    settle_at(&app, 30).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn eleven_files_at_once_are_ten() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    let csrf = browser.get(STEP).await.value("csrf");
    let sent = (0..14).map(|n| {
        let form = form(&csrf, &format!("{n}.pdf"), &pdf(300_000), "ajouter");
        browser.send(STEP, MULTIPART, form)
    });
    let pages = futures_util::future::join_all(sent).await;
    let n_taken = pages.iter().filter(|page| page.status == 303).count();
    assert_eq!(n_taken, 10);
    settle_at(&app, 10 * 4).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_post_ten_times_adds_one_file() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    let csrf = browser.get(STEP).await.value("csrf");
    let body = form(&csrf, "facture.pdf", &pdf(300_000), "ajouter");
    let sent = (0..10).map(|_| browser.send(STEP, MULTIPART, body.clone()));
    for page in futures_util::future::join_all(sent).await {
        assert_eq!(page.location(), "/deposer/pieces?avis=ajoute");
    }
    settle_at(&app, 4).await;
    let page = browser.get(STEP).await;
    let remove = page.attribute(".files form", "action").unwrap();
    for _ in 0..10 {
        browser.post(&remove, &[("csrf", &csrf)]).await.location();
    }
    assert_eq!(n_rows(&app).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_could_harm_are_made_safe() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    let long = format!("{}.pdf", "é".repeat(300));
    for (sent, kept) in [
        ("../../etc/passwd.pdf", "passwd.pdf".to_owned()),
        ("C:\\\\Users\\\\Zoé\\\\lettre.pdf", "lettre.pdf".to_owned()),
        ("😀 été.pdf", "😀 été.pdf".to_owned()),
        (&long, format!("{}.pdf", "é".repeat(196))),
    ] {
        browser.upload(STEP, sent, &pdf(100)).await.location();
        let page = browser.get(STEP).await;
        assert_eq!(names(&page), [kept]);
        let remove = page.attribute(".files form", "action").unwrap();
        browser
            .post(&remove, &[("csrf", &page.value("csrf"))])
            .await
            .location();
    }
    let nul = browser.upload(STEP, "fac\0ture.pdf", &pdf(100)).await;
    let message = refusal(&nul);
    assert!(message.contains("Renommez-le simplement"), "{message}");
    settle_at(&app, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sending_that_breaks_off_leaves_nothing() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = visitor(&app).await;
    let page = browser.get(STEP).await;
    let csrf = page.value("csrf");
    // A body that ends before its last boundary is told so.
    let mut half = [field("csrf", &csrf), file("facture.pdf", &pdf(900_000))].concat();
    half.truncate(700_000);
    let page = browser.send(STEP, MULTIPART, half.clone()).await;
    assert!(
        refusal(&page).contains("s’est interrompu"),
        "{}",
        page.text()
    );
    settle_at(&app, 0).await;
    // A browser that goes away in the middle.
    let cookies = browser.cookies();
    let mut wire = TcpStream::connect(app.address.strip_prefix("http://").unwrap())
        .await
        .unwrap();
    let head = format!(
        "POST {STEP} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nCookie: {cookies}\r\n\
         Content-Type: {MULTIPART}\r\nContent-Length: 900500\r\n\r\n",
        host = app.address.strip_prefix("http://").unwrap(),
        origin = app.address,
    );
    wire.write_all(head.as_bytes()).await.unwrap();
    wire.write_all(&half).await.unwrap();
    for _ in 0..500 {
        if n_rows(&app).await >= 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(
        n_rows(&app).await >= 2,
        "the half that was sent is being kept"
    );
    drop(wire);
    settle_at(&app, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sending_that_falls_silent_is_over() {
    let app = TestApp::spawn_with(TODAY, &["--upload-silence-seconds", "1"]).await;
    let browser = visitor(&app).await;
    let csrf = browser.get(STEP).await.value("csrf");
    let half = [field("csrf", &csrf), file("facture.pdf", &pdf(1_000))].concat();
    let host = app.address.strip_prefix("http://").unwrap();
    let mut wire = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST {STEP} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nCookie: {cookies}\r\n\
         Content-Type: {MULTIPART}\r\nContent-Length: 900500\r\n\r\n",
        origin = app.address,
        cookies = browser.cookies(),
    );
    wire.write_all(head.as_bytes()).await.unwrap();
    wire.write_all(&half[..half.len() - 20]).await.unwrap();
    let mut said = vec![0; 4_000];
    let read = tokio::time::timeout(Duration::from_secs(10), wire.read(&mut said)).await;
    let n_said = read.unwrap().unwrap();
    let said = String::from_utf8_lossy(&said[..n_said]).into_owned();
    assert!(said.starts_with("HTTP/1.1 422"), "{said}");
    settle_at(&app, 0).await;
}
