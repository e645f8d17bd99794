//! Dates that are corrected, dates that were missed, and cases that belong together.

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::totp::Colleague;

const AT: &str = "2026-04-30T08:00:00Z";

async fn desk() -> (TestApp, Browser, Colleague, String) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    let claire = app.colleague(&browser, "Claire Morvan", Role::Supervisor);
    let claire = claire.await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    (app, browser, claire, reference)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_date_shows_what_follows_and_then_recomputes() {
    let (app, browser, _, reference) = desk().await;
    let before = app.snapshot(&reference).await;
    let dates = [
        ("ecrit", "20/04/2026"),
        ("recu", "30/04/2026"),
        ("motif", "Le cachet de la poste fait foi."),
    ];
    let preview = browser.act(&reference, "dates", &dates).await;
    assert_eq!(preview.status, 200);
    let follows = preview.texts(".effects li").concat();
    for words in [
        "Accusé de réception : vendredi 15 mai 2026 → samedi 2 mai 2026",
        "Réponse motivée : mardi 30 juin 2026 → samedi 20 juin 2026",
    ] {
        assert!(
            follows.replace('\u{a0}', " ").contains(words),
            "{words}: {follows}"
        );
    }
    app.assert_changed(&before, &[], &[]).await;

    // What was previewed is what is done: another date is shown first.
    let shown = preview.value("apercu");
    let other = [&dates[1..], &[("ecrit", "21/04/2026"), ("apercu", &shown)]].concat();
    let again = browser.act(&reference, "dates", &other).await;
    assert_eq!(again.status, 200);
    app.assert_changed(&before, &[], &[]).await;

    let confirmed = [&dates[..], &[("apercu", &*shown)]].concat();
    let done = browser.act(&reference, "dates", &confirmed).await;
    let page = browser.get(done.location()).await;
    assert!(page.texts(".clock").concat().contains("20 juin 2026"));
    assert!(page.text().contains("Le cachet de la poste fait foi."));
    let changes = [
        "+ date_corrections",
        "+ motives",
        "cases.next_due_on",
        "legal_dates.ack_due_on",
        "legal_dates.answer_due_on",
        "legal_dates.first_written_on",
        "legal_dates.mediation_from_on",
        "legal_dates.mediation_last_on",
        "legal_dates.mediation_open_on",
    ];
    app.assert_changed(&before, &["dates.corrected"], &changes)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dates_that_cannot_be_are_refused() {
    let (app, browser, _, reference) = desk().await;
    let before = app.snapshot(&reference).await;
    for (written, received) in [("30/04/2026", "29/04/2026"), ("01/05/2026", "02/05/2026")] {
        let dates = [
            ("ecrit", written),
            ("recu", received),
            ("motif", "Erreur de saisie."),
        ];
        let preview = browser.act(&reference, "dates", &dates).await;
        let shown = preview.value("apercu");
        let confirmed = [&dates[..], &[("apercu", &*shown)]].concat();
        let refused = browser.act(&reference, "dates", &confirmed).await;
        assert_eq!(refused.status, 422, "{written} {received}");
        assert_eq!(refused.value("ecrit"), written);
        assert_eq!(refused.texts("#ecrit-erreur").len(), 1);
    }
    app.assert_changed(&before, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_case_is_not_closed_without_the_cause() {
    let (app, browser, claire, reference) = desk().await;
    app.state.clock.advance(TimeDelta::days(20));
    app.sign_in(&browser, &claire).await;
    let page = browser.case(&reference).await;
    assert!(page.text().contains("indiquez-en la cause"));
    let answer = [
        ("grief-1", "La résiliation tarde."),
        ("position-1", "accepted"),
        (
            "motifs-1",
            "Nous avons tardé à traiter votre demande de résiliation.",
        ),
        ("issue", "upheld"),
        ("faire", "envoyer"),
    ];
    browser.act(&reference, "reponse", &answer).await.location();
    let posted = [("lettre", "answer"), ("date", "20/05/2026")];
    browser
        .act(&reference, "courrier", &posted)
        .await
        .location();
    let page = browser.case(&reference).await;
    assert_eq!(page.texts(".next .button"), ["Indiquer la cause du retard"]);
    let refused = browser.act(&reference, "cloture", &[]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("La cause d’un retard manque"));

    let before = app.snapshot(&reference).await;
    let cause = [
        ("delai", "acknowledgement"),
        ("cause", "absence"),
        ("phrase", "Le service était fermé une semaine."),
    ];
    browser.act(&reference, "retard", &cause).await.location();
    app.assert_changed(&before, &["lateness.explained"], &["+ latenesses"])
        .await;
    let none = [
        ("delai", "answer"),
        ("cause", "absence"),
        ("phrase", "Elle est partie à temps."),
    ];
    assert_eq!(browser.act(&reference, "retard", &none).await.status, 409);
    let closed = browser.act(&reference, "cloture", &[]).await;
    assert!(closed.location().ends_with("?fait=cloture"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_cases_are_linked_and_unlinked_and_both_journals_say_so() {
    let (app, browser, _, first) = desk().await;
    let second = app.case(Nature::InformationRequest, By::Post).await;
    let (before, other) = (app.snapshot(&first).await, app.snapshot(&second).await);
    for wrong in ["x", "ASK-2026-000999-A", first.as_str()] {
        let fields = [("dossier", wrong), ("motif", "Même personne.")];
        let refused = browser.act(&first, "rattachement", &fields).await;
        assert_eq!(refused.status, 422, "{wrong}");
        assert_eq!(refused.value("dossier"), wrong);
    }
    app.assert_changed(&before, &[], &[]).await;
    let fields = [("dossier", second.as_str()), ("motif", "Même personne.")];
    let done = browser.act(&first, "rattachement", &fields).await;
    let page = browser.get(done.location()).await;
    assert_eq!(page.texts("[aria-labelledby=rattaches] a"), [&*second]);
    let changes = ["+ case_links", "+ motives"];
    app.assert_changed(&before, &["case.linked"], &changes)
        .await;
    app.assert_changed(&other, &["case.linked"], &["+ motives"])
        .await;
    let page = browser.case(&second).await;
    assert_eq!(page.texts("[aria-labelledby=rattaches] a"), [&*first]);
    assert_eq!(page.texts(".clock h3").len(), 1, "it keeps its own clock");

    let before = app.snapshot(&first).await;
    browser
        .act(
            &second,
            "detachement",
            &[("dossier", &first), ("motif", "Erreur.")],
        )
        .await
        .location();
    let changes = [
        "+ motives",
        "case_links.unlinked_at",
        "case_links.unlinked_by",
    ];
    app.assert_changed(&before, &["case.unlinked"], &changes)
        .await;
    let page = browser.case(&first).await;
    assert!(page.texts("[aria-labelledby=rattaches]").is_empty());
}
