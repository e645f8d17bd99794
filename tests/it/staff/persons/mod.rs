//! The desk of persons' rights: each request has its month, its cases, its answer.

mod correct;

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";
const DESK: &str = "/gestion/personnes";

/// The site, a supervisor, and a request of Jeanne Lefèvre, who has a case.
async fn desk(right: &str) -> (TestApp, Browser, String, String) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Supervisor)
        .await;
    let case = app.case(Nature::InformationRequest, By::Post).await;
    let asked = [
        ("droit", right),
        ("personne", "Jeanne Lefèvre"),
        ("recu", "29/04/2026"),
    ];
    let registered = register(&browser, &asked).await;
    let request = registered.location().to_owned();
    (app, browser, case, request)
}

async fn register(browser: &Browser, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(DESK).await;
    let (csrf, form) = (page.value("csrf"), page.value("envoi"));
    let hidden = [("csrf", &*csrf), ("envoi", &form)];
    browser.post(DESK, &[&hidden, fields].concat()).await
}

async fn system_lines(app: &TestApp) -> Vec<String> {
    let rows = app
        .database
        .rows(
            "SELECT kind FROM journal_events WHERE chain = 0 AND kind LIKE 'rights.%' ORDER BY seq",
        )
        .await;
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_followed_until_it_is_answered() {
    let (app, browser, case, request) = desk("access").await;
    assert_eq!(system_lines(&app).await, ["rights.registered"]);
    let list = browser.get(DESK).await;
    assert!(
        list.text()
            .replace('\u{a0}', " ")
            .contains("vendredi 29 mai 2026"),
        "{}",
        list.text()
    );
    let page = browser.get(&request).await;
    assert!(page.text().contains(&case), "{}", page.text());

    let csrf = page.value("csrf");
    let answer = format!("{request}/reponse");
    let refused = [("csrf", &*csrf), ("suite", "refused"), ("motif", " ")];
    assert_eq!(browser.post(&answer, &refused).await.status, 422);
    let refused = [
        ("csrf", &*csrf),
        ("suite", "refused"),
        ("motif", "Un litige est en cours."),
    ];
    let done = browser.post(&answer, &refused).await;
    let page = browser.get(done.location()).await;
    assert!(page.text().contains("Refusée le") && page.text().contains("Un litige est en cours."));
    assert_eq!(
        system_lines(&app).await,
        ["rights.registered", "rights.settled"]
    );
    assert_eq!(browser.post(&answer, &refused).await.status, 422);
    for wrong in [("droit", "x"), ("personne", ""), ("recu", "01/05/2026")] {
        let fields = [
            ("droit", "access"),
            ("personne", "Jeanne"),
            ("recu", "29/04/2026"),
        ];
        let fields: Vec<_> = fields
            .into_iter()
            .filter(|(name, _)| *name != wrong.0)
            .chain([wrong])
            .collect();
        let page = register(&browser, &fields).await;
        assert_eq!(page.status, 422, "{wrong:?}");
        assert_eq!(page.texts(&format!("#{}-erreur", wrong.0)).len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_holds_all_that_is_held() {
    let (_app, browser, case, request) = desk("access").await;
    browser
        .act(&case, "note", &[("note", "Elle a rappelé deux fois.")])
        .await;
    let (headers, bytes) = browser.download(&format!("{request}/copie/{case}")).await;
    assert_eq!(headers.get("content-type").unwrap(), "application/zip");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut data = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("donnees.json").unwrap(), &mut data).unwrap();
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    assert_eq!(data.pointer("/filings/0/last_name").unwrap(), "Lefèvre");
    assert_eq!(
        data.pointer("/notes/0/body").unwrap(),
        "Elle a rappelé deux fois."
    );
    assert!(data.pointer("/cases/0/secret").is_none());
    assert!(zip.by_name("LISEZ-MOI.txt").is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_case_is_not_erased_and_a_closed_one_is() {
    let (app, browser, case, request) = desk("erasure").await;
    let csrf = browser.get(&request).await.value("csrf");
    let erase = format!("{request}/effacement");
    let fields = [("csrf", &*csrf), ("dossier", &case), ("confirme", "oui")];
    let refused = browser.post(&erase, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("n’est pas clos"),
        "{}",
        refused.text()
    );

    let answer = [("role", "reponse"), ("message", "Une copie suffit.")];
    browser.act(&case, "message", &answer).await;
    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    browser.act(&case, "courrier", &posted).await;
    browser.act(&case, "cloture", &[]).await;
    let unsure = [("csrf", &*csrf), ("dossier", &*case)];
    assert_eq!(browser.post(&erase, &unsure).await.status, 422);
    let done = browser.post(&erase, &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let page = browser.case(&case).await;
    assert!(
        page.text().contains("à la demande de la personne"),
        "{}",
        page.text()
    );
    assert_eq!(browser.post(&erase, &fields).await.status, 404);
    let lines = app
        .database
        .rows("SELECT actor FROM journal_events WHERE kind = 'case.erased'")
        .await;
    assert_eq!(lines.first().unwrap().get::<_, &str>(0), "staff:1");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_someone_else_is_copied_or_erased_in_their_name() {
    let (app, browser, case, _) = desk("erasure").await;
    app.database
        .run("UPDATE cases SET status = 'closed', closed_on = '2026-04-30'")
        .await;
    let asked = [
        ("droit", "erasure"),
        ("personne", "Louis Martin"),
        ("recu", "29/04/2026"),
    ];
    let request = register(&browser, &asked).await.location().to_owned();
    let found = browser.get(&format!("{request}?cherche={case}")).await;
    assert!(
        found
            .text()
            .contains("À un autre nom que celui de la demande")
    );
    assert!(!found.body.contains("/effacement"), "{}", found.text());
    let before = app.snapshot(&case).await;
    let csrf = found.value("csrf");
    let fields = [("csrf", &*csrf), ("dossier", &case), ("confirme", "oui")];
    let refused = browser
        .post(&format!("{request}/effacement"), &fields)
        .await;
    assert_eq!(refused.status, 404);
    let copy = browser.get(&format!("{request}/copie/{case}")).await;
    assert_eq!(copy.status, 404);
    app.assert_changed(&before, &[], &[]).await;
}

/// Lets the daily work be done once at an instant: it has begun when this count is what it will be.
async fn keep_house(app: &TestApp, at: &str, (count, expected): (&str, i64)) {
    let at: chrono::DateTime<chrono::Utc> = at.parse().unwrap();
    app.state.clock.advance(at - app.now());
    let running = app.start_background();
    for _ in 0..400 {
        if app.database.row(count).await.get::<_, i64>(0) == expected {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    running.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_requests_and_kept_lists_are_erased_in_time() {
    const LEFT: &str = "SELECT count(person) + (SELECT count(*) FROM saved_filters)
                        FROM person_requests";
    let (app, browser, _, request) = desk("access").await;
    let csrf = browser.get(&request).await.value("csrf");
    let granted = [("csrf", &*csrf), ("suite", "granted")];
    browser.post(&format!("{request}/reponse"), &granted).await;
    let keeper = app.browser();
    let paul = app.colleague(&keeper, "Paul Roy", Role::Handler).await;
    let csrf = keeper.get("/gestion").await.value("csrf");
    for (name, query) in [("Jeanne", "liste=tous&q=Jeanne"), ("Late", "liste=retard")] {
        let fields = [("csrf", &*csrf), ("nom", name), ("adresse", query)];
        keeper.post("/gestion/filtres", &fields).await.location();
    }
    let left = async || app.database.row(LEFT).await.get::<_, i64>(0);
    assert_eq!(left().await, 3);
    // The seal of the day before is the first thing done.
    let sealed = ("SELECT count(*) FROM seals", 1);
    keep_house(&app, "2029-04-30T08:00:00Z", sealed).await;
    assert_eq!(left().await, 3);

    // One of the lists is still in use.
    app.sign_in(&keeper, &paul).await;
    assert_eq!(keeper.get("/gestion?liste=retard").await.status, 200);
    keep_house(&app, "2029-05-01T08:00:00Z", (LEFT, 1)).await;
    let names = "SELECT name FROM saved_filters";
    assert_eq!(app.database.row(names).await.get::<_, &str>(0), "Late");
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_case_complained_about_sees_no_tombstone() {
    let (app, browser, case, request) = desk("erasure").await;
    let barred = app.browser();
    app.colleague(&barred, "Alix Petit", Role::Handler).await;
    let bar = "INSERT INTO case_bars (case_id, account_id, barred_by, barred_at)
               SELECT id, 2, 1, received_at FROM cases";
    app.database.run(bar).await;
    app.database
        .run("UPDATE cases SET status = 'closed', closed_on = '2026-04-30'")
        .await;
    let csrf = browser.get(&request).await.value("csrf");
    let fields = [("csrf", &*csrf), ("dossier", &case), ("confirme", "oui")];
    let done = browser
        .post(&format!("{request}/effacement"), &fields)
        .await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(browser.case(&case).await.status, 200);
    assert_eq!(barred.case(&case).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restriction_is_placed_from_the_request_and_shown_there() {
    let (_app, browser, case, request) = desk("restriction").await;
    let link = |part: &str| format!("a[href='/gestion/dossiers/{case}/{part}']");
    let page = browser.get(&request).await;
    assert_eq!(page.texts(&link("limitation")).len(), 1);
    let why = [("motif", "Elle conteste l’exactitude.")];
    browser.act(&case, "limitation", &why).await.location();
    let page = browser.get(&request).await;
    assert!(page.text().contains("traitement limité"), "{}", page.text());
    assert_eq!(page.texts(&link("limitation")).len(), 0);
    assert_eq!(page.texts(&link("fin-limitation")).len(), 1);
}
