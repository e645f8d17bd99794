//! The page of a case.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_shows_its_clocks_and_why() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let page = browser.case(&reference).await;
    assert_eq!(page.status, 200);
    let clocks: Vec<String> = page
        .texts(".clock")
        .iter()
        .map(|text| text.replace('\u{a0}', " "))
        .collect();
    let [acknowledgement, answer, mediation] = clocks.as_slice() else {
        panic!("{clocks:?}")
    };
    // The dates of the issue.
    assert!(acknowledgement.contains("vendredi 15 mai 2026"));
    for skipped in ["1er mai", "8 mai", "Ascension"] {
        assert!(acknowledgement.contains(skipped), "{acknowledgement}");
    }
    assert!(answer.contains("mardi 30 juin 2026"), "{answer}");
    assert!(mediation.contains("lundi 29 juin 2026"), "{mediation}");
    assert!(mediation.contains("30 avril 2027"), "{mediation}");
    let text = page.text();
    for words in [
        "Ma résiliation n’a pas été traitée.",
        "adresse non confirmée",
        "Accusé de réception",
        "En attente",
        "Rédiger la réponse",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_relay_the_acknowledgement_has_not_left() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let background = app.start_background();
    let reference = app.case(Nature::Complaint, By::Email).await;
    app.state.outbox_bell.notify_one();
    let (mut text, mut links) = (String::new(), Vec::new());
    for _ in 0..100 {
        let page = browser.case(&reference).await;
        (text, links) = (page.text(), page.attributes(".next a", "href"));
        if text.contains("Non envoyé") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    background.finish().await;
    assert!(
        text.contains("Non envoyé, aucun relais configuré"),
        "{text}"
    );
    assert!(text.contains("Reçue, accusé à remettre"));
    assert!(text.contains("L’accusé de réception doit partir par courrier"));
    let printing = "/gestion/lettres".to_owned();
    assert!(!links.contains(&printing), "no letter waits to be printed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_has_a_target_and_no_legal_clock() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case(Nature::InformationRequest, By::Email).await;
    let page = browser.case(&reference).await;
    let clocks = page.texts(".clock");
    assert_eq!(clocks.len(), 1, "{clocks:?}");
    assert!(clocks.concat().contains("pas de délai légal"));
    assert_eq!(page.texts(".next a.button"), ["Répondre à la demande"]);
    assert_eq!(
        browser
            .get(&format!("/gestion/dossiers/{reference}/reponse"))
            .await
            .location(),
        format!("/gestion/dossiers/{reference}")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_wrote_is_text_and_nothing_else() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>&amp;";
    let reference = app.case_telling(Nature::Complaint, By::Post, hostile).await;
    browser.act(&reference, "note", &[("note", hostile)]).await;
    let page = browser.case(&reference).await;
    assert!(page.texts("script").is_empty());
    assert!(page.texts("img").is_empty());
    assert_eq!(page.texts(".message .text"), [hostile, hostile]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_reads_and_sees_no_form() {
    let app = TestApp::spawn_at(AT).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let auditor = app.browser();
    app.colleague(&auditor, "Ada Lecteur", Role::Auditor).await;
    let page = auditor.case(&reference).await;
    assert_eq!(page.status, 200);
    assert!(page.texts("main form").is_empty());
    assert!(page.texts("main .button").is_empty());
    assert!(page.text().contains("Ma résiliation"));
    for part in ["note", "prise-en-charge", "cloture", "reponse"] {
        let path = format!("/gestion/dossiers/{reference}/{part}");
        assert_eq!(auditor.post(&path, &[]).await.status, 403, "{part}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_reference_is_no_page() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    for unknown in [
        "x",
        "ASK-2026-000123-T",
        "%00",
        &reference.replace("2026", "2025"),
    ] {
        let page = browser.case(unknown).await;
        assert_eq!(page.status, 404, "{unknown}");
        let text = page.text();
        assert!(text.contains("Revenir à la boîte"), "{text}");
        assert!(!text.contains("Voir la procédure"), "{text}");
    }
    let elsewhere = app.browser().get("/nulle-part").await;
    assert!(elsewhere.text().contains("Voir la procédure"));
}
