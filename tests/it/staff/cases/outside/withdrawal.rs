//! Withdrawing at the word of the person.

use chrono::TimeDelta;
use reclamations::case::Nature;

use crate::staff::cases::outside::{TOLD, act, desk, desk_page, last_mail, own_page, says};
use crate::support::cases::By;
use crate::support::samples::pdf;

const WORD: [(&str, &str); 3] = [
    ("canal", "phone"),
    ("date", "30/04/2026"),
    ("motif", "Elle a appelé, tout est réglé."),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_by_word_is_told_to_its_person() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    app.confirm_address(reference).await;
    let form = format!("/gestion/dossiers/{reference}/retrait");
    let form = staff.get(&form).await.text();
    says(&form, &["ses délais s’arrêtent"]);
    assert!(!form.contains("Aucune date ne change"), "{form}");
    let before = app.snapshot(reference).await;
    act(&staff, reference, "retrait", &WORD).await;
    let changes = ["cases.status", "cases.closed_on", "+ withdrawals_taken"];
    let changes = [&TOLD[..], &changes].concat();
    app.assert_changed(&before, &["withdrawal.taken"], &changes)
        .await;
    let (subject, body) = last_mail(&app).await;
    assert_eq!(subject, format!("Retrait de votre réclamation {reference}"));
    let words = ["Le 30 avril 2026, par téléphone, vous nous avez demandé"];
    says(&body, &words);
    let page = own_page(&person).await;
    says(&page, &["faite par téléphone le 30 avril 2026"]);
    for public in [body, page] {
        assert!(!public.contains("Elle a appelé"), "for staff: {public}");
    }
    let words = ["Retiré à la demande de la personne, par téléphone"];
    says(&desk_page(&staff, reference).await, &words);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_takes_the_case_back_to_where_it_was_once() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    act(&staff, reference, "retrait", &WORD).await;
    app.state.clock.advance(TimeDelta::minutes(5));
    let withdrawn = app.snapshot(reference).await;
    let objected = person.send("retrait/opposition", &[]).await;
    let told = person.told(&objected).await;
    assert!(told.contains("reprend où il en était"), "{told}");
    let changes = [
        "cases.status",
        "cases.closed_on",
        "cases.person_wrote_at",
        "withdrawals_taken.objected_at",
    ];
    app.assert_changed(&withdrawn, &["withdrawal.objected"], &changes)
        .await;
    says(&desk_page(&staff, reference).await, &["mardi 30 juin 2026"]);

    let before = app.snapshot(reference).await;
    let again = person.send("retrait/opposition", &[]).await;
    assert_eq!(again.location(), "/suivi/dossier");
    app.assert_changed(&before, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_by_letter_is_noted_by_staff_and_a_withdrawal_of_the_person_stays() {
    let (app, staff, person) = desk(Nature::InformationRequest, By::Post).await;
    let reference = person.receipt.reference.as_str();
    act(&staff, reference, "retrait", &WORD).await;
    let before = app.snapshot(reference).await;
    act(&staff, reference, "annulation-du-retrait", &[]).await;
    let changes = [
        "cases.status",
        "cases.closed_on",
        "withdrawals_taken.objected_at",
    ];
    app.assert_changed(&before, &["withdrawal.objected"], &changes)
        .await;

    person.send("retrait", &[]).await.location();
    let refused = staff.act(reference, "annulation-du-retrait", &[]).await;
    assert_eq!(refused.status, 409);
    assert_eq!(staff.act(reference, "retrait", &WORD).await.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_posted_is_given_up_after_a_withdrawal() {
    let (app, staff, person) = desk(Nature::Complaint, By::Post).await;
    let reference = person.receipt.reference.as_str();
    let answer = [
        ("grief-1", "La résiliation tarde."),
        ("position-1", "accepted"),
        ("motifs-1", "Votre lettre est bien arrivée."),
        ("issue", "upheld"),
        ("faire", "envoyer"),
    ];
    let waiting = format!("/gestion/dossiers/{reference}/pieces");
    staff
        .upload(&waiting, "décompte.pdf", &pdf(3_000))
        .await
        .location();
    act(&staff, reference, "reponse", &answer).await;
    let early = staff.act(reference, "reponse-non-postee", &[]).await;
    assert_eq!(early.status, 409, "the case is not withdrawn");
    person.send("retrait", &[]).await.location();
    let before = app.snapshot(reference).await;
    act(&staff, reference, "reponse-non-postee", &[]).await;
    let changes = [
        "- case_files",
        "- uploads",
        "answers.dated_on",
        "answers.held_until",
        "answers.letter",
        "answers.sent_at",
        "answers.signatory_id",
        "answers.state",
        "case_files.answer_id",
        "postal_tasks.dropped_at",
    ];
    app.assert_changed(&before, &["letter.dropped"], &changes)
        .await;
    let page = staff.case(reference).await;
    assert!(page.texts(".task").is_empty(), "{:?}", page.texts(".task"));
    assert_eq!(staff.get(&waiting).await.texts(".files li").len(), 1);
    let again = staff.act(reference, "reponse-non-postee", &[]).await;
    assert_eq!(again.status, 409);
}
