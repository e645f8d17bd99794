//! A form of one case, sent while the browser has another one open: nothing lands on the wrong case.

use reclamations::case::Nature;
use reqwest::StatusCode;

use crate::public::following::link::link;
use crate::public::following::person::{CASE, Person, count};
use crate::public::following::{ADDRESS, TODAY, confirm, open};
use crate::support::app::TestApp;
use crate::support::browser::Page;
use crate::support::cases::By;
use crate::support::filing::{COMPLAINT, file};
use crate::support::samples::pdf;
use crate::support::upload::{MULTIPART, form};

const ELSEWHERE: &str = "Un autre dossier est ouvert dans ce navigateur";

/// A case open in a browser that then opens another one, whose reference comes back with it.
async fn two(app: &TestApp) -> (Person, Person) {
    let mine = Person::of_case(app, Nature::Complaint, By::Post).await;
    let other = Person::of_case(app, Nature::Complaint, By::Post).await;
    (mine, other)
}

async fn statuses(app: &TestApp) -> Vec<String> {
    let rows = app
        .database
        .rows("SELECT status FROM cases ORDER BY id")
        .await;
    rows.iter().map(|row| row.get(0)).collect()
}

fn is_elsewhere(page: &Page) {
    assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.text());
    assert!(page.text().contains(ELSEWHERE), "{}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_act_lands_on_another_case_and_nothing_typed_is_lost() {
    let app = TestApp::spawn_at(TODAY).await;
    let (mine, other) = two(&app).await;
    let csrf = mine.page().await.value("csrf");
    let contact = mine.browser.get("/suivi/dossier/coordonnees").await;
    let version = contact.value("version");
    open(&mine.browser, &other.receipt).await.location();
    for (part, field, typed) in [
        ("retrait", "motif", "Tout est réglé."),
        ("message", "message", "Pour le premier dossier."),
        ("desaccord", "motif", "Je conteste."),
        ("coordonnees", "postal_address", "1 rue Haute, 75001 Paris"),
        ("avis", "commentaire", "Merci."),
        ("reclamation", "rien", "-"),
        ("opposition", "rien", "-"),
    ] {
        let fields = [("csrf", &*csrf), ("version", &version), (field, typed)];
        let page = mine.browser.post(&format!("{CASE}/{part}"), &fields).await;
        is_elsewhere(&page);
        assert!(page.body.contains(typed), "{part}: {}", page.body);
    }
    assert_eq!(statuses(&app).await, ["received", "received"]);
    assert_eq!(count(&app, "SELECT count(*) FROM messages").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_names_its_case_and_only_that_one_takes_the_form() {
    let app = TestApp::spawn_at(TODAY).await;
    let (mine, other) = two(&app).await;
    let csrf = mine.page().await.value("csrf");
    open(&mine.browser, &other.receipt).await.location();
    let path = format!("{CASE}/message");
    let typed = ("message", "Pour le premier dossier.");
    let asked = mine.browser.post(&path, &[("csrf", &csrf), typed]).await;
    is_elsewhere(&asked);
    assert_eq!(asked.value("dossier_reference"), mine.receipt.reference);
    assert_eq!(asked.texts("textarea#message"), [typed.1]);
    let csrf = asked.value("csrf");
    for (receipt, status) in [(&other.receipt, 422), (&mine.receipt, 303)] {
        let fields = [
            ("csrf", &*csrf),
            typed,
            ("dossier_reference", &*receipt.reference),
            ("dossier_code", &*receipt.code),
        ];
        let sent = mine.browser.post(&path, &fields).await;
        assert_eq!(sent.status, status, "{}", sent.text());
    }
    assert!(mine.page().await.text().contains(&mine.receipt.reference));
    assert_eq!(mine.page().await.texts(".thread .text"), [typed.1]);
    assert!(other.page().await.texts(".thread .text").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_is_added_to_another_case_nor_taken_from_it() {
    let app = TestApp::spawn_at(TODAY).await;
    let (mine, other) = two(&app).await;
    let files = format!("{CASE}/pieces");
    let csrf = mine.browser.get(&files).await.value("csrf");
    open(&mine.browser, &other.receipt).await.location();
    let added = mine.browser.upload(&files, "b.pdf", &pdf(500)).await;
    assert_eq!(added.status, 303);
    let body = form(&csrf, "a.pdf", &pdf(400), "ajouter");
    is_elsewhere(&mine.browser.send(&files, MULTIPART, body).await);
    let id: i64 = app.database.rows("SELECT id FROM uploads").await[0].get(0);
    let remove = format!("{files}/{id}/retirer");
    is_elsewhere(&mine.browser.post(&remove, &[("csrf", &csrf)]).await);
    assert_eq!(count(&app, "SELECT count(*) FROM uploads").await, 1);
    // A token that names no case is none for these forms.
    let none = mine.browser.get("/suivi").await.value("csrf");
    is_elsewhere(&mine.browser.post(&remove, &[("csrf", &none)]).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_of_another_case_does_not_take_the_form_either() {
    let app = TestApp::spawn_at(TODAY).await;
    let mine = Person::opening(&app, file(&app.browser(), &COMPLAINT).await).await;
    let other = file(&app.browser(), &COMPLAINT).await;
    confirm(&app, &other).await;
    let csrf = mine.page().await.value("csrf");
    let path = link(&app, &other, ADDRESS, 0);
    mine.browser.fill(&path, &[]).await.location();
    let fields = [
        ("csrf", &*csrf),
        ("motif", "Tout est réglé."),
        ("code_acces", &*other.code),
    ];
    is_elsewhere(&mine.browser.post(&format!("{CASE}/retrait"), &fields).await);
    assert_eq!(statuses(&app).await, ["received", "received"]);
}
