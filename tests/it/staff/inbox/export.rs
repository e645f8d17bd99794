//! The list as a file: what the page shows, safe in a spreadsheet, and a trace of who took it.

use futures_util::future::join_all;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn the_file_holds_the_list_and_its_filters() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Alix Audit", Role::Auditor).await;
    let complaint = app.case(Nature::Complaint, By::Post).await;
    app.case(Nature::InformationRequest, By::Post).await;
    app.database
        .run("UPDATE cases SET person_name = '=2+3;\"x\"' WHERE nature = 'complaint'")
        .await;
    let page = browser.get("/gestion?nature=reclamation").await;
    let address = page.attribute("a[href*=csv]", "href").unwrap();
    let (headers, bytes) = browser.download(&address).await;
    assert_eq!(
        headers.get("content-type").unwrap(),
        "text/csv; charset=utf-8"
    );
    let disposition = headers.get("content-disposition").unwrap();
    assert_eq!(
        disposition,
        "attachment; filename=\"dossiers-2026-04-30.csv\""
    );
    let text = String::from_utf8(bytes).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    let [header, line] = lines.as_slice() else {
        panic!("{lines:?}")
    };
    assert!(header.starts_with("Référence;Nature;"), "{header}");
    let cells = format!(
        "{complaint};Réclamation;Reçue;\"'=2+3;\"\"x\"\"\";;15/05/2026;accusé;;Site;;30/04/2026;"
    );
    assert_eq!(*line, cells);

    let journal = "SELECT facts, actor FROM journal_events WHERE kind = 'list.exported'";
    let rows = app.database.rows(journal).await;
    assert_eq!(rows.len(), 1);
    let facts: String = rows.first().unwrap().get(0);
    assert_eq!(facts, "list=a-traiter\nfilter=nature");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_whole() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let first = app.case(Nature::Complaint, By::Post).await;
    app.database
        .run(
            "INSERT INTO cases (reference_year, submission_id, channel, procedure_version, received_at,
                                entered_at, next_due_on, last_event_at)
             SELECT 2026, gen_random_uuid(), 'web', procedure_version, received_at, entered_at,
                    next_due_on + n % 30, last_event_at
             FROM cases, generate_series(1, 1200) AS n",
        )
        .await;
    let (_, bytes) = browser.download("/gestion/dossiers.csv").await;
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.split_terminator("\r\n").count(), 1_202);
    assert_eq!(text.matches(&*first).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_may_take_a_list_away_at_once() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let taken = join_all((0..24).map(|_| browser.download("/gestion/dossiers.csv"))).await;
    let journal = "SELECT count(*) FROM journal_events WHERE kind = 'list.exported'";
    let n_told: i64 = app.database.row(journal).await.get(0);
    assert_eq!(usize::try_from(n_told).unwrap(), taken.len());
}
