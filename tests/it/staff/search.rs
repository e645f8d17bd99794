//! Searching: what finds a case, what nothing finds, what it costs.

use chrono::TimeDelta;
use reclamations::case::{self, Nature, PersonText, Reference, Submission};
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;

const AT: &str = "2026-04-30T08:00:00Z";
const FACTS: &str = "Ma résiliation de l’assurance n’a pas été traitée : œuvre n° AB-12/3456.";

async fn search(browser: &Browser, words: &str) -> Page {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", words)
        .finish();
    browser.get(&format!("/gestion/dossiers?{query}")).await
}

async fn finds(browser: &Browser, words: &str) -> Vec<String> {
    let page = search(browser, words).await;
    assert_eq!(page.status, 200, "{words}");
    page.texts(".inbox .reference")
}

/// Every case is found by the words of its texts as they stand, and by no others.
async fn assert_fresh(database: &TestDatabase) {
    let stale = "SELECT id FROM cases LEFT JOIN case_search ON case_id = id \
                 WHERE words IS DISTINCT FROM search_words(id)";
    assert!(database.rows(stale).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_found_by_its_words_with_or_without_accents() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case_telling(Nature::Complaint, By::Email, FACTS).await;
    app.case_telling(Nature::Complaint, By::Post, "Un tout autre récit.")
        .await;
    let number = Reference::parse(&reference).unwrap().case().0;
    for words in [
        "résiliation",
        "RESILIATIONS",
        "traiter",
        "re\u{301}siliation traité",
        "oeuvre",
        "AB-12/3456",
        "ab 12 3456",
        "jeanne@example.org",
        "lefevre assurance",
        "résil",
        &format!("{number:06}"),
    ] {
        assert_eq!(
            finds(&browser, words).await,
            [reference.as_str()],
            "{words}"
        );
    }
    assert_eq!(finds(&browser, "Jeanne Lefèvre").await.len(), 2);
    for words in [
        "réclamation inconnue",
        "résiliation récit",
        "sinistre",
        "le",
    ] {
        let page = search(&browser, words).await;
        assert!(page.texts(".inbox .reference").is_empty(), "{words}");
        assert!(page.text().contains("Aucun dossier"), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_later_is_found_at_once() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let handler = app.browser();
    app.colleague(&handler, "Paul Nadeau", Role::Handler).await;
    handler
        .act(&reference, "note", &[("note", "Expertise demandée.")])
        .await;
    handler
        .act(
            &reference,
            "message",
            &[("message", "Merci de votre patience.")],
        )
        .await;
    let case = Reference::parse(&reference).unwrap().case();
    let mut conn = app.database.conn().await;
    let text = PersonText::parse("Voici mon échéancier.").unwrap();
    case::write(&mut conn, case, (Submission::new(), Some(&text)), app.now())
        .await
        .unwrap();
    for words in [
        "expertise",
        "patience",
        "echeancier",
        "expertise patience résiliation",
    ] {
        assert_eq!(
            finds(&handler, words).await,
            [reference.as_str()],
            "{words}"
        );
    }
    assert_fresh(&app.database).await;
    // Content that goes takes its words along.
    app.database
        .run("UPDATE filings SET facts = 'x', email = 'claire@autre.test'; DELETE FROM notes")
        .await;
    assert!(finds(&handler, "expertise").await.is_empty());
    assert!(finds(&handler, "jeanne@example.org").await.is_empty());
    assert_eq!(finds(&handler, "claire").await, [reference.as_str()]);
    assert_fresh(&app.database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_write_at_once_are_all_found() {
    let app = TestApp::spawn_at(AT).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let case = Reference::parse(&reference).unwrap().case();
    let mut writers = tokio::task::JoinSet::new();
    for n in 0..8 {
        let (url, at) = (app.database.url().await, app.now());
        writers.spawn(async move {
            let mut conn = reclamations::db::connect(&url).await.unwrap();
            let text = PersonText::parse(&format!("Courrier numéro{n}.")).unwrap();
            let said = (Submission::new(), Some(&text));
            case::write(&mut conn, case, said, at).await.unwrap();
        });
    }
    writers.join_all().await;
    assert_fresh(&app.database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_opens_its_case_and_a_damaged_one_is_told() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let typed = reference.to_lowercase().replace('-', " ");
    let found = search(&browser, &typed).await;
    assert_eq!(found.location(), format!("/gestion/dossiers/{reference}"));
    let (rest, letter) = reference.split_at(reference.len() - 1);
    let wrong = if letter == "A" { "B" } else { "A" };
    for damaged in [format!("{rest}{wrong}"), reference.replace("2026", "2025")] {
        let page = search(&browser, &damaged).await;
        assert_eq!(page.status, 422, "{damaged}");
        assert!(page.text().contains("Vérifiez la référence"), "{damaged}");
        assert_eq!(page.value("q"), damaged);
    }
    let unknown = search(&browser, "ASK-2026-000999-P").await;
    assert!(
        [404, 422].contains(&unknown.status.as_u16()),
        "{}",
        unknown.status
    );
    assert_eq!(browser.get("/gestion/dossiers").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_typed_breaks_nothing() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    app.case(Nature::Complaint, By::Post).await;
    let long = "résiliation ".repeat(200);
    for words in [
        "",
        " ",
        "'",
        "\"",
        "a & | ! ( ) :* <->",
        "'; DROP TABLE cases; --",
        "\\",
        "%",
        "\0",
        "…",
        "«\u{202f}»",
        "💶",
        "1e400",
        "-",
        "le la les",
        "http://exemple.org/?a=b#c",
        &long,
    ] {
        assert_eq!(search(&browser, words).await.status, 200, "{words:?}");
    }
    for query in [
        "?q=a&apres=",
        "?q=a&apres=x",
        "?q=%FF",
        "?apres=3",
        "?q=Lef%C3%A8vre&q=b",
    ] {
        let page = browser.get(&format!("/gestion/dossiers{query}")).await;
        assert_eq!(page.status, 200, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_show_every_case_once_newest_first() {
    let counter = Counter::default();
    let database = TestDatabase::new().await;
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, AT, &[]);
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let mut filed = Vec::new();
    for _ in 0..103 {
        filed.push(app.case(Nature::Complaint, By::Post).await);
    }
    filed.reverse();
    let mut seen = Vec::new();
    let mut next = Some("/gestion/dossiers?q=r%C3%A9siliation".to_owned());
    while let Some(address) = next {
        app.state.clock.advance(TimeDelta::minutes(2));
        counter.take();
        let page = browser.get(&address).await;
        let n_statements = counter.take();
        assert!((1..=8).contains(&n_statements), "{n_statements} statements");
        assert!(page.text().contains("103 dossiers"));
        seen.extend(page.texts(".inbox .reference"));
        next = page.attribute(".pager a:last-child[href*=apres]", "href");
    }
    assert_eq!(seen, filed);
}
