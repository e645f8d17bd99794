//! What comparable closed cases decided, and the sentence that a divergent answer asks for.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

const GRANTED: [(&str, &str); 6] = [
    ("grief-1", "La résiliation tarde."),
    ("position-1", "accepted"),
    ("motifs-1", "Votre lettre est bien arrivée à temps."),
    ("issue", "upheld"),
    ("montant", "80"),
    ("faire", "envoyer"),
];

/// Three complaints about the same thing, upheld and closed, and a fourth one to decide.
async fn desk() -> (TestApp, Browser, String) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    for _ in 0..3 {
        let reference = app.case(Nature::Complaint, By::Post).await;
        browser
            .act(&reference, "reponse", &GRANTED)
            .await
            .location();
        let posted = [("lettre", "answer"), ("date", "30/04/2026")];
        browser
            .act(&reference, "courrier", &posted)
            .await
            .location();
        browser.act(&reference, "cloture", &[]).await.location();
    }
    let reference = app.case(Nature::Complaint, By::Post).await;
    let alike = "UPDATE cases SET product = 'home', subject = 'claim' RETURNING id";
    app.database.rows(alike).await;
    (app, browser, reference)
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_shown_without_their_person() {
    let (_app, browser, reference) = desk().await;
    let page = browser
        .get(&format!("/gestion/dossiers/{reference}/reponse"))
        .await;
    let shown = page.texts("[aria-labelledby=comparables] li");
    assert_eq!(shown.len(), 3);
    for one in &shown {
        assert!(
            one.contains("Satisfaction 80,00 € clos le 30 avril 2026"),
            "{one}"
        );
        assert!(!one.contains("Lefèvre"), "{one}");
    }
    let panel = page.texts("[aria-labelledby=comparables]").concat();
    assert!(
        panel.contains("La plupart se sont conclus par : Satisfaction"),
        "{panel}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_divergent_answer_says_why_in_its_own_table() {
    let (app, browser, reference) = desk().await;
    let otherwise = [
        ("grief-1", "La résiliation tarde."),
        ("position-1", "accepted"),
        ("motifs-1", "Votre lettre est bien arrivée à temps."),
        ("issue", "no_action"),
        ("faire", "envoyer"),
    ];
    let asked = browser.act(&reference, "reponse", &otherwise).await;
    assert_eq!(asked.status, 422);
    let told = asked.texts("#divergence-erreur").concat();
    assert!(told.contains("Dites en une phrase pourquoi"), "{told}");

    let sentence = ("divergence", "La personne a été indemnisée par ailleurs.");
    let said = [&otherwise[..], &[sentence]].concat();
    let sent = browser.act(&reference, "reponse", &said).await;
    assert!(
        sent.location().ends_with("?fait=reponse/envoi"),
        "{}",
        sent.text()
    );
    let kept = "SELECT sentence FROM divergences";
    let rows = app.database.rows(kept).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].get::<_, &str>(0), sentence.1);
    let line = "SELECT count(*) FROM journal_events WHERE kind = 'answer.sent' \
                AND facts LIKE '%divergence=%' AND facts NOT LIKE '%ailleurs%'";
    let rows = app.database.rows(line).await;
    assert_eq!(rows[0].get::<_, i64>(0), 1);
    let letter = browser
        .case(&reference)
        .await
        .texts(".message .text")
        .concat();
    assert!(
        !letter.contains("par ailleurs"),
        "the person does not read it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_a_case_does_not_compare_with_it() {
    let (app, claire, reference) = desk().await;
    let idriss = app.browser();
    app.colleague(&idriss, "Idriss Benali", Role::Supervisor)
        .await;
    let flagged = "UPDATE cases SET is_sensitive = true \
                   WHERE id = (SELECT min(id) FROM cases) RETURNING id";
    app.database.rows(flagged).await;
    let path = format!("/gestion/dossiers/{reference}/reponse");
    for (browser, n_shown) in [(&claire, 2), (&idriss, 3)] {
        let page = browser.get(&path).await;
        let shown = page.texts("[aria-labelledby=comparables] li");
        assert_eq!(shown.len(), n_shown, "{shown:?}");
    }
}
