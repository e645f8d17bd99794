//! Passing a case on.

use reclamations::case::Nature;

use crate::staff::cases::outside::{TOLD, act, desk, desk_page, last_mail, later, own_page, says};
use crate::support::cases::By;

const TRANSFER: [(&str, &str); 6] = [
    ("a", "insurer"),
    ("nom", "Mutuelle du Val"),
    ("service", "Service Sinistres"),
    ("adresse", "4 rue des Prés\r\n69003 Lyon"),
    ("raison", "Elle seule peut revoir l’indemnité."),
    ("date", "30/04/2026"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_tells_the_person_who_has_it_and_stops_no_clock() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    app.confirm_address(reference).await;
    let before = app.snapshot(reference).await;
    act(&staff, reference, "transmission", &TRANSFER).await;
    let changes = [&TOLD[..], &["+ transfers"]].concat();
    app.assert_changed(&before, &["case.transferred"], &changes)
        .await;
    let (_, body) = last_mail(&app).await;
    let words = [
        "nous avons transmis votre réclamation à l’assureur : Mutuelle du Val Service Sinistres",
        "4 rue des Prés 69003 Lyon",
        "Elle seule peut revoir l’indemnité.",
        "notre réponse vous est due au plus tard le 30 juin 2026",
    ];
    says(&body, &words);
    let to = "Transmis à l’assureur (Mutuelle du Val, Service Sinistres) le 30 avril 2026";
    says(&desk_page(&staff, reference).await, &[to]);
    let to = "l’assureur, Mutuelle du Val (Service Sinistres) a aussi votre dossier";
    says(&own_page(&person).await, &[to]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_back_is_noted_once() {
    const PART: &str = "retour-de-transmission";
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    act(&staff, &person.receipt.reference, "transmission", &TRANSFER).await;
    let (staff, person) = later(&app, person, 5).await;
    let reference = person.receipt.reference.as_str();
    let id = app.database.rows("SELECT id::text FROM transfers").await;
    let id: &str = id.first().unwrap().get(0);
    for bad in ["29/04/2026", "06/05/2026", "x"] {
        let fields = [("transmission", id), ("date", bad)];
        let refused = staff.act(reference, PART, &fields).await;
        assert_eq!(refused.status, 422, "{bad}");
    }
    let before = app.snapshot(reference).await;
    let back = [("transmission", id), ("date", "04/05/2026")];
    act(&staff, reference, PART, &back).await;
    app.assert_changed(&before, &["transfer.returned"], &["transfers.returned_on"])
        .await;
    let page = own_page(&person).await;
    assert!(!page.contains("a aussi votre dossier"), "{page}");
    says(&page, &["Retour de la transmission"]);
    assert_eq!(staff.act(reference, PART, &back).await.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_for_the_mediator_is_forwarded_even_once_the_case_is_over() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    person.send("retrait", &[]).await.location();
    let refused = staff.act(reference, "transmission", &TRANSFER).await;
    assert_eq!(refused.status, 409, "nothing more to pass on to an insurer");
    let before = app.snapshot(reference).await;
    let forwarded = [
        ("a", "mediator"),
        ("raison", "Votre lettre lui est adressée."),
        ("date", "30/04/2026"),
    ];
    act(&staff, reference, "transmission", &forwarded).await;
    let changes = [&TOLD[..], &["+ transfers"]].concat();
    app.assert_changed(&before, &["case.transferred"], &changes)
        .await;
    let words = [
        "Un courrier destiné au médiateur nous est parvenu",
        "La Médiation de l’Assurance",
    ];
    says(&own_page(&person).await, &words);
}
