//! What staff note in the place of the person: a disagreement that came by letter, and where they live.

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::public::following::person::{Person, answer, complaint};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

const GROUNDS: &str = "Votre lettre nous est parvenue après l’échéance.";

/// Nothing else is taken than what was written, between the answer and today.
async fn refuses_what_cannot_be(staff: &Browser, reference: &str, wrote: &str) {
    for (date, reason) in [
        ("29/04/2026", wrote),
        ("07/05/2026", wrote),
        ("05/05/2026", ""),
    ] {
        let fields = [("date", date), ("motif", reason)];
        let refused = staff.act(reference, "desaccord", &fields).await;
        assert_eq!(refused.status, 422, "{date}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disagreement_that_came_otherwise_opens_the_complaint_again() {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    let early = [("date", "30/04/2026"), ("motif", "Je conteste.")];
    let early = staff.act(&reference, "desaccord", &early).await;
    assert_eq!(early.status, 409, "there is nothing to contest yet");
    answer(&staff, &reference, GROUNDS, "30/04/2026").await;
    app.state.clock.advance(TimeDelta::days(5));
    let person = Person::opening(&app, person.receipt).await;
    let wrote = "Je conteste : voyez le cachet de la poste.";
    person.write(wrote).await.location();
    app.state.clock.advance(TimeDelta::days(1));
    let staff = app.browser();
    app.colleague(&staff, "Odile Renard", Role::Handler).await;

    let path = format!("/gestion/dossiers/{reference}");
    let close = staff.get(&format!("{path}/cloture")).await.text();
    assert!(close.contains("notez son désaccord"), "{close}");
    let form = staff.get(&format!("{path}/desaccord")).await;
    assert_eq!(form.texts("textarea#motif"), [wrote]);
    assert_eq!(form.value("date"), "05/05/2026");
    refuses_what_cannot_be(&staff, &reference, wrote).await;
    let before = app.snapshot(&reference).await;
    let fields = [("date", "05/05/2026"), ("motif", wrote)];
    let done = staff.act(&reference, "desaccord", &fields).await;
    assert!(done.location().ends_with("?fait=desaccord"));
    let changed = [
        "cases.next_due_on",
        "cases.person_wrote_at",
        "cases.status",
        "cases.target_on",
        "+ disagreements",
        "+ messages",
    ];
    app.assert_changed(&before, &["answer.disagreed"], &changed)
        .await;
    let person = Person::opening(&app, person.receipt).await;
    let page = person.page().await;
    assert_eq!(page.texts("h1"), ["Nous réexaminons votre réclamation"]);
    assert!(
        page.text().contains("Désaccord Je conteste"),
        "{}",
        page.text()
    );
    let row = app
        .database
        .row("SELECT disagreed_on::text, target_on::text FROM disagreements")
        .await;
    assert_eq!(row.get::<_, String>(0), "2026-05-05");
    assert_eq!(row.get::<_, String>(1), "2026-05-19");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_without_postal_address_gets_one_from_whoever_handles_it() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let path = format!("/gestion/dossiers/{reference}");
    let post = format!("{path}/accuse-par-courrier");
    let lacking = "Le dossier n’a pas d’adresse postale";
    assert!(staff.get(&post).await.text().contains(lacking));
    let refused = staff
        .act(&reference, "adresse-postale", &[("adresse", " ")])
        .await;
    assert_eq!(refused.status, 422);
    let before = app.snapshot(&reference).await;
    let address = [("adresse", "2 rue Basse\n75002 Paris")];
    let done = staff.act(&reference, "adresse-postale", &address).await;
    assert!(done.location().ends_with("?fait=adresse-postale"));
    let changed = ["filings.contact_version", "filings.postal_address"];
    app.assert_changed(&before, &["person.corrected"], &changed)
        .await;
    assert!(!staff.get(&post).await.text().contains(lacking));
    let menu = staff.case(&reference).await.text();
    assert!(!menu.contains("Ajouter l’adresse postale"), "{menu}");
    let again = staff.act(&reference, "adresse-postale", &address).await;
    assert_eq!(again.status, 409);
}
