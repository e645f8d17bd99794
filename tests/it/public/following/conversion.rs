//! What was on its way when a request became a complaint: it answers and acknowledges the request.

use chrono::TimeDelta;
use reclamations::case::{Nature, Purpose};
use reclamations::staff::Role;

use crate::public::following::nature::row;
use crate::public::following::person::{Person, carry, complaint, count, journal, letters, refuse};
use crate::public::following::requalification::{MOTIVE, settle};
use crate::public::following::{TODAY, confirm};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::filing::{REQUEST, file};

/// A request whose answer waits to leave by e-mail, made a complaint by its person.
async fn converted() -> (TestApp, Person) {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &REQUEST).await;
    confirm(&app, &receipt).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let answer = [("role", "reponse"), ("message", "Une facture suffit.")];
    let sent = staff.act(&receipt.reference, "message", &answer).await;
    sent.location();
    let person = Person::opening(&app, receipt).await;
    convert(&person.browser).await;
    assert_eq!(row(&app).await.0, "complaint");
    (app, person)
}

async fn convert(person: &Browser) {
    let done = person.fill("/suivi/dossier/reclamation", &[]).await;
    assert_eq!(done.location(), "/suivi/dossier?fait=reclamation");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_to_the_request_does_not_pass_for_the_complaints() {
    let (app, person) = converted().await;
    refuse(&app, &person.receipt, Purpose::Acknowledgement).await;
    assert_eq!(letters(&app).await, ["acknowledgement"]);
    carry(&app, &person.receipt, Purpose::Answer).await;
    assert_eq!(
        letters(&app).await,
        ["acknowledgement"],
        "the complaint is still to be acknowledged"
    );
    assert_eq!(row(&app).await.1, "received");
    let kinds = journal(&app, &person).await;
    assert!(!kinds.iter().any(|kind| kind == "answer.handed_over"));
    assert_eq!(kinds.last().unwrap(), "mail.handed_over");
    let text = person.page().await.text();
    assert!(!text.contains("Réponse envoyée"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_the_request_that_fails_is_posted_as_a_message() {
    let (app, person) = converted().await;
    refuse(&app, &person.receipt, Purpose::Answer).await;
    assert_eq!(letters(&app).await, ["message"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_acknowledged_the_request_does_not_acknowledge_the_complaint() {
    let app = TestApp::spawn_at(TODAY).await;
    let person = Person::of_case(&app, Nature::InformationRequest, By::Post).await;
    assert_eq!(letters(&app).await, ["acknowledgement"]);
    app.state.clock.advance(TimeDelta::days(5));
    let person = Person::opening(&app, person.receipt).await;
    convert(&person.browser).await;
    assert_eq!(letters(&app).await, ["acknowledgement"]);
    let asked = "SELECT count(*) FROM postal_tasks WHERE kind = 'acknowledgement'";
    assert_eq!(count(&app, asked).await, 2, "asked for anew");
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let reference = &person.receipt.reference;
    let posted = |on| staff.act(reference, "accuse-par-courrier", on);
    let early = posted(&[("date", "04/05/2026")]).await;
    assert_eq!(early.status, 422, "the day before it was a complaint");
    posted(&[("date", "05/05/2026")]).await.location();
    assert_eq!(row(&app).await.1, "acknowledged");
    journal(&app, &person).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_word_that_it_is_a_complaint_again_begins_no_ten_days() {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    let post = |part: &'static str, kind, on| {
        let (staff, reference) = (&staff, &reference);
        async move {
            let fields = [("lettre", kind), ("date", on)];
            staff.act(reference, part, &fields).await.location();
        }
    };
    let on = "30/04/2026";
    post("accuse-par-courrier", "acknowledgement", on).await;
    let motive = [("motif", MOTIVE)];
    let decided = staff.act(&reference, "requalification", &motive).await;
    decided.location();
    post("courrier", "requalification", on).await;
    app.state.clock.advance(TimeDelta::days(11));
    assert_eq!(settle(&app).await, 1);
    let person = Person::opening(&app, person.receipt).await;
    convert(&person.browser).await;
    assert_eq!(letters(&app).await, ["conversion"]);
    let staff = app.browser();
    app.colleague(&staff, "Léa Petit", Role::Handler).await;
    let fields = [("lettre", "conversion"), ("date", "11/05/2026")];
    staff.act(&reference, "courrier", &fields).await.location();
    let told = "SELECT count(*) FROM requalifications WHERE told_on IS NOT NULL AND is_last";
    assert_eq!(count(&app, told).await, 0);
    assert_eq!(
        journal(&app, &person).await.last().unwrap(),
        "letter.posted"
    );
    let text = staff.case(&reference).await.text();
    assert!(text.contains("Avis de suivi comme réclamation"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_word_of_it_that_fails_by_email_is_posted_once_acknowledged() {
    let app = TestApp::spawn_at(TODAY).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Supervisor)
        .await;
    let person = Person::of_case(&app, Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.clone();
    app.confirm_address(&reference).await;
    carry(&app, &person.receipt, Purpose::Acknowledgement).await;
    let motive = [("motif", MOTIVE)];
    let decided = staff.act(&reference, "requalification", &motive).await;
    decided.location();
    carry(&app, &person.receipt, Purpose::Requalification).await;
    app.state.clock.advance(TimeDelta::days(11));
    assert_eq!(settle(&app).await, 1);
    let person = Person::opening(&app, person.receipt).await;
    convert(&person.browser).await;
    assert_eq!(row(&app).await.1, "acknowledged");
    refuse(&app, &person.receipt, Purpose::Acknowledgement).await;
    assert_eq!(letters(&app).await, ["conversion"]);
}
