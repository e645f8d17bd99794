//! The answer: written, refused by the gate, read over, sent, handed over.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

async fn desk() -> (TestApp, Browser, String) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    (app, browser, reference)
}

const REFUSAL: [(&str, &str); 5] = [
    ("introduction", "Nous avons relu votre dossier."),
    ("grief-1", "La résiliation tarde."),
    ("position-1", "refused"),
    (
        "motifs-1",
        "Votre lettre est arrivée après l’échéance du contrat.",
    ),
    ("issue", "rejected"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_grows_and_shrinks_without_losing_a_word() {
    let (_app, browser, reference) = desk().await;
    let typed = [
        ("introduction", "Bonjour,"),
        ("grief-1", "Premier"),
        ("motifs-1", "Parce que."),
        ("issue", "upheld"),
    ];
    let added = browser
        .act(
            &reference,
            "reponse",
            &[&typed[..], &[("faire", "ajouter")]].concat(),
        )
        .await;
    assert_eq!(
        added.location(),
        format!("/gestion/dossiers/{reference}/reponse#grief-2")
    );
    let path = format!("/gestion/dossiers/{reference}/reponse");
    let page = browser.get(&path).await;
    assert_eq!(page.texts("fieldset.grievance").len(), 2);
    assert_eq!(page.texts("textarea#introduction"), ["Bonjour,"]);
    assert_eq!(page.texts("textarea#grief-1"), ["Premier"]);
    assert_eq!(page.texts("textarea#motifs-1"), ["Parce que."]);
    let issue = page.attribute("input[name=issue][checked]", "value");
    assert_eq!(issue.as_deref(), Some("upheld"));

    let second = [("grief-2", "Second"), ("faire", "retirer-1")];
    let removed = browser
        .act(&reference, "reponse", &[&typed[..], &second].concat())
        .await;
    let page = browser.get(removed.location()).await;
    assert_eq!(page.texts("textarea#grief-1"), ["Second"]);
    assert_eq!(page.texts("fieldset.grievance").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_too_long_is_kept_in_the_editor() {
    let (_app, browser, reference) = desk().await;
    let long = "é".repeat(10_001);
    let fields = [
        ("introduction", "a\u{7}"),
        ("grief-1", "Le délai"),
        ("motifs-1", long.as_str()),
        ("faire", "ajouter"),
    ];
    let page = browser.act(&reference, "reponse", &fields).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.texts("textarea#motifs-1"), [long]);
    assert!(!page.texts("#introduction-erreur").is_empty());
    assert!(!page.texts("#motifs-1-erreur").is_empty());
    assert_eq!(page.texts(".error-summary li").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gate_says_all_that_is_missing_and_loses_nothing() {
    let (_app, browser, reference) = desk().await;
    let fields = [
        ("introduction", "Bonjour,"),
        ("grief-1", "La résiliation tarde."),
        ("motifs-1", "Non."),
        ("faire", "envoyer"),
    ];
    let page = browser.act(&reference, "reponse", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("La réponse ne peut pas partir"));
    for field in ["issue", "position-1", "motifs-1"] {
        let link = format!(".error-summary a[href=\"#{field}\"]");
        assert_eq!(page.texts(&link).len(), 1, "{field}");
        assert!(page.attribute(&format!("#{field}"), "id").is_some());
        assert!(
            !page.texts(&format!("#{field}-erreur")).is_empty(),
            "{field}"
        );
    }
    assert_eq!(page.texts("textarea#introduction"), ["Bonjour,"]);
    assert_eq!(page.texts("textarea#motifs-1"), ["Non."]);
    let bare = browser.act(&reference, "reponse/envoi", &[]).await;
    assert_eq!(bare.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_read_by_another_then_sent_posted_and_closed() {
    let (app, claire, reference) = desk().await;
    let idriss = app.browser();
    let whole = [&REFUSAL[..], &[("faire", "envoyer")]].concat();
    let alone = claire.act(&reference, "reponse", &whole).await;
    assert_eq!(alone.status, 422);
    assert!(alone.text().contains("personne d’autre ne peut le faire"));

    app.colleague(&idriss, "Idriss Benali", Role::Supervisor)
        .await;
    let unread = claire.act(&reference, "reponse/envoi", &[]).await;
    assert_eq!(unread.status, 422);
    assert!(unread.text().contains("Idriss Benali"));
    let own = claire.act(&reference, "reponse/relecture", &[]).await;
    assert_eq!(own.status, 403, "a handler reads nobody's answer");

    let page = idriss.case(&reference).await;
    assert!(page.texts(".next").concat().contains("Relire la réponse"));
    let read = idriss.act(&reference, "reponse/relecture", &[]).await;
    assert!(read.location().ends_with("?fait=reponse/relecture"));

    // Sending from the editor what is kept already does not void the reading.
    let sent = claire.act(&reference, "reponse", &whole).await;
    assert!(sent.location().ends_with("?fait=reponse/envoi"));
    let page = claire.get(sent.location()).await;
    let next = page.texts(".next").concat();
    assert!(next.contains("La réponse part par courrier"), "{next}");
    let letter = page.texts(".message.ours .text").concat();
    for words in ["Claire Morvan", "La Médiation de l’Assurance", "TSA 50110"] {
        assert!(letter.contains(words), "{words}: {letter}");
    }
    let late = claire.act(&reference, "reponse", &whole).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("La réponse est déjà partie"));
    assert_eq!(late.texts("textarea#grief-1"), ["La résiliation tarde."]);

    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    claire.act(&reference, "courrier", &posted).await;
    let page = claire.case(&reference).await;
    assert!(page.text().contains("Répondue, à clôturer"));
    let closed = claire.act(&reference, "cloture", &[]).await;
    let page = claire.get(closed.location()).await;
    assert!(page.text().contains("Le dossier est clôturé."));
    assert!(page.text().contains("Ce dossier est clos."));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_author_does_not_read_their_own_refusal() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Idriss Benali", Role::Supervisor)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let save = [&REFUSAL[..], &[("faire", "enregistrer")]].concat();
    browser.act(&reference, "reponse", &save).await;
    let own = browser.act(&reference, "reponse/relecture", &[]).await;
    assert_eq!(own.status, 409);
    assert!(own.text().contains("On ne relit pas sa propre réponse"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_send_at_once_one_wins() {
    let (app, claire, reference) = desk().await;
    let idriss = app.browser();
    app.colleague(&idriss, "Idriss Benali", Role::Handler).await;
    let save = [
        ("grief-1", "La résiliation tarde."),
        ("position-1", "accepted"),
        ("motifs-1", "Votre lettre est bien arrivée à temps."),
        ("issue", "upheld"),
        ("faire", "enregistrer"),
    ];
    claire.act(&reference, "reponse", &save).await.location();
    let shown = (
        claire.shown(&reference).await,
        idriss.shown(&reference).await,
    );
    let (first, second) = tokio::join!(
        claire.act_on(&shown.0, &reference, "reponse/envoi", &[]),
        idriss.act_on(&shown.1, &reference, "reponse/envoi", &[]),
    );
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let late = if first.status == 409 { first } else { second };
    assert!(late.text().contains("Réponse passée au départ"));
    let sent = "SELECT count(*) FROM journal_events WHERE kind = 'answer.sent'";
    let n_sent: i64 = app.database.rows(sent).await[0].get(0);
    assert_eq!(n_sent, 1);
}
