//! Announcing a delay.

use reclamations::case::Nature;

use crate::staff::cases::outside::{TOLD, act, desk, desk_page, done, last_mail, own_page, says};
use crate::support::cases::By;

const LETTER: [(&str, &str); 2] = [
    ("motif", "L’assureur doit nous rendre son expertise."),
    ("annonce", "15/06/2026"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_holding_letter_informs_and_moves_no_date() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    app.confirm_address(reference).await;
    let before = app.snapshot(reference).await;
    let sent = staff.act(reference, "lettre-d-attente", &LETTER).await;
    let told = done(&staff, &sent).await;
    assert!(told.contains("Aucune date légale n’a changé"), "{told}");
    let changes = [&TOLD[..], &["+ holding_letters", "+ follow_ups"]].concat();
    app.assert_changed(&before, &["holding_letter.written"], &changes)
        .await;
    let (_, body) = last_mail(&app).await;
    let words = [
        "Nous pensons vous répondre au plus tard le 15 juin 2026.",
        "Notre réponse vous est due au plus tard le 30 juin 2026.",
    ];
    says(&body, &words);
    let words = [
        "Réponse annoncée pour le 15 juin 2026",
        "mardi 30 juin 2026",
    ];
    says(&desk_page(&staff, reference).await, &words);
    let words = [
        "Nous l’espérons pour le lundi 15 juin 2026",
        "Au plus tard le mardi 30 juin 2026",
    ];
    says(&own_page(&person).await, &words);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_letter_says_so_and_a_day_past_the_due_date_is_confirmed() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    app.confirm_address(reference).await;
    act(&staff, reference, "lettre-d-attente", &LETTER).await;
    let past_due = [("motif", "Elle tarde encore."), ("annonce", "15/07/2026")];
    let warned = staff.act(reference, "lettre-d-attente", &past_due).await;
    assert_eq!(warned.status, 422);
    let words = [
        "la n° 1, annonce déjà une réponse pour le 15 juin 2026",
        "La réponse reste due le mardi 30 juin 2026",
    ];
    says(&warned.text(), &words);
    assert_eq!(warned.value("annonce"), "15/07/2026");
    assert_eq!(warned.texts("textarea#motif"), ["Elle tarde encore."]);

    let confirmed = [&past_due[..], &[("confirme", "oui")]].concat();
    act(&staff, reference, "lettre-d-attente", &confirmed).await;
    let (_, body) = last_mail(&app).await;
    let words = [
        "Pour la deuxième fois",
        "dépasse le jour où notre réponse vous est due, le 30 juin 2026",
    ];
    says(&body, &words);
    says(
        &desk_page(&staff, reference).await,
        &["2e lettre d’attente"],
    );
    let words = ["Notre réponse demande encore plus de temps"];
    says(&own_page(&person).await, &words);
    let dates = app
        .database
        .rows("SELECT answer_due_on::text FROM legal_dates");
    let dates = dates.await;
    assert_eq!(dates.first().unwrap().get::<_, &str>(0), "2026-06-30");
}
