//! Two people act on one case: the second is shown both, and loses nothing.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::{By, Shown};

const AT: &str = "2026-04-30T08:00:00Z";

/// The site, two colleagues, and a complaint.
async fn two_desks() -> (TestApp, Browser, Browser, String) {
    let app = TestApp::spawn_at(AT).await;
    let (first, second) = (app.browser(), app.browser());
    app.colleague(&first, "Claire Morvan", Role::Handler).await;
    app.colleague(&second, "Idriss Benali", Role::Supervisor)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    (app, first, second, reference)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_on_an_older_page_is_shown_beside_what_changed() {
    let (_app, claire, idriss, reference) = two_desks().await;
    let shown = claire.shown(&reference).await;
    idriss
        .act(&reference, "note", &[("note", "Expert rappelé.")])
        .await;
    idriss.act(&reference, "prise-en-charge", &[]).await;

    let late = claire
        .act_on(
            &shown,
            &reference,
            "note",
            &[("note", "Je rappelle demain.")],
        )
        .await;
    assert_eq!(late.status, 409);
    let text = late.text();
    for words in [
        "Le dossier a changé entre-temps",
        "Expert rappelé.",
        "Dossier attribué à Idriss Benali",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("Dossier déposé"), "only what is new");
    assert_eq!(late.texts("textarea#note"), ["Je rappelle demain."]);

    // The form that was given back is up to date.
    let shown = Shown::on(&late);
    let done = claire
        .act_on(
            &shown,
            &reference,
            "note",
            &[("note", "Je rappelle demain.")],
        )
        .await;
    let page = claire.get(done.location()).await;
    assert_eq!(page.texts(".message.note").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_act_on_an_older_page_comes_back_whole() {
    let (_app, claire, idriss, reference) = two_desks().await;
    let shown = idriss.shown(&reference).await;
    claire.act(&reference, "prise-en-charge", &[]).await;
    for (part, fields, kept) in [
        ("prise-en-charge", vec![], "button"),
        ("cloture", vec![], "a.button"),
        ("reponse/relecture", vec![], "a.button"),
        ("reponse/envoi", vec![], "a.button"),
        ("affectation", vec![("gestionnaire", "1")], "#gestionnaire"),
        ("message", vec![("message", "Bonjour")], "#message"),
        (
            "message",
            vec![("role", "reponse"), ("message", "Bonjour")],
            "#message",
        ),
        ("accuse-par-courrier", vec![("date", "30/04/2026")], "#date"),
        (
            "courrier",
            vec![("lettre", "copy"), ("date", "30/04/2026")],
            "#date",
        ),
    ] {
        let page = idriss.act_on(&shown, &reference, part, &fields).await;
        assert_eq!(page.status, 409, "{part}");
        assert!(page.text().contains("Le dossier a changé entre-temps"));
        let selector = format!(".mine form {kept}");
        assert!(
            page.attribute(&selector, "class").is_some() || !page.texts(&selector).is_empty(),
            "{part}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_answers_are_shown_side_by_side() {
    let (_app, claire, idriss, reference) = two_desks().await;
    let path = format!("/gestion/dossiers/{reference}/reponse");
    let shown = Shown::on(&claire.get(&path).await);
    idriss
        .act(
            &reference,
            "reponse",
            &[
                ("introduction", "Version d’Idriss"),
                ("grief-1", "Le délai"),
                ("position-1", "accepted"),
                ("motifs-1", "Nous avons tardé."),
                ("faire", "enregistrer"),
            ],
        )
        .await;
    let mine = [
        ("introduction", "Version de Claire"),
        ("grief-1", "Le prix"),
        ("position-1", "refused"),
        ("motifs-1", "L’article 4 le prévoit."),
        ("issue", "rejected"),
        ("faire", "enregistrer"),
    ];
    let late = claire.act_on(&shown, &reference, "reponse", &mine).await;
    assert_eq!(late.status, 409);
    let stored = late.texts("[aria-labelledby=stockee]").concat();
    assert!(stored.contains("Version d’Idriss"));
    assert!(stored.contains("Nous avons tardé."));
    assert_eq!(late.texts("textarea#introduction"), ["Version de Claire"]);
    assert_eq!(late.texts("textarea#grief-1"), ["Le prix"]);
    assert_eq!(late.texts("textarea#motifs-1"), ["L’article 4 le prévoit."]);
    let chosen = late.attribute("input[name=position-1][checked]", "value");
    assert_eq!(chosen.as_deref(), Some("refused"));
    let issue = late.attribute("input[name=issue][checked]", "value");
    assert_eq!(issue.as_deref(), Some("rejected"));

    let shown = Shown::on(&late);
    let done = claire.act_on(&shown, &reference, "reponse", &mine).await;
    let page = claire.get(done.location()).await;
    assert_eq!(page.texts("textarea#introduction"), ["Version de Claire"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_corrected_after_a_wrong_field_does_not_write_over_a_colleague() {
    let (app, claire, idriss, reference) = two_desks().await;
    let path = format!("/gestion/dossiers/{reference}/reponse");
    let shown = Shown::on(&claire.get(&path).await);
    let theirs = [
        ("introduction", "Version d’Idriss"),
        ("grief-1", "Le délai"),
        ("faire", "enregistrer"),
    ];
    idriss.act(&reference, "reponse", &theirs).await.location();
    let before = app.snapshot(&reference).await;
    let wrong = [
        ("introduction", "Version de Claire"),
        ("grief-1", "Le prix"),
        ("montant", "1.250,50"),
        ("faire", "enregistrer"),
    ];
    let refused = claire.act_on(&shown, &reference, "reponse", &wrong).await;
    assert_eq!(refused.status, 422);

    let mended = [&wrong[..2], &[("montant", "1250,50"), wrong[3]]].concat();
    let shown = Shown::on(&refused);
    let late = claire.act_on(&shown, &reference, "reponse", &mended).await;
    assert_eq!(late.status, 409);
    let stored = late.texts("[aria-labelledby=stockee]").concat();
    assert!(stored.contains("Version d’Idriss"), "{stored}");
    assert_eq!(late.texts("textarea#introduction"), ["Version de Claire"]);
    app.assert_changed(&before, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_corrected_or_previewed_is_still_decided_on_what_was_seen() {
    let (app, claire, idriss, reference) = two_desks().await;
    idriss
        .act(&reference, "note", &[("note", "Expert rappelé.")])
        .await
        .location();
    let dates = [
        ("ecrit", "28/04/2026"),
        ("recu", "30/04/2026"),
        ("motif", "Cachet relu."),
    ];
    for (part, fields, status) in [
        ("demande-a-la-personne", &[("quoi", "")][..], 422),
        ("dates", &dates, 200),
    ] {
        let shown = claire.shown(&reference).await;
        app.state.clock.advance(chrono::TimeDelta::minutes(1));
        let note = [("note", part)];
        idriss.act(&reference, "note", &note).await.location();
        let before = app.snapshot(&reference).await;
        let page = claire.act_on(&shown, &reference, part, fields).await;
        assert_eq!(page.status, status, "{part}");
        let again = Shown::on(&page);
        let late = claire
            .act_on(&again, &reference, "note", &[("note", "Je rappelle.")])
            .await;
        assert_eq!(late.status, 409, "{part}");
        let since = late.texts("[aria-labelledby=change]").concat();
        assert!(since.contains(part), "{since}");
        assert!(!since.contains("Expert rappelé."), "{since}");
        app.assert_changed(&before, &[], &[]).await;
    }
}
