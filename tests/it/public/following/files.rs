//! Files that go with what the person says on their page, and what the scanner says meanwhile.

use std::time::Duration;

use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use reclamations::case::files::quarantined;
use reclamations::db::DbError;
use reclamations::db::schema::cases;
use reclamations::files::FileId;
use reclamations::journal::{self, Actor};

use crate::public::following::person::{CASE, Person, answer, complaint, count};
use crate::support::browser::Page;
use crate::support::samples::pdf;

const WAITING: &str = "/suivi/dossier/pieces";

/// The names of the files on a page.
fn names(page: &Page) -> Vec<String> {
    page.texts(".files .name")
}

/// Adds a file that waits for what the person says next.
async fn add(person: &Person, name: &str) {
    person
        .browser
        .upload(WAITING, name, &pdf(100))
        .await
        .location();
}

/// Sends the form of `page` to `path` with one text.
async fn say(person: &Person, page: &Page, path: &str, (field, text): (&str, &str)) -> Page {
    let (csrf, id) = (page.value("csrf"), page.value("envoi"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("envoi", id.as_str()),
        (field, text),
    ];
    person.browser.post(path, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_may_go_without_a_word_and_a_word_without_a_file_but_not_nothing() {
    let (app, staff, person) = complaint().await;
    let path = "/suivi/dossier/message";
    let page = person.page().await;
    let nothing = say(&person, &page, path, ("message", "")).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("ou joignez d’abord une pièce"));
    assert_eq!(count(&app, "SELECT count(*) FROM messages").await, 0);

    add(&person, "seule.pdf").await;
    let page = person.page().await;
    assert!(
        page.text()
            .contains("part avec ce message, même sans texte")
    );
    let done = say(&person, &page, path, ("message", " ")).await;
    assert_eq!(done.location(), "/suivi/dossier?fait=message");
    let case = person.page().await;
    assert_eq!(names(&case), ["seule.pdf"]);
    assert!(case.text().contains("Envoi de pièces, sans texte."));
    let theirs = staff.case(&person.receipt.reference).await;
    assert_eq!(names(&theirs), ["seule.pdf"]);
    assert!(theirs.text().contains("Envoi de pièces, sans texte"));

    // Sent twice it is there once; what was added since joins it.
    let again = say(&person, &page, path, ("message", "")).await;
    assert_eq!(again.location(), "/suivi/dossier?fait=message");
    add(&person, "suite.pdf").await;
    let again = say(&person, &page, path, ("message", "")).await;
    assert_eq!(again.location(), "/suivi/dossier?fait=message");
    assert_eq!(count(&app, "SELECT count(*) FROM messages").await, 1);
    assert_eq!(names(&person.page().await), ["seule.pdf", "suite.pdf"]);
    assert_eq!(
        names(&person.browser.get(WAITING).await),
        Vec::<String>::new()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_wait_go_with_a_disagreement() {
    let (app, staff, person) = complaint().await;
    answer(
        &staff,
        &person.receipt.reference,
        "Votre lettre est arrivée trop tard.",
        "30/04/2026",
    )
    .await;
    add(&person, "cachet.pdf").await;
    let path = "/suivi/dossier/desaccord";
    let form = person.browser.get(path).await;
    let done = say(&person, &form, path, ("motif", "Voyez le cachet.")).await;
    assert!(done.location().starts_with(CASE));
    let given = names(&person.page().await);
    assert!(
        given[0].starts_with("Réponse à votre réclamation"),
        "{given:?}"
    );
    assert_eq!(given[1..], ["cachet.pdf"]);
    // The same words from the same form, with one more file.
    add(&person, "verso.pdf").await;
    say(&person, &form, path, ("motif", "Voyez le cachet."))
        .await
        .location();
    assert_eq!(
        names(&person.page().await)[1..],
        ["cachet.pdf", "verso.pdf"]
    );
    let kinds = "SELECT 1 FROM messages WHERE kind = 'disagreement'";
    assert_eq!(app.database.rows(kinds).await.len(), 1);
    let theirs = staff.case(&person.receipt.reference).await;
    assert_eq!(names(&theirs)[1..], ["cachet.pdf", "verso.pdf"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_found_infected_waits_for_who_writes_on_its_case() {
    let (app, _, person) = complaint().await;
    add(&person, "malade.pdf").await;
    let rows = app
        .database
        .rows("SELECT upload, case_id FROM case_files")
        .await;
    let (file, case): (i64, i64) = (rows[0].get(0), rows[0].get(1));
    let at = app.now();
    let mut conn = app.database.conn().await;
    let mut writer = app.database.conn().await;
    let told = writer
        .transaction(async |writer| {
            let held = diesel::update(cases::table.find(case));
            let held = held.set(cases::version.eq(cases::version + 1));
            assert_eq!(held.execute(writer).await?, 1);
            let told = tokio::spawn(async move { quarantined(&mut conn, FileId(file), at).await });
            tokio::time::sleep(Duration::from_millis(400)).await;
            assert!(!told.is_finished(), "another holds the case");
            let entry = journal::Entry::new("test.line");
            journal::append(writer, case, entry, Actor::System, at).await?;
            Ok::<_, DbError>(told)
        })
        .await
        .unwrap();
    told.await.unwrap().unwrap();
    let lines = "SELECT kind FROM journal_events WHERE chain > 0 ORDER BY seq DESC LIMIT 2";
    let kinds: Vec<String> = app
        .database
        .rows(lines)
        .await
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert_eq!(kinds, ["file.quarantined", "test.line"]);
}
