//! The person contests the answer: said outright, the complaint is open again.

use chrono::TimeDelta;

use crate::public::following::person::{Person, answer, complaint, count, journal};
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;

const GROUNDS: &str = "Votre lettre nous est parvenue après l’échéance.";

async fn contest(person: &Person, reason: &str) -> Page {
    let form = person.browser.get("/suivi/dossier/desaccord").await;
    let (csrf, id) = (form.value("csrf"), form.value("envoi"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("envoi", id.as_str()),
        ("motif", reason),
    ];
    person
        .browser
        .post("/suivi/dossier/desaccord", &fields)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_no_disagreement_and_a_disagreement_opens_the_complaint_again() {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    let early = person.browser.get("/suivi/dossier/desaccord").await;
    assert_eq!(
        early.location(),
        "/suivi/dossier",
        "there is nothing to contest yet"
    );
    answer(&staff, &reference, GROUNDS, "30/04/2026").await;

    person
        .write("Je ne suis pas d’accord du tout !")
        .await
        .location();
    let page = person.page().await;
    assert_eq!(page.texts("h1"), ["Nous avons répondu à votre réclamation"]);
    let offered = page.attribute("#desaccord ~ .actions a", "href");
    assert_eq!(offered.as_deref(), Some("/suivi/dossier/desaccord"));

    let form = person.browser.get("/suivi/dossier/desaccord").await;
    assert!(
        form.text().contains("au plus tard le vendredi 15 mai 2026"),
        "{}",
        form.text()
    );
    assert!(form.text().contains("TSA 50110"));
    let done = contest(&person, "La lettre est du 2 mars :\r\nvoyez le cachet.").await;
    assert!(
        person
            .told(&done)
            .await
            .contains("votre réclamation est rouverte")
    );
    let page = person.page().await;
    assert_eq!(page.texts("h1"), ["Nous réexaminons votre réclamation"]);
    let text = page.text();
    for told in [
        "au plus tard le vendredi 15 mai 2026",
        "Vous pouvez aussi vous adresser au médiateur",
        "Désaccord La lettre est du 2 mars : voyez le cachet.",
        "Réponse motivée : envoyée",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    staff_see_it(&app, &staff, &person).await;
    // The mediator's details come before the dates, at once.
    let (mediator, dates) = (
        page.body.find("TSA 50110"),
        page.body.find("Les dates de votre"),
    );
    assert!(mediator < dates);
}

/// The inbox and the page of the case say so; the dates are those of a reopened complaint.
async fn staff_see_it(app: &TestApp, staff: &Browser, person: &Person) {
    let reference = &person.receipt.reference;
    let inbox = staff.get("/gestion?liste=desaccords").await.text();
    assert!(
        inbox.contains(reference.as_str()) && inbox.contains("Désaccord"),
        "{inbox}"
    );
    assert!(inbox.contains("nouvelle réponse · ven. 15 mai"), "{inbox}");
    let case = staff.case(reference).await;
    for told in [
        "Désaccord, à réexaminer",
        "voyez le cachet",
        "La personne conteste la réponse",
    ] {
        assert!(case.text().contains(told), "{told} in {}", case.text());
    }
    let columns =
        "SELECT count(*) FROM cases WHERE answered_on = '2026-04-30' AND closed_on IS NULL
                   AND target_on = next_due_on AND next_due_on = '2026-05-15'";
    assert_eq!(count(app, columns).await, 1, "no new legal clock");
    let row = "SELECT count(*) FROM disagreements WHERE answer_id IS NOT NULL AND disagreed_on = '2026-04-30'";
    assert_eq!(count(app, row).await, 1);
    assert!(
        journal(app, person)
            .await
            .contains(&"answer.disagreed".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_answer_goes_through_the_gate_and_the_person_reads_both() {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    answer(&staff, &reference, GROUNDS, "30/04/2026").await;
    staff.act(&reference, "cloture", &[]).await.location();
    app.state.clock.advance(TimeDelta::minutes(10));
    contest(&person, "Elle est du 2 mars.").await.location();

    let bare = staff.act(&reference, "reponse/envoi", &[]).await;
    assert_eq!(bare.status, 422, "the gate is shut without a new answer");
    app.state.clock.advance(TimeDelta::minutes(10));
    answer(
        &staff,
        &reference,
        "Après vérification, vous avez raison.",
        "30/04/2026",
    )
    .await;
    let page = person.page().await;
    assert_eq!(page.texts("h1"), ["Nous avons répondu à votre réclamation"]);
    let thread = page.texts(".thread .text");
    assert!(
        thread.first().unwrap().contains("vous avez raison"),
        "newest first"
    );
    assert!(thread.get(1).unwrap().contains("Elle est du 2 mars."));
    assert!(thread.get(2).unwrap().contains("après l’échéance"));
    // And again, from there.
    contest(&person, "Encore un point.").await.location();
    assert_eq!(count(&app, "SELECT count(*) FROM disagreements").await, 2);
    journal(&app, &person).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_times_is_once_and_a_second_page_loses_nothing() {
    let (app, staff, person) = complaint().await;
    answer(&staff, &person.receipt.reference, GROUNDS, "30/04/2026").await;
    let form = person.browser.get("/suivi/dossier/desaccord").await;
    let other = person.browser.get("/suivi/dossier/desaccord").await;
    let (csrf, id) = (form.value("csrf"), form.value("envoi"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("envoi", id.as_str()),
        ("motif", "Non."),
    ];
    for _ in 0..10 {
        let done = person
            .browser
            .post("/suivi/dossier/desaccord", &fields)
            .await;
        assert_eq!(done.location(), "/suivi/dossier?fait=desaccord");
    }
    assert_eq!(count(&app, "SELECT count(*) FROM disagreements").await, 1);
    let id = other.value("envoi");
    let fields = [
        ("csrf", csrf.as_str()),
        ("envoi", id.as_str()),
        ("motif", "Et puis non."),
    ];
    let late = person
        .browser
        .post("/suivi/dossier/desaccord", &fields)
        .await;
    assert_eq!(late.status, 422);
    assert_eq!(
        late.texts("textarea#message"),
        ["Et puis non."],
        "it can go as a message"
    );
    assert_eq!(
        count(
            &app,
            "SELECT count(*) FROM messages WHERE kind = 'disagreement'"
        )
        .await,
        1
    );
    journal(&app, &person).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_needed_and_too_long_a_one_is_kept() {
    let (app, staff, person) = complaint().await;
    answer(&staff, &person.receipt.reference, GROUNDS, "30/04/2026").await;
    let long = "é".repeat(100_000);
    for typed in ["", "  ", long.as_str()] {
        let page = contest(&person, typed).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.texts("#motif-erreur").len(), 1);
        if typed == long {
            assert_eq!(page.texts("textarea#motif"), [long.as_str()]);
        }
    }
    assert_eq!(count(&app, "SELECT count(*) FROM disagreements").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_has_no_answer_to_contest() {
    let (app, staff, _) = complaint().await;
    let person = Person::of_case(
        &app,
        reclamations::case::Nature::InformationRequest,
        By::Post,
    )
    .await;
    let reference = &person.receipt.reference;
    let told = [("message", "Voici."), ("role", "reponse")];
    staff.act(reference, "message", &told).await.location();
    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    staff.act(reference, "courrier", &posted).await.location();
    let page = person.page().await;
    assert_eq!(page.texts("h1"), ["Nous avons répondu à votre demande"]);
    assert!(page.texts("#desaccord").is_empty());
    let refused = person.send("desaccord", &[("motif", "Non.")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.texts("textarea#message"), ["Non."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_promise_is_never_a_past_date() {
    let (app, staff, person) = complaint().await;
    answer(&staff, &person.receipt.reference, GROUNDS, "30/04/2026").await;
    contest(&person, "Non.").await.location();
    app.state.clock.advance(TimeDelta::days(20));
    let person = Person::opening(&app, person.receipt.clone()).await;
    let page = person.page().await;
    let text = page.texts(".callout, .dates").concat();
    let owed = "Nous vous devons une nouvelle réponse, sans attendre";
    assert!(text.contains(owed), "{text}");
    assert!(!text.to_lowercase().contains("au plus tard"), "{text}");
}
