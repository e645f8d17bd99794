//! What cannot be is said at its field and nothing typed is lost; what came too late shows both.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::staff::cases::outside::desk;
use crate::support::cases::By;

const ACTS: [&str; 11] = [
    "demande-a-la-personne",
    "rappel",
    "fin-de-l-attente",
    "lettre-d-attente",
    "transmission",
    "retour-de-transmission",
    "retrait",
    "annulation-du-retrait",
    "mediation",
    "mediation-documents",
    "mediation-avis",
];

/// An act, what is typed in two of its fields, and what the page says.
type Wrong = (
    &'static str,
    [(&'static str, &'static str); 2],
    &'static str,
);

const WRONG: [Wrong; 9] = [
    (
        "demande-a-la-personne",
        [("quoi", " "), ("attendu", "15/05/2026")],
        "quoi",
    ),
    (
        "demande-a-la-personne",
        [("quoi", "Un relevé"), ("attendu", "29/04/2026")],
        "attendu",
    ),
    (
        "demande-a-la-personne",
        [("quoi", "Un relevé"), ("attendu", "01/05/2027")],
        "attendu",
    ),
    (
        "lettre-d-attente",
        [("motif", "Trop tôt"), ("annonce", "29/04/2026")],
        "annonce",
    ),
    (
        "lettre-d-attente",
        [("motif", ""), ("annonce", "29/05/2026")],
        "motif",
    ),
    (
        "transmission",
        [("raison", "Pour avis"), ("date", "30/04/2026")],
        "a",
    ),
    (
        "transmission",
        [("a", "insurer"), ("date", "30/04/2026")],
        "nom",
    ),
    (
        "retrait",
        [("motif", "Dit au téléphone"), ("date", "01/05/2026")],
        "canal",
    ),
    (
        "mediation",
        [("par", "person"), ("connue", "30/04/2026")],
        "date",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_field_says_what_to_do_and_keeps_what_was_typed() {
    let (app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    let before = app.snapshot(reference).await;
    for (act, fields, wrong) in WRONG {
        let page = staff.act(reference, act, &fields).await;
        assert_eq!(page.status, 422, "{act} {wrong}");
        let said = page.texts(&format!("#{wrong}-erreur"));
        assert!(!said.concat().is_empty(), "{act} {wrong}: {}", page.text());
        for (name, typed) in fields {
            let kept = page.attribute(&format!("input[name={name}][type=text]"), "value");
            let kept = kept.unwrap_or_else(|| page.texts(&format!("#{name}")).concat());
            assert!(
                typed.trim().is_empty() || kept.contains(typed) || name == "a" || name == "par",
                "{name}: {kept}"
            );
        }
    }
    app.assert_changed(&before, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_on_an_older_version_shows_what_changed_beside_what_was_typed() {
    let (_app, staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    let shown = staff.shown(reference).await;
    person.write("J’ajoute ceci.").await.location();
    let fields = [("motif", "L’assureur tarde."), ("annonce", "15/06/2026")];
    let late = staff
        .act_on(&shown, reference, "lettre-d-attente", &fields)
        .await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("J’ajoute ceci."), "{}", late.text());
    assert_eq!(late.texts("textarea#motif"), ["L’assureur tarde."]);
    assert_eq!(late.value("annonce"), "15/06/2026");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_work_on_cases_sees_none_of_it() {
    let (app, _staff, person) = desk(Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.as_str();
    let auditor = app.browser();
    app.colleague(&auditor, "Anne Roy", Role::Auditor).await;
    for act in ACTS {
        let page = auditor
            .get(&format!("/gestion/dossiers/{reference}/{act}"))
            .await;
        assert_eq!(page.status, 403, "{act}");
        assert!(!page.text().contains("Lefèvre"), "{act}");
    }
}
