//! A complaint that staff hold for a request, and the person's word against it.

use chrono::TimeDelta;
use reclamations::case::requalification::take_effect;
use reclamations::case::{Nature, Purpose};
use reclamations::journal;
use reclamations::staff::Role;

use crate::public::following::nature::{day, mail, opened, row};
use crate::public::following::person::carry;
use crate::public::following::{ADDRESS, TODAY, confirm};
use crate::support::app::TestApp;
use crate::support::cases::By;
use crate::support::filing::{COMPLAINT, Receipt, file};

pub(super) const MOTIVE: &str = "Vous demandez un duplicata de votre attestation.";

pub(super) async fn settle(app: &TestApp) -> usize {
    let mut conn = app.database.conn().await;
    take_effect(&mut conn, (5, &[]), 100, app.now())
        .await
        .unwrap()
}

/// A complaint that a supervisor holds for a request, and the path of the link to object.
pub(super) async fn requalified(app: &TestApp) -> (Receipt, String) {
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let staff = app.browser();
    app.colleague(&staff, "Anne Roussel", Role::Supervisor)
        .await;
    let motive = [("motif", MOTIVE)];
    let done = staff
        .act(&receipt.reference, "requalification", &motive)
        .await;
    assert!(done.location().ends_with("fait=requalification"));
    let mail = mail(app, "requalification").await;
    assert!(
        !mail.contains(MOTIVE),
        "the address is not confirmed: {mail}"
    );
    let link = mail
        .lines()
        .find(|line| line.contains("/suivi/opposition/"));
    let path = link.unwrap().strip_prefix(&app.address).unwrap().to_owned();
    (receipt, path)
}

/// The notice leaves now, for an address that its person has confirmed.
async fn tell(app: &TestApp, receipt: &Receipt) {
    confirm(app, receipt).await;
    carry(app, receipt, Purpose::Requalification).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_objection_the_clocks_end_after_ten_days_and_not_before() {
    let app = TestApp::spawn_at(TODAY).await;
    let (receipt, _) = requalified(&app).await;
    app.state.clock.advance(TimeDelta::days(20));
    assert_eq!(
        settle(&app).await,
        0,
        "a notice that has not left begins nothing"
    );
    tell(&app, &receipt).await;
    let text = opened(&app, &receipt)
        .await
        .get("/suivi/dossier")
        .await
        .text();
    for told in [
        MOTIVE,
        "jusqu’au samedi 30 mai 2026 inclus",
        "ses délais courent",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    app.state.clock.advance(TimeDelta::days(10));
    assert_eq!(settle(&app).await, 0, "the tenth day is the person's");
    assert_eq!(
        row(&app).await.2,
        day("2026-05-15"),
        "the legal date is followed"
    );
    app.state.clock.advance(TimeDelta::days(1));
    assert_eq!((settle(&app).await, settle(&app).await), (1, 0));
    let (nature, status, due, answer_due) = row(&app).await;
    assert_eq!((&*nature, &*status), ("information_request", "received"));
    assert_eq!(due, day("2026-06-05"), "five jours ouvrables after 31 May");
    assert_eq!(
        answer_due,
        Some(day("2026-06-30")),
        "kept, for the day it runs again"
    );
    let person = opened(&app, &receipt).await;
    let text = person.get("/suivi/dossier").await.text();
    assert!(text.contains("dix jours ayant passé") && !text.contains("Accusé de réception :"));
    // Too late to object; never too late to complain.
    person
        .fill("/suivi/dossier/reclamation", &[])
        .await
        .location();
    assert_eq!(row(&app).await.0, "complaint");
    assert_eq!(row(&app).await.3, Some(day("2026-06-30")));
    let mut conn = app.database.conn().await;
    journal::verify(&mut conn).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_in_one_click_keeps_the_complaint() {
    let app = TestApp::spawn_at(TODAY).await;
    let (receipt, path) = requalified(&app).await;
    tell(&app, &receipt).await;
    app.state.clock.advance(TimeDelta::days(10));
    let stranger = app.browser();
    for _ in 0..10 {
        let page = stranger.get(&path).await;
        assert_eq!(page.texts("h1"), ["Garder votre réclamation"]);
        assert!(!page.body.contains("Jeanne") && !page.body.contains(ADDRESS));
    }
    let csrf = stranger.get("/suivi").await.value("csrf");
    for _ in 0..10 {
        let done = stranger.post(&path, &[("csrf", &csrf)]).await;
        assert_eq!(
            done.texts("h1"),
            ["Votre réclamation reste une réclamation"]
        );
    }
    app.state.clock.advance(TimeDelta::days(5));
    assert_eq!(settle(&app).await, 0);
    assert_eq!(row(&app).await.0, "complaint");
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Supervisor)
        .await;
    let text = staff.case(&receipt.reference).await.text();
    assert!(
        text.contains("La personne s’est opposée le 10 mai 2026"),
        "{text}"
    );
    assert!(
        !text.contains("Requalifier en demande"),
        "it is not tried again"
    );
    let person = opened(&app, &receipt).await;
    let text = person.get("/suivi/dossier").await.text();
    assert!(text.contains("Vous vous êtes opposé"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_objects_too_and_an_answer_meanwhile_ends_the_matter() {
    let app = TestApp::spawn_at(TODAY).await;
    let (receipt, path) = requalified(&app).await;
    let person = opened(&app, &receipt).await;
    let csrf = person.get("/suivi/dossier").await.value("csrf");
    let objected = person
        .post("/suivi/dossier/opposition", &[("csrf", &csrf)])
        .await;
    assert_eq!(objected.location(), "/suivi/dossier?fait=opposition");

    let other = TestApp::spawn_at(TODAY).await;
    let (receipt, over) = requalified(&other).await;
    tell(&other, &receipt).await;
    other.state.clock.advance(TimeDelta::days(11));
    assert_eq!(settle(&other).await, 1);
    let late = other.browser().fill(&over, &[]).await;
    assert_eq!(
        late.texts("h1"),
        ["Il est trop tard pour s’opposer par ce lien"]
    );
    // The link of one case objects for that one only.
    let foreign = app.browser().get(&over).await;
    assert_eq!(
        foreign.status, 200,
        "same number, same address, same key: the same link"
    );
    assert_ne!(path, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_say_why_and_only_supervisors_make_requests_of_complaints() {
    let app = TestApp::spawn_at(TODAY).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let complaint = app.case(Nature::Complaint, By::Post).await;
    let refused = staff
        .act(&complaint, "requalification", &[("motif", MOTIVE)])
        .await;
    assert_eq!(refused.status, 403);
    let request = app.case(Nature::InformationRequest, By::Post).await;
    let empty = staff.act(&request, "reclamation", &[("motif", " ")]).await;
    assert_eq!(empty.status, 422);
    assert_eq!(empty.texts(".error-summary li"), ["Écrivez le motif."]);
    let motive = [("motif", "Elle se plaint du délai.")];
    staff.act(&request, "reclamation", &motive).await.location();
    let text = staff.case(&request).await.text();
    for told in [
        "Claire Morvan a fait de cette demande une réclamation",
        "Elle se plaint du délai.",
        "vendredi 15 mai 2026",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    let letters = "SELECT kind FROM postal_tasks WHERE done_on IS NULL AND dropped_at IS NULL \
                   AND case_id = (SELECT max(id) FROM cases)";
    let kinds: Vec<String> = app
        .database
        .rows(letters)
        .await
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert_eq!(kinds, ["acknowledgement"], "no e-mail address: a letter");
    let again = staff.act(&request, "reclamation", &motive).await;
    assert_eq!(again.status, 409);
}
