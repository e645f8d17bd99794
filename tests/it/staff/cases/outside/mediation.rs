//! The mediator: referral, documents, opinion, what follows.

use reclamations::case::Nature;

use crate::staff::cases::outside::{TOLD, act, desk, desk_page, last_mail, later, own_page, says};
use crate::support::cases::By;

const REFERRAL: [(&str, &str); 4] = [
    ("par", "person"),
    ("date", "30/04/2026"),
    ("connue", "30/04/2026"),
    ("numero", "2026-04512"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_referral_is_told_even_of_a_case_that_is_over() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    app.confirm_address(reference).await;
    person.send("retrait", &[]).await.location();
    let path = format!("/gestion/dossiers/{reference}/mediation");
    let foreseen = ["au plus tard le jeudi 4 juin 2026"];
    says(&staff.get(&path).await.text(), &foreseen);

    let before = app.snapshot(reference).await;
    act(&staff, reference, "mediation", &REFERRAL).await;
    let changes = [&TOLD[..], &["+ mediations", "+ follow_ups"]].concat();
    app.assert_changed(&before, &["mediation.referred"], &changes)
        .await;
    let words = ["Transmise au médiateur", "sous le numéro 2026-04512"];
    says(&own_page(&person).await, &words);
    let words = ["Documents à envoyer au plus tard le 4 juin 2026"];
    says(&desk_page(&staff, reference).await, &words);
    let again = staff.act(reference, "mediation", &REFERRAL).await;
    assert_eq!(again.status, 409, "one at a time");
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_sent_then_an_opinion_is_followed_until_it_is_done() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    app.confirm_address(&person.receipt.reference).await;
    act(&staff, &person.receipt.reference, "mediation", &REFERRAL).await;
    let (staff, person) = later(&app, person, 10).await;
    let reference = person.receipt.reference.as_str();
    let before = app.snapshot(reference).await;
    let sent = [("date", "09/05/2026")];
    act(&staff, reference, "mediation-documents", &sent).await;
    let changes = ["mediations.documents_sent_on", "follow_ups.done_at"];
    app.assert_changed(&before, &["mediation.documents_sent"], &changes)
        .await;
    let again = staff.act(reference, "mediation-documents", &sent).await;
    assert_eq!(again.status, 409);

    let opinion = [
        ("date", "10/05/2026"),
        ("avis", "La résiliation doit prendre effet au 1er mars."),
        ("suite", "followed"),
        ("motif", "Nous résilions au 1er mars."),
        ("echeance", "31/05/2026"),
    ];
    act(&staff, reference, "mediation-avis", &opinion).await;
    let (_, body) = last_mail(&app).await;
    says(&body, &["Nous le suivons. Nous résilions au 1er mars."]);
    assert!(!body.contains("doit prendre effet"), "for staff: {body}");
    let words = ["La médiation est terminée", "au plus tard le 31 mai 2026"];
    says(&own_page(&person).await, &words);

    let before = app.snapshot(reference).await;
    let done = [("date", "10/05/2026")];
    act(&staff, reference, "mediation-suites", &done).await;
    let changes = ["mediations.followed_up_on", "follow_ups.done_at"];
    app.assert_changed(&before, &["mediation.followed_up"], &changes)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opinion_not_followed_says_why_and_none_at_all_tells_nobody() {
    const PART: &str = "mediation-avis";
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    act(&staff, reference, "mediation", &REFERRAL).await;
    let silent = [
        ("date", "30/04/2026"),
        ("avis", "Non."),
        ("suite", "not_followed"),
    ];
    let refused = staff.act(reference, PART, &silent).await;
    assert_eq!(refused.status, 422);
    let why = refused.texts("#motif-erreur");
    assert_eq!(why, ["Écrivez pourquoi nous ne suivons pas l’avis."]);

    let ended = [
        ("date", "30/04/2026"),
        ("avis", "Irrecevable."),
        ("suite", "no_opinion"),
    ];
    let before = app.snapshot(reference).await;
    act(&staff, reference, PART, &ended).await;
    let changes = [
        "mediations.opinion_on",
        "mediations.opinion",
        "mediations.issue",
        "follow_ups.done_at",
    ];
    app.assert_changed(&before, &["mediation.opinion"], &changes)
        .await;
    // Another referral is possible.
    act(&staff, reference, "mediation", &REFERRAL).await;
}
