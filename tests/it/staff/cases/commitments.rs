//! What an answer grants and promises: in the letter, on the page of the person, and until it is kept.

use chrono::TimeDelta;
use reclamations::case::{AccessCode, Nature, Reference};
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::{By, Shown};

const AT: &str = "2026-04-30T08:00:00Z";

const GRANTING: [(&str, &str); 10] = [
    ("introduction", ""),
    ("grief-1", "La cotisation de mars a été prise deux fois."),
    ("position-1", "accepted"),
    ("motifs-1", "Le prélèvement du 3 mars fait double emploi."),
    ("issue", "upheld"),
    ("montant", "1 250,5"),
    ("engagement-1", "Vous rembourser la cotisation de mars."),
    ("echeance-1", "15/05/2026"),
    (
        "engagement-2",
        "Vous appeler une fois le remboursement fait.",
    ),
    ("echeance-2", "20/05/2026"),
];

async fn desk() -> (TestApp, Browser, String) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    (app, browser, reference)
}

/// The answer is sent, and posted the same day.
async fn answered() -> (TestApp, Browser, String) {
    let (app, browser, reference) = desk().await;
    browser.act(&reference, "prise-en-charge", &[]).await;
    let fields = [&GRANTING[..], &[("faire", "envoyer")]].concat();
    let sent = browser.act(&reference, "reponse", &fields).await;
    assert!(
        sent.location().ends_with("?fait=reponse/envoi"),
        "{}",
        sent.text()
    );
    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    browser
        .act(&reference, "courrier", &posted)
        .await
        .location();
    (app, browser, reference)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_says_the_sum_and_the_commitments() {
    let (_app, browser, reference) = answered().await;
    let page = browser.case(&reference).await;
    let letter = page.texts(".message.ours .text").concat();
    for words in [
        "Nous vous accordons la somme de 1 250,50 €.",
        "Nos engagements",
        "Au plus tard le 15 mai 2026 : Vous rembourser la cotisation de mars.",
    ] {
        let letter = letter.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(letter.contains(words), "{words}: {letter}");
    }
    let panel = page.texts("[aria-labelledby=engagements]").concat();
    assert!(panel.contains("2 engagements à tenir"), "{panel}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sum_or_a_date_that_is_none_is_told_at_its_field_and_nothing_is_lost() {
    let (app, browser, reference) = desk().await;
    let before = app.snapshot(&reference).await;
    let typed = [
        ("grief-1", "Le délai"),
        ("montant", "1.250,50"),
        ("engagement-1", "Vous appeler."),
        ("echeance-1", "demain"),
        ("faire", "enregistrer"),
    ];
    let page = browser.act(&reference, "reponse", &typed).await;
    assert_eq!(page.status, 422);
    let told = page.texts("#montant-erreur").concat();
    assert!(told.contains("par exemple 1 250,50"), "{told}");
    assert!(
        page.texts("#echeance-1-erreur")
            .concat()
            .contains("échéance")
    );
    assert_eq!(page.value("montant"), "1.250,50");
    assert_eq!(page.value("echeance-1"), "demain");
    assert_eq!(page.texts("textarea#engagement-1"), ["Vous appeler."]);
    app.assert_changed(&before, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gate_asks_for_a_date_to_come_and_no_sum_on_a_refusal() {
    let (_app, browser, reference) = desk().await;
    let typed = [
        ("grief-1", "Le délai"),
        ("position-1", "refused"),
        ("motifs-1", "Le contrat prévoit ce délai à son article 4."),
        ("issue", "rejected"),
        ("montant", "80"),
        ("engagement-1", "Vous appeler."),
        ("echeance-1", "29/04/2026"),
        ("faire", "envoyer"),
    ];
    let page = browser.act(&reference, "reponse", &typed).await;
    assert_eq!(page.status, 422);
    assert!(
        page.texts("#montant-erreur")
            .concat()
            .contains("un refus n’en accorde pas")
    );
    assert!(
        page.texts("#echeance-1-erreur")
            .concat()
            .contains("aujourd’hui ou plus tard")
    );
    assert_eq!(page.value("montant"), "80,00");
    assert_eq!(page.value("echeance-1"), "29/04/2026");
}

#[tokio::test(flavor = "multi_thread")]
async fn commitments_are_added_and_removed_in_the_draft() {
    let (app, browser, reference) = desk().await;
    let typed = [("grief-1", "Le délai"), ("faire", "engagement")];
    let added = browser.act(&reference, "reponse", &typed).await;
    assert!(added.location().ends_with("/reponse#engagement-1"));
    let before = app.snapshot(&reference).await;
    let two = [&GRANTING[..], &[("faire", "retirer-engagement-1")]].concat();
    browser.act(&reference, "reponse", &two).await.location();
    let changed = [
        "answer_positions.grounds",
        "answer_positions.position",
        "answers.amount_cents",
        "answers.outcome",
        "grievances.text",
        "+ commitments",
        "- commitments",
    ];
    app.assert_changed(&before, &["answer.drafted"], &changed)
        .await;
    let path = format!("/gestion/dossiers/{reference}/reponse");
    let page = browser.get(&path).await;
    assert_eq!(
        page.texts("textarea#engagement-1"),
        ["Vous appeler une fois le remboursement fait."]
    );
    assert!(page.texts("textarea#engagement-2").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commitment_is_followed_until_it_is_kept() {
    let (app, _, reference) = answered().await;
    app.state.clock.advance(TimeDelta::days(16));
    let browser = app.browser();
    app.colleague(&browser, "Idriss Benali", Role::Handler)
        .await;
    let page = browser.case(&reference).await;
    let panel = page.texts("[aria-labelledby=engagements]").concat();
    assert!(panel.contains("En retard"), "{panel}");
    let followed = "/gestion?liste=a-suivre";
    let due = browser.get(followed).await.texts(".inbox .due").concat();
    assert!(due.contains("engagement · ven. 15 mai"), "{due}");

    first_is_kept(&app, &browser, &reference).await;
    let due = browser.get(followed).await.texts(".inbox .due").concat();
    assert!(due.contains("engagement · mer. 20 mai"), "{due}");
    person_reads_them(&app, &reference).await;
}

/// Days that cannot be are refused; then the first commitment is noted, once.
async fn first_is_kept(app: &TestApp, browser: &Browser, reference: &str) {
    let path = format!("/gestion/dossiers/{reference}/engagements");
    let page = browser.get(&path).await;
    let first = page.value("engagement");
    let shown = Shown::on(&page);
    let before = app.snapshot(reference).await;
    for day in ["29/04/2026", "17/05/2026", "hier"] {
        let fields = [("engagement", first.as_str()), ("date", day)];
        let refused = browser
            .act_on(&shown, reference, "engagements", &fields)
            .await;
        assert_eq!(refused.status, 422, "{day}");
        let field = format!("#tenu-{first}");
        assert_eq!(refused.attribute(&field, "value").as_deref(), Some(day));
        assert!(!refused.texts(&format!("{field}-erreur")).is_empty());
    }
    let kept = [("engagement", first.as_str()), ("date", "14/05/2026")];
    let done = browser
        .act_on(&shown, reference, "engagements", &kept)
        .await;
    assert!(done.location().ends_with("?fait=engagements"));
    let changed = ["commitments.kept_on", "commitments.kept_by"];
    app.assert_changed(&before, &["commitment.kept"], &changed)
        .await;
    let again = browser.act(reference, "engagements", &kept).await;
    assert_eq!(again.status, 409);
    assert!(again.text().contains("Cet engagement n’est plus à tenir"));
    let text = browser.get(&path).await.text();
    assert!(
        text.contains("14 mai 2026, noté par Idriss Benali"),
        "{text}"
    );
}

/// The person's page says what is kept and what is still owed.
async fn person_reads_them(app: &TestApp, reference: &str) {
    let case = Reference::parse(reference).unwrap().case();
    let code = AccessCode::of(&app.state.keys.access_codes, case, 0).to_string();
    let person = app.browser();
    let typed = [("reference", reference), ("code", &code)];
    let opened = person.fill("/suivi", &typed).await;
    let page = person.get(opened.location()).await.text();
    assert!(page.contains("Nos engagements envers vous"), "{page}");
    assert!(page.contains("Tenu le 14 mai 2026"), "{page}");
    assert!(page.contains("En cours"), "{page}");
}
