//! The form from the first question to the confirmation.

use chrono::TimeDelta;

use crate::support::app::TestApp;
use crate::support::filing::{COMPLAINT, CONTACT, REQUEST, file, fill_in, receipt};

const TODAY: &str = "2026-04-30T08:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_is_filed_step_by_step_and_confirmed_with_its_dates() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    let first = browser.get("/deposer").await;
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!(first.texts("h1"), ["Que souhaitez-vous faire ?"]);
    assert!(first.texts("input[checked]").is_empty(), "no preselection");
    assert!(!first.text().contains("Brouillon"));

    fill_in(&browser, &COMPLAINT[..1]).await;
    let situation = browser.get("/deposer/situation").await;
    assert_eq!(situation.texts(".progress"), ["Étape 2 sur 6"]);
    assert!(situation.text().contains("Brouillon – pas encore envoyé"));
    fill_in(&browser, &COMPLAINT[1..]).await;

    let check = browser.get("/deposer/verification").await;
    assert_eq!(check.texts(".progress"), ["Étape 6 sur 6"]);
    assert_eq!(check.texts("button"), ["Envoyer ma réclamation"]);
    for told in [
        "Cabinet Delorme & Fils",
        "Jeanne Lefèvre",
        "La résiliation au 1er mars.",
    ] {
        assert!(check.text().contains(told), "{told}");
    }
    assert_eq!(check.texts(".recap header a").len(), 5);

    app.state.clock.advance(TimeDelta::minutes(4));
    let sent = browser.fill("/deposer/verification", &[]).await;
    assert_eq!(sent.location(), "/deposer/confirmation");
    let page = browser.get("/deposer/confirmation").await;
    let kept = receipt(&page);
    assert!(kept.reference.starts_with("ASK-2026-"), "{kept:?}");
    assert_eq!(
        page.texts(".dates .when"),
        [
            "jeudi 30 avril 2026",
            "Au plus tard le vendredi 15 mai 2026",
            "À partir du lundi 29 juin 2026",
            "Au plus tard le mardi 30 juin 2026",
            "Jusqu’au vendredi 30 avril 2027",
        ]
    );
    let text = page.text();
    for told in ["1er mai", "Ascension", "TSA 50110", "10 rue de Penthièvre"] {
        assert!(text.contains(told), "{told} in {text}");
    }
    assert!(
        text.contains("Copie de votre envoi du jeudi 30 avril 2026"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_takes_the_short_path_and_has_no_legal_date() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &REQUEST[..1]).await;
    let facts = browser.get("/deposer/faits").await;
    assert_eq!(facts.texts(".progress"), ["Étape 2 sur 5"]);
    assert_eq!(facts.texts("h1"), ["Votre demande"]);
    let astray = browser.get("/deposer/situation").await;
    assert_eq!(astray.location(), "/deposer/faits?avis=ordre");

    fill_in(&browser, &REQUEST[1..]).await;
    let check = browser.get("/deposer/verification").await;
    assert_eq!(check.texts("button")[0], "Envoyer ma demande");
    app.state.clock.advance(TimeDelta::minutes(4));
    browser.fill("/deposer/verification", &[]).await.location();
    let page = browser.get("/deposer/confirmation").await;
    assert_eq!(page.texts("h1"), ["Votre demande est enregistrée"]);
    let when = page.texts(".dates .when");
    assert_eq!(when[1], "Notre objectif, au plus tard le jeudi 7 mai 2026");
    assert!(page.text().contains("La Médiation de l’Assurance"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_know_answers_short_questions() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    let first = browser.fill("/deposer", &[("intent", "unsure")]).await;
    assert_eq!(first.location(), "/deposer/questions");
    let unanswered = browser
        .fill("/deposer/questions", &[("unhappy_delay", "no")])
        .await;
    assert_eq!(unanswered.status, 422);
    assert_eq!(unanswered.texts(".error-summary li").len(), 3);

    let unhappy = browser
        .fill("/deposer/questions", &[("unhappy_delay", "yes")])
        .await;
    assert_eq!(unhappy.location(), "/deposer/situation?avis=reclamation");
    let situation = browser.get(unhappy.location()).await;
    assert_eq!(situation.texts(".progress"), ["Étape 3 sur 7"]);
    assert!(situation.text().contains("il s’agit d’une réclamation"));

    let no_to_all = [
        "unhappy_product",
        "unhappy_service",
        "unhappy_delay",
        "unhappy_refusal",
    ]
    .map(|question| (question, "no"));
    let request = browser.fill("/deposer/questions", &no_to_all).await;
    assert_eq!(request.location(), "/deposer/faits?avis=demande");
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_twice_files_once_and_shows_the_same_confirmation() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    let first = file(&browser, &COMPLAINT).await;
    let csrf = browser.get("/deposer").await.value("csrf");
    for _ in 0..2 {
        let again = browser
            .post("/deposer/verification", &[("csrf", &csrf)])
            .await;
        assert_eq!(again.location(), "/deposer/confirmation");
        assert_eq!(receipt(&browser.get("/deposer/confirmation").await), first);
    }
    // The back button after sending leads to the confirmation too, and nothing can be changed.
    let back = browser.get("/deposer/faits").await;
    assert_eq!(back.location(), "/deposer/confirmation");
    let late = browser
        .post("/deposer/faits", &[("csrf", &csrf), ("facts", "Autre")])
        .await;
    assert_eq!(late.location(), "/deposer/confirmation");

    // Another filing is another case.
    app.state.clock.advance(TimeDelta::minutes(1));
    let second = file(&browser, &REQUEST).await;
    assert_ne!(second.reference, first.reference);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_back_button_and_a_second_page_lose_nothing() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..3]).await;
    let back = browser.get("/deposer/faits").await;
    assert_eq!(
        back.texts("textarea")[0],
        "Ma demande de résiliation n’a pas été traitée."
    );

    // Two pages open on one draft, saved in the other order than they were opened.
    let csrf = back.value("csrf");
    let contact = [CONTACT.as_slice(), &[("csrf", csrf.as_str())]].concat();
    browser
        .post("/deposer/coordonnees", &contact)
        .await
        .location();
    let facts = [
        ("csrf", csrf.as_str()),
        ("facts", "Texte repris dans l’autre page."),
    ];
    let saved = browser.post("/deposer/faits", &facts).await;
    assert_eq!(
        saved.location(),
        "/deposer/verification",
        "all is there: back to the check"
    );
    let check = browser.get("/deposer/verification").await.text();
    assert!(check.contains("Texte repris") && check.contains("jeanne.lefevre@example.org"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_confirmation_is_shown_for_an_hour_to_the_browser_that_sent() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    file(&browser, &COMPLAINT).await;
    assert_eq!(app.browser().get("/deposer/confirmation").await.status, 410);
    app.state.clock.advance(TimeDelta::minutes(61));
    let later = browser.get("/deposer/confirmation").await;
    assert_eq!(later.status, 410);
    assert!(
        later
            .text()
            .contains("Ce que vous avez envoyé est bien enregistré")
    );
}
