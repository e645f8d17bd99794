//! Letters that wait: printed together, each page kept as it is printed, posted together.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;
use crate::support::pdf;

const AT: &str = "2026-04-30T08:00:00Z";
/// The list of letters that wait.
pub(crate) const DESK: &str = "/gestion/lettres";

const ANSWER: [(&str, &str); 5] = [
    ("grief-1", "La résiliation tarde."),
    ("position-1", "accepted"),
    ("motifs-1", "Votre lettre est bien arrivée à temps."),
    ("issue", "upheld"),
    ("faire", "envoyer"),
];

pub(super) async fn desk(role: Role) -> (TestApp, Browser) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", role).await;
    (app, browser)
}

/// Chooses these letters, by their place on the desk, and prints them.
pub(crate) async fn print(browser: &Browser, chosen: &[usize]) -> Page {
    let page = browser.get(DESK).await;
    let tasks = page.attributes("input[name=tache]", "value");
    let csrf = page.value("csrf");
    let mut fields = vec![("csrf", csrf.as_str())];
    fields.extend(
        chosen
            .iter()
            .map(|n| ("tache", tasks.get(*n).unwrap().as_str())),
    );
    browser.post(&format!("{DESK}/impression"), &fields).await
}

/// Notes all letters of a printing as posted.
pub(super) async fn post(browser: &Browser, run: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(run).await;
    let csrf = page.value("csrf");
    let tasks = page.attributes("input[name=tache]", "value");
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend(tasks.iter().map(|task| ("tache", task.as_str())));
    all.extend_from_slice(fields);
    browser.post(run, &all).await
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one story, from end to end")]
async fn letters_are_printed_together_then_posted() {
    let (app, staff) = desk(Role::Handler).await;
    let first = app.case(Nature::Complaint, By::Post).await;
    let second = app.case(Nature::Complaint, By::Post).await;
    staff
        .act(&first, "message", &[("message", "Quelle date ?")])
        .await
        .location();
    staff.act(&second, "reponse", &ANSWER).await.location();
    let page = staff.get(DESK).await;
    assert_eq!(page.texts("tbody tr").len(), 4, "{}", page.text());
    let (before, other) = (app.snapshot(&first).await, app.snapshot(&second).await);

    // What is due first comes first: the message, then the acknowledgements, then the answer.
    let rows = page.texts("tbody tr");
    assert!(rows[0].contains("Message à la personne"), "{rows:?}");
    let chosen: Vec<usize> = (0..4).filter(|n| !rows[*n].contains("Accusé")).collect();
    let run = print(&staff, &chosen).await.location().to_owned();
    let made = [
        "+ uploads",
        "+ case_files",
        "postal_tasks.print_run",
        "messages.postal_task",
    ];
    app.assert_changed(&before, &["letter.prepared"], &made)
        .await;
    // The answer was made a letter when it was sent.
    app.assert_changed(&other, &["letter.prepared"], &["postal_tasks.print_run"])
        .await;

    let (headers, file) = staff.download(&format!("{run}/fichier")).await;
    assert_eq!(headers["x-content-type-options"], "nosniff");
    pdf::assert_sound(&file);
    let about = pdf::about(&file);
    // Each letter on its own sheet: one page and its blank back, then two pages.
    assert!(about.contains("Pages:           4\n"), "{about}");
    let said = pdf::flat(&file);
    assert!(said.find("Quelle date ?").unwrap() < said.find("Votre lettre est bien").unwrap());

    assert_eq!(staff.get(&run).await.value("date"), "30/04/2026");
    for (fields, message) in [
        (vec![("date", "")], "Indiquez le jour de l’envoi"),
        (
            vec![
                ("date", "30/04/2026"),
                ("numero-1", "x"),
                ("numero-2", "x"),
                ("numero-3", "x"),
                ("numero-4", "x"),
            ],
            "Indiquez un numéro de suivi",
        ),
    ] {
        let page = post(&staff, &run, &fields).await;
        assert_eq!(page.status, 422, "{}", page.text());
        assert!(page.text().contains(message), "{}", page.text());
    }
    let before = app.snapshot(&first).await;
    assert_eq!(
        post(&staff, &run, &[("date", "30/04/2026")])
            .await
            .location(),
        format!("{run}?fait=envoi")
    );
    let moved = [
        "postal_tasks.done_on",
        "postal_tasks.done_by",
        "case_files.stage",
        "messages.posted_on",
    ];
    app.assert_changed(&before, &["letter.posted"], &moved)
        .await;
    let page = staff.get(&format!("{run}?fait=envoi")).await;
    assert_eq!(page.texts(".badge.ok").len(), 2, "{}", page.text());
    assert_eq!(page.texts("[role=status]"), ["L’envoi est noté."]);
    assert_eq!(page.texts("h1"), ["Lettres postées"]);
    assert!(
        staff
            .case(&second)
            .await
            .text()
            .contains("Répondue, à clôturer")
    );
    let person = app.person(&first).await;
    let page = person.get("/suivi/dossier").await;
    let link = page.attribute(".files a", "href").unwrap();
    assert!(pdf::flat(&person.download(&link).await.1).contains("Quelle date ?"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_day_is_told_once_for_all_letters() {
    let (app, staff) = desk(Role::Handler).await;
    app.case(Nature::Complaint, By::Post).await;
    app.case(Nature::Complaint, By::Post).await;
    let run = print(&staff, &[0, 1]).await.location().to_owned();
    let page = post(&staff, &run, &[("date", "01/01/2020")]).await;
    assert_eq!(page.status, 409);
    let told = page.texts(".error-summary li");
    let again = told
        .iter()
        .filter(|line| line.contains("Indiquez une date"));
    assert_eq!(again.count(), 1, "{}", page.text());
    assert_eq!(page.texts("h1"), ["Lettres à imprimer"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_printed_again_is_the_same_unless_something_was_written_since() {
    let (app, staff) = desk(Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    staff
        .act(&reference, "message", &[("message", "Quelle date ?")])
        .await
        .location();
    print(&staff, &[0]).await.location();
    let digest = "SELECT encode(sha256, 'hex') FROM uploads";
    let first: String = app.database.row(digest).await.get(0);
    print(&staff, &[0]).await.location();
    let again: String = app.database.row(digest).await.get(0);
    assert_eq!(first, again);
    app.database
        .run("UPDATE messages SET written_at = written_at - interval '1 second'")
        .await;
    app.database
        .run("UPDATE case_files SET added_at = added_at - interval '1 second'")
        .await;
    staff
        .act(&reference, "message", &[("message", "Et quel lieu ?")])
        .await
        .location();
    let run = print(&staff, &[0]).await.location().to_owned();
    let file = staff.download(&format!("{run}/fichier")).await.1;
    let said = pdf::flat(&file);
    assert!(
        said.contains("Quelle date ?") && said.contains("Et quel lieu ?"),
        "{said}"
    );
    let n: i64 = app
        .database
        .row("SELECT count(*) FROM uploads")
        .await
        .get(0);
    assert_eq!(n, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_must_not_see_a_case_does_not_print_its_letters() {
    let (app, staff) = desk(Role::Supervisor).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    staff
        .act(&reference, "message", &[("message", "Quelle date ?")])
        .await
        .location();
    let run = print(&staff, &[0]).await.location().to_owned();
    let barred = app.browser();
    app.colleague(&barred, "Idriss Benali", Role::Handler).await;
    let page = staff
        .get(&format!("/gestion/dossiers/{reference}/mise-en-cause"))
        .await;
    let names = page.texts("select option");
    let idriss = names
        .iter()
        .position(|name| name == "Idriss Benali")
        .unwrap();
    let id = &page.attributes("select option", "value")[idriss];
    assert_eq!(barred.get(&run).await.status, 200);
    let fields = [
        ("personne", id.as_str()),
        ("motif", "Cité par la personne."),
    ];
    staff
        .act(&reference, "mise-en-cause", &fields)
        .await
        .location();
    assert!(barred.get(DESK).await.texts("tbody tr").is_empty());
    assert_eq!(barred.get(&run).await.status, 404);
    assert_eq!(barred.get(&format!("{run}/fichier")).await.status, 404);
    let none = print(&staff, &[]).await;
    assert_eq!(none.status, 422);
    assert!(none.text().contains("Choisissez au moins une lettre"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_leaves_with_what_its_pages_hold_and_not_before_they_were_made() {
    let (app, staff) = desk(Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    for text in ["Quelle date ?", "Quel montant ?"] {
        let said = [("message", text)];
        staff.act(&reference, "message", &said).await.location();
        if text.contains("date") {
            let rows = staff.get(DESK).await.texts("tbody tr");
            let at = rows.iter().position(|row| row.contains("Message"));
            print(&staff, &[at.unwrap()]).await.location();
        }
    }
    // It was written before the pages were made; an e-mail that failed since should have carried it.
    app.database
        .run("UPDATE messages SET written_at = written_at - interval '1 day' WHERE body = 'Quel montant ?'")
        .await;
    let too_early = [("lettre", "message"), ("date", "29/04/2026")];
    let refused = staff.act(&reference, "courrier", &too_early).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let posted = [("lettre", "message"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    let left = "SELECT body FROM messages WHERE posted_on IS NULL";
    let left = app.database.rows(left).await;
    let left: Vec<&str> = left.iter().map(|row| row.get(0)).collect();
    assert_eq!(left, ["Quel montant ?"]);
    let page = staff.get(DESK).await;
    assert!(
        page.text().contains("Message à la personne"),
        "another letter"
    );
}
