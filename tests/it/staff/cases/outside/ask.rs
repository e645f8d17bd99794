//! Asking the person for something.

use reclamations::case::Nature;

use crate::staff::cases::outside::{
    TOLD, act, desk, desk_page, done, last_mail, later, own_page, plain, says,
};
use crate::support::cases::By;

const ASKED: [(&str, &str); 3] = [
    ("quoi", "La copie de votre avis d’échéance."),
    ("precisions", "Une photo suffit."),
    ("attendu", "15/05/2026"),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_is_told_and_stops_no_clock() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    app.confirm_address(reference).await;
    let path = format!("/gestion/dossiers/{reference}/demande-a-la-personne");
    let page = staff.get(&path).await;
    assert_eq!(page.value("attendu"), "15/05/2026", "a fortnight ahead");
    let foreseen = [
        "la réponse reste due le mardi 30 juin 2026",
        "prévenue par courriel",
    ];
    says(&page.text(), &foreseen);

    let before = app.snapshot(reference).await;
    let sent = staff.act(reference, "demande-a-la-personne", &ASKED).await;
    let told = done(&staff, &sent).await;
    assert!(told.contains("Les délais courent toujours"), "{told}");
    let changes = ["cases.waiting_since", "+ asks", "+ follow_ups"];
    let changes = [&TOLD[..], &changes].concat();
    app.assert_changed(&before, &["person.asked"], &changes)
        .await;
    let (subject, body) = last_mail(&app).await;
    let says_it = "Nous attendons un élément de votre part pour votre réclamation";
    assert_eq!(subject, format!("{says_it} {reference}"));
    let words = [
        "La copie de votre avis d’échéance.",
        "Une photo suffit.",
        "au plus tard le 15 mai 2026",
        "n’arrête aucun délai : notre réponse vous est due au plus tard le 30 juin 2026",
        "Le médiateur",
    ];
    says(&body, &words);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_pages_wait_until_the_person_writes() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    act(&staff, reference, "demande-a-la-personne", &ASKED).await;
    let words = [
        "Nous attendons un élément de la personne",
        "Élément demandé à la personne, pour le 15 mai 2026",
    ];
    says(&desk_page(&staff, reference).await, &words);
    let words = [
        "Nous attendons un élément de votre part",
        "La copie de votre avis d’échéance.",
        "vendredi 15 mai 2026",
        "Cela n’arrête aucun délai",
    ];
    says(&own_page(&person).await, &words);

    person.write("La voici.").await.location();
    let page = person.page().await;
    let badges = page.texts("h1 + p .badge").concat();
    assert!(!badges.contains("Nous attendons"), "{badges}");
    assert!(
        page.texts(".callout.warning h2")
            .iter()
            .all(|title| !title.contains("Nous attendons"))
    );
    let rows = "SELECT ending, (SELECT waiting_since FROM cases) IS NULL FROM asks";
    let rows = app.database.rows(rows).await;
    let row = rows.first().unwrap();
    assert_eq!((row.get::<_, &str>(0), row.get(1)), ("person_wrote", true));
    let open = "SELECT id FROM follow_ups WHERE done_at IS NULL";
    assert!(app.database.rows(open).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_is_reminded_once_and_not_before_the_day() {
    let (app, staff, person) = desk(Nature::Complaint, By::Post).await;
    let reference = person.receipt.reference.as_str();
    let sent = staff.act(reference, "demande-a-la-personne", &ASKED).await;
    let told = done(&staff, &sent).await;
    says(&told, &["une lettre est à imprimer et à poster"]);
    assert!(!told.contains("dès que possible"), "{told}");
    let page = staff.case(reference).await;
    for place in [".task a", ".next a"] {
        let links = page.attributes(place, "href");
        assert!(links.contains(&"/gestion/lettres".to_owned()), "{links:?}");
    }
    let words = ["À envoyer par courrier", "La Médiation de l’Assurance"];
    says(&desk_page(&staff, reference).await, &words);
    let early = staff.act(reference, "rappel", &[]).await;
    assert_eq!(early.status, 409, "not before the day");

    let (staff, person) = later(&app, person, 16).await;
    let reference = person.receipt.reference.as_str();
    let posted = [("lettre", "message"), ("date", "15/05/2026")];
    act(&staff, reference, "courrier", &posted).await;
    let before = app.snapshot(reference).await;
    act(&staff, reference, "rappel", &[]).await;
    let lines = ["person.reminded", "letter.asked"];
    let changes = ["asks.reminded_on", "+ messages", "+ postal_tasks"];
    app.assert_changed(&before, &lines, &changes).await;
    let again = staff.act(reference, "rappel", &[]).await;
    assert_eq!(again.status, 409, "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_stop_waiting_and_what_is_asked_anew_takes_the_place_of_the_rest() {
    let (app, staff, person) = desk(Nature::InformationRequest, By::Email).await;
    let reference = person.receipt.reference.as_str();
    let nothing = staff.act(reference, "fin-de-l-attente", &[]).await;
    assert_eq!(nothing.status, 409);
    act(&staff, reference, "demande-a-la-personne", &ASKED).await;
    let before = app.snapshot(reference).await;
    act(&staff, reference, "fin-de-l-attente", &[]).await;
    let changes = [
        "cases.waiting_since",
        "asks.ended_at",
        "asks.ending",
        "follow_ups.done_at",
    ];
    app.assert_changed(&before, &["waiting.ended"], &changes)
        .await;

    act(&staff, reference, "demande-a-la-personne", &ASKED).await;
    act(&staff, reference, "demande-a-la-personne", &ASKED).await;
    let rows = app
        .database
        .rows("SELECT coalesce(ending, '') FROM asks ORDER BY id");
    let endings: Vec<String> = rows.await.iter().map(|row| row.get(0)).collect();
    assert_eq!(endings, ["staff", "asked_anew", ""]);
    assert!(!plain(&own_page(&person).await).is_empty());
}
