//! A case on which much is going on: its clocks come before all that is not urgent.

use reclamations::case::Nature;

use crate::staff::cases::outside::{desk, says};
use crate::support::cases::By;

#[tokio::test(flavor = "multi_thread")]
async fn at_most_two_callouts_stand_above_the_clocks() {
    let (_app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    let mut last = String::new();
    for (part, fields) in [
        (
            "demande-a-la-personne",
            &[("quoi", "Le relevé."), ("attendu", "15/05/2026")][..],
        ),
        (
            "lettre-d-attente",
            &[("motif", "L’expert passe."), ("annonce", "15/06/2026")],
        ),
        (
            "transmission",
            &[
                ("a", "insurer"),
                ("nom", "Mutuelle du Val"),
                ("adresse", "69003 Lyon"),
                ("date", "30/04/2026"),
                ("raison", "Elle seule peut décider."),
            ],
        ),
    ] {
        let done = staff.act(reference, part, fields).await;
        done.location().clone_into(&mut last);
    }
    let page = staff.get(&last).await;
    let (above, below) = page.body.split_once("class=\"clocks\"").unwrap();
    let n_above = above.matches("class=\"callout").count();
    assert!((1..=2).contains(&n_above), "{n_above}");
    assert!(below.matches("class=\"callout").count() >= 3);
    let words = [
        "À qualifier au plus tard",
        "Nous attendons un élément",
        "Réponse annoncée pour le 15 juin 2026",
        "Transmis à l’assureur (Mutuelle du Val)",
    ];
    says(&page.text(), &words);
}
