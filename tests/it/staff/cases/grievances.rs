//! The numbered grievances of a complaint: split, reworded, renumbered, and settled once answered.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

async fn desk() -> (TestApp, Browser, String) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    (app, browser, reference)
}

const TWO: [(&str, &str); 7] = [
    ("grief-1", "Le délai"),
    ("position-1", "accepted"),
    ("motifs-1", "Nous avons tardé à vous répondre."),
    ("grief-2", "Le prix"),
    ("position-2", "accepted"),
    ("motifs-2", "Le tarif annoncé était plus bas."),
    ("issue", "upheld"),
];

async fn grievances(browser: &Browser, reference: &str) -> Vec<String> {
    let path = format!("/gestion/dossiers/{reference}/reponse");
    let page = browser.get(&path).await;
    let mut texts = page.texts("textarea#grief-1");
    texts.extend(page.texts("textarea#grief-2"));
    texts.extend(page.texts("textarea#grief-3"));
    texts
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_renumbered_with_their_positions_and_the_journal_counts_them() {
    let (app, browser, reference) = desk().await;
    let before = app.snapshot(&reference).await;
    let saved = [&TWO[..], &[("faire", "enregistrer")]].concat();
    browser.act(&reference, "reponse", &saved).await.location();
    let new = ["+ answers", "+ grievances", "+ answer_positions"];
    app.assert_changed(&before, &["answer.drafted"], &new).await;

    let before = app.snapshot(&reference).await;
    let raised = [&TWO[..], &[("faire", "monter-2")]].concat();
    let done = browser.act(&reference, "reponse", &raised).await;
    assert!(done.location().ends_with("#grief-1"));
    let moved = ["grievances.text", "answer_positions.grounds"];
    app.assert_changed(&before, &["answer.drafted"], &moved)
        .await;
    assert_eq!(
        grievances(&browser, &reference).await,
        ["Le prix", "Le délai"]
    );
    let text = browser.case(&reference).await.text();
    assert!(text.contains("Brouillon de réponse enregistré (2 griefs)"));
}

#[tokio::test(flavor = "multi_thread")]
async fn once_answered_they_stay_and_others_follow() {
    let (app, browser, reference) = desk().await;
    let sent = [&TWO[..], &[("faire", "envoyer")]].concat();
    browser.act(&reference, "reponse", &sent).await.location();
    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    browser
        .act(&reference, "courrier", &posted)
        .await
        .location();
    let contested = "UPDATE cases SET status = 'acknowledged' RETURNING id";
    app.database.rows(contested).await;

    let path = format!("/gestion/dossiers/{reference}/reponse");
    let page = browser.get(&path).await;
    assert!(page.texts("textarea#grief-1").is_empty());
    let settled = page.texts("p#grief-2").concat();
    assert!(settled.contains("il ne change plus : Le prix"), "{settled}");

    let again = [
        ("grief-1", "Autre chose"),
        ("position-1", "accepted"),
        ("grief-2", "Le prix"),
        ("faire", "ajouter"),
    ];
    let added = browser.act(&reference, "reponse", &again).await;
    assert!(added.location().ends_with("#grief-3"));
    let third = [
        &again[..3],
        &[("grief-3", "La courtoisie"), ("faire", "retirer-1")],
    ]
    .concat();
    browser.act(&reference, "reponse", &third).await.location();
    let rows = app
        .database
        .rows("SELECT text FROM grievances ORDER BY number")
        .await;
    let texts: Vec<&str> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(texts, ["Le délai", "Le prix", "La courtoisie"]);
}
