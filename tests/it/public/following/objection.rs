//! The person who objects to a requalification, and the notice that must have reached them first.

use chrono::TimeDelta;
use reclamations::case::incoming::State;
use reclamations::case::requalification::take_effect;
use reclamations::case::{Nature, Purpose};
use reclamations::staff::Role;

use crate::public::following::nature::{opened, row};
use crate::public::following::person::{answer, carry, complaint, count, journal, letters};
use crate::public::following::requalification::{MOTIVE, requalified, settle};
use crate::public::following::{TODAY, confirm};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::filing::{COMPLAINT, CONTACT, file};

const TOLD: &str = "SELECT count(*) FROM requalifications WHERE told_on IS NOT NULL";

async fn requalify(staff: &Browser, reference: &str) {
    let motive = [("motif", MOTIVE)];
    let done = staff.act(reference, "requalification", &motive).await;
    assert!(done.location().ends_with("fait=requalification"));
}

async fn post(staff: &Browser, reference: &str, kind: &str, on: &str) {
    let posted = [("lettre", kind), ("date", on)];
    let done = staff.act(reference, "courrier", &posted).await;
    assert!(done.location().ends_with("fait=courrier"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notice_takes_the_way_of_the_answer() {
    let address = ("postal_address", "3 rue des Lilas\r\n69003 Lyon");
    for (preferred, is_confirmed) in [("email", false), ("post", true)] {
        let app = TestApp::spawn_at(TODAY).await;
        let staff = app.browser();
        app.colleague(&staff, "Anne Roussel", Role::Supervisor)
            .await;
        let contact = [&CONTACT[..], &[address, ("preferred_reply", preferred)]].concat();
        let mut steps = COMPLAINT;
        steps[3].1 = &contact;
        let receipt = file(&app.browser(), &steps).await;
        if is_confirmed {
            confirm(&app, &receipt).await;
        }
        requalify(&staff, &receipt.reference).await;
        assert_eq!(letters(&app).await, ["requalification"], "{preferred}");
        let sent = "SELECT count(*) FROM outbox WHERE purpose = 'requalification'";
        assert_eq!(count(&app, sent).await, 0, "{preferred}");
        post(&staff, &receipt.reference, "requalification", "30/04/2026").await;
        assert_eq!(count(&app, TOLD).await, 1, "{preferred}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ten_days_wait_until_the_address_is_known_to_be_the_persons() {
    let app = TestApp::spawn_at(TODAY).await;
    let (receipt, _) = requalified(&app).await;
    carry(&app, &receipt, Purpose::Requalification).await;
    app.state.clock.advance(TimeDelta::days(20));
    assert_eq!((settle(&app).await, count(&app, TOLD).await), (0, 0));
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let text = staff.case(&receipt.reference).await.text();
    assert!(
        text.contains("pendant dix jours, qui ne courent pas encore"),
        "{text}"
    );
    let person = opened(&app, &receipt).await;
    let text = person.get("/suivi/dossier").await.text();
    assert!(
        text.contains("la remise de cet avis à une adresse confirmée"),
        "{text}"
    );

    confirm(&app, &receipt).await;
    assert_eq!(count(&app, TOLD).await, 1);
    app.state.clock.advance(TimeDelta::days(10));
    assert_eq!(settle(&app).await, 0, "ten days from the confirmation");
    app.state.clock.advance(TimeDelta::days(1));
    assert_eq!(settle(&app).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_note_an_objection_that_came_by_letter() {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    requalify(&staff, &reference).await;
    assert_eq!(
        letters(&app).await,
        ["acknowledgement", "requalification"],
        "no e-mail address"
    );
    app.state.clock.advance(TimeDelta::days(4));
    let handler = app.browser();
    app.colleague(&handler, "Idriss Benali", Role::Handler)
        .await;
    refused_days(&handler, &reference).await;
    let done = handler
        .act(&reference, "opposition", &[("date", "02/05/2026")])
        .await;
    assert!(done.location().ends_with("fait=opposition"));
    let text = handler.get(done.location()).await.text();
    for told in [
        "L’opposition est notée",
        "La personne s’est opposée le 2 mai 2026",
        "Opposition à la requalification le 2 mai 2026 (Idriss Benali)",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    assert_eq!(
        letters(&app).await,
        ["acknowledgement"],
        "the notice is needless"
    );
    let again = handler
        .act(&reference, "opposition", &[("date", "02/05/2026")])
        .await;
    assert_eq!(again.status, 409);
    app.state.clock.advance(TimeDelta::days(30));
    assert_eq!(settle(&app).await, 0);
    assert_eq!(row(&app).await.0, "complaint");
    journal(&app, &person).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_takes_effect_while_what_the_person_wrote_waits() {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    requalify(&staff, &reference).await;
    post(&staff, &reference, "requalification", "30/04/2026").await;
    person
        .write("Non, je me plains bien du délai.")
        .await
        .location();
    app.state.clock.advance(TimeDelta::days(11));
    assert_eq!(settle(&app).await, 0, "it may be an objection");
    let staff = app.browser();
    app.colleague(&staff, "Léa Petit", Role::Handler).await;
    let text = staff.case(&reference).await.text();
    assert!(text.contains("Elle a écrit depuis"), "{text}");
    staff.act(&reference, "lecture", &[]).await.location();
    assert_eq!(settle(&app).await, 1, "staff have decided");
    assert_eq!(row(&app).await.0, "information_request");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_takes_effect_while_an_e_mail_that_may_object_waits() {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    requalify(&staff, &reference).await;
    post(&staff, &reference, "requalification", "30/04/2026").await;
    let staff = app.browser();
    app.state.clock.advance(TimeDelta::days(11));
    app.colleague(&staff, "Léa Petit", Role::Handler).await;
    let address = "UPDATE filings SET email = 'Jeanne@example.org'";
    app.database.run(address).await;
    let from = |sender: &str, rest: &str| format!("From: {sender}\r\nSubject: Non\r\n{rest}");
    let named = format!("\r\nDossier {reference}, je me plains.\r\n");
    let named = from("paul@example.net", &named);
    let levels = "Content-Type: message/rfc822\r\n\r\n".repeat(50);
    let unread = from("jeanne@example.org", &levels);
    let unsigned = format!("Subject: Non\r\n{levels}");
    for (raw, state) in [
        (named, State::Held),
        (unread, State::NotUnderstood),
        (unsigned, State::NotUnderstood),
    ] {
        let mail = app.arrives(raw.as_bytes(), state).await;
        assert_eq!(settle(&app).await, 0, "it may be an objection");
        let motive = [("motif", "Sans rapport.")];
        let done = staff.decide(&mail, "mise-de-cote", &motive).await;
        assert!(done.location().ends_with("fait=mise-de-cote"));
    }
    assert_eq!(settle(&app).await, 1, "staff have decided");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_must_wait_keeps_no_other_from_its_turn() {
    let (app, staff, person) = complaint().await;
    let first = person.receipt.reference.clone();
    let second = app.case(Nature::Complaint, By::Post).await;
    for reference in [&first, &second] {
        requalify(&staff, reference).await;
        post(&staff, reference, "requalification", "30/04/2026").await;
    }
    let whole = [
        ("grief-1", "La résiliation tarde."),
        ("position-1", "accepted"),
        ("motifs-1", "Votre lettre est bien arrivée à temps."),
        ("issue", "upheld"),
        ("faire", "envoyer"),
    ];
    staff.act(&first, "reponse", &whole).await.location();
    app.state.clock.advance(TimeDelta::days(11));
    let mut conn = app.database.conn().await;
    let settled = take_effect(&mut conn, (5, &[]), 1, app.now())
        .await
        .unwrap();
    assert_eq!(settled, 1, "the answer of the first is leaving");
    let nature = "SELECT nature FROM cases ORDER BY id";
    let rows = app.database.rows(nature).await;
    let natures: Vec<&str> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(natures, ["complaint", "information_request"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_makes_the_notice_needless() {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    requalify(&staff, &reference).await;
    let grounds = "Votre lettre est bien arrivée à temps.";
    answer(&staff, &reference, grounds, "30/04/2026").await;
    assert!(letters(&app).await.is_empty());
    assert_eq!(count(&app, TOLD).await, 0);
}

/// What is no day, or no day on which the person could have objected, comes back to be corrected.
async fn refused_days(handler: &Browser, reference: &str) {
    for (typed, told) in [
        ("hier", "Indiquez le jour de la réception"),
        ("29/04/2026", "entre la requalification et aujourd’hui"),
        ("05/05/2026", "entre la requalification et aujourd’hui"),
    ] {
        let refused = handler
            .act(reference, "opposition", &[("date", typed)])
            .await;
        assert_eq!(refused.status, 422, "{typed}");
        let error = refused.texts("#date-erreur").concat();
        assert!(error.contains(told), "{error}");
        assert_eq!(refused.attribute("#date", "value").as_deref(), Some(typed));
    }
}
