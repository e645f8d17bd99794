//! The page that links two cases suggests those of the same person, each with its reason.

use reclamations::case::{Nature, Reference};
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";
const CHOICES: &str = "input[name=proche]";

/// The site, a handler, a complaint by e-mail, and what else there is of its person: a request by
/// e-mail and a complaint by post; one of someone else, and one that is not in sight.
async fn desk() -> (TestApp, Browser, [String; 3]) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let first = app.case(Nature::Complaint, By::Email).await;
    let second = app.case(Nature::InformationRequest, By::Email).await;
    let third = app.case(Nature::Complaint, By::Post).await;
    let stranger = app.case(Nature::Complaint, By::Post).await;
    let hidden = app.case(Nature::Complaint, By::Email).await;
    for (reference, change) in [
        (
            &stranger,
            "UPDATE filings SET last_name = 'Petit' WHERE case_id",
        ),
        (&hidden, "UPDATE cases SET is_sensitive = TRUE WHERE id"),
    ] {
        let case = Reference::parse(reference).unwrap().case();
        app.database.run(&format!("{change} = {}", case.0)).await;
    }
    (app, browser, [first, second, third])
}

fn path(reference: &str) -> String {
    format!("/gestion/dossiers/{reference}/rattachement")
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_of_the_same_person_in_sight_are_suggested_with_their_reason() {
    let (_app, browser, [first, second, third]) = desk().await;
    let page = browser.get(&path(&first)).await;
    assert_eq!(
        page.attributes(CHOICES, "value"),
        [&*third, &*second, "autre"]
    );
    let text = page.text();
    for told in [
        format!("{third}, même nom"),
        format!("{second}, même adresse e-mail, même nom"),
        "Demande d’information, reçue".to_owned(),
    ] {
        assert!(text.contains(&told), "{told}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_choice_links_and_is_not_offered_again() {
    let (app, browser, [first, second, third]) = desk().await;
    let before = app.snapshot(&first).await;
    let both = [("proche", &*second), ("dossier", &*third), ("motif", "x")];
    let refused = browser.act(&first, "rattachement", &both).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("pas les deux"));
    let offered = refused.attributes(CHOICES, "value");
    assert_eq!(offered, [&*third, &*second, "autre"]);
    let elsewhere = [("proche", "autre"), ("dossier", "x"), ("motif", "x")];
    let refused = browser.act(&first, "rattachement", &elsewhere).await;
    assert!(refused.text().contains("Vérifiez la référence"));
    app.assert_changed(&before, &[], &[]).await;

    let chosen = [("proche", second.as_str()), ("motif", "Même personne.")];
    let done = browser.act(&first, "rattachement", &chosen).await;
    assert!(done.location().ends_with("?fait=rattachement"));
    let changes = ["+ case_links", "+ motives"];
    app.assert_changed(&before, &["case.linked"], &changes)
        .await;
    let page = browser.get(&path(&first)).await;
    assert_eq!(page.attributes(CHOICES, "value"), [&*third, "autre"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_one_case_is_suggested_none() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let alone = app.case(Nature::Complaint, By::Email).await;
    let page = browser.get(&path(&alone)).await;
    assert!(page.attributes(CHOICES, "value").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn at_most_five_are_suggested_newest_first() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let mut references = Vec::new();
    for _ in 0..7 {
        references.push(app.case(Nature::Complaint, By::Post).await);
    }
    let page = path(references.first().unwrap());
    let shown = browser.get(&page).await.attributes(CHOICES, "value");
    let newest: Vec<String> = references.into_iter().rev().take(5).collect();
    assert_eq!(shown, [newest, vec!["autre".to_owned()]].concat());
}
