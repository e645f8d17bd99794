//! The letter of an answer: made when it is sent, given to the person once it has left.

use std::io::{Cursor, Read as _};

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::pdf;

const AT: &str = "2026-04-30T08:00:00Z";

const ANSWER: [(&str, &str); 5] = [
    ("grief-1", "La résiliation tarde."),
    ("position-1", "accepted"),
    ("motifs-1", "Votre lettre est bien arrivée à temps."),
    ("issue", "upheld"),
    ("faire", "envoyer"),
];

async fn desk(role: Role) -> (TestApp, Browser) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", role).await;
    (app, browser)
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one story, from end to end")]
async fn an_answer_is_made_a_letter_when_it_is_sent_and_given_once_it_has_left() {
    let (app, staff) = desk(Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let before = app.snapshot(&reference).await;
    staff.act(&reference, "reponse", &ANSWER).await.location();
    let page = staff.case(&reference).await;
    let link = page.attribute(".message a[href*=pieces]", "href").unwrap();
    let (headers, letter) = staff.download(&link).await;
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert!(
        headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    assert_eq!(headers["content-type"], "application/pdf");
    let said = pdf::flat(&letter);
    for part in [
        "Jeanne Lefèvre",
        "2 rue Basse",
        "Votre lettre est bien arrivée à temps.",
        &reference,
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let lines = ["answer.drafted", "answer.sent", "letter.asked"];
    let journal = app.snapshot(&reference).await;
    assert_eq!(journal.new_lines(&before), lines);
    let facts = "SELECT facts FROM journal_events WHERE kind = 'answer.sent'";
    let facts: String = app.database.row(facts).await.get(0);
    assert!(facts.contains("\npdf="), "{facts}");

    let person = app.person(&reference).await;
    let prefix = format!("/gestion/dossiers/{reference}/");
    let theirs = format!("/suivi/dossier/{}", link.strip_prefix(&prefix).unwrap());
    assert_eq!(person.get(&theirs).await.status, 404, "it has not left");
    assert!(page.text().contains("Lettre pas encore partie"));
    let posted = [
        ("lettre", "answer"),
        ("date", "30/04/2026"),
        ("suivi", "1A 234 567 8901 2"),
    ];
    staff.act(&reference, "courrier", &posted).await.location();
    assert_eq!(person.download(&theirs).await.1, letter);
    let kept = app
        .database
        .row("SELECT tracking FROM postal_tasks WHERE done_on IS NOT NULL")
        .await;
    assert_eq!(kept.get::<_, String>(0), "1A23456789012");
    let shown = staff.case(&reference).await.text();
    assert!(shown.contains("numéro de suivi 1A23456789012"), "{shown}");
    assert!(!shown.contains("Non analysé"), "{shown}");
    let archive = person.download("/suivi/dossier/mon-dossier.zip").await.1;
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut names = zip.file_names().map(|name| name.unwrap().into_owned());
    let name = names.find(|name| name.contains("Réponse")).unwrap();
    drop(names);
    let mut inside = Vec::new();
    zip.by_name(&name)
        .unwrap()
        .read_to_end(&mut inside)
        .unwrap();
    assert_eq!(inside, letter);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_answer_leaves_no_letter() {
    let (app, staff) = desk(Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    staff.act(&reference, "reponse", &ANSWER).await.location();
    let id: i64 = app.database.row("SELECT max(id) FROM answers").await.get(0);
    let id = id.to_string();
    staff
        .act(&reference, "reponse/annulation", &[("reponse", &id)])
        .await
        .location();
    let left: i64 = app
        .database
        .row("SELECT count(*) FROM uploads")
        .await
        .get(0);
    assert_eq!(left, 0);
    staff.act(&reference, "reponse", &ANSWER).await.location();
    assert!(
        staff
            .case(&reference)
            .await
            .text()
            .contains("La lettre (PDF)")
    );
}
