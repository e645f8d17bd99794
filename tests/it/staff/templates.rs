//! The texts that staff start from: written, versioned, retired, inserted in an answer.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;

const AT: &str = "2026-04-30T08:00:00Z";

const NEW: &str = "/gestion/modeles/nouveau";

async fn desk() -> (TestApp, Browser) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Idriss Benali", Role::Supervisor)
        .await;
    (app, browser)
}

/// Adds a template for answers that says this, and returns its address.
async fn add(browser: &Browser, text: &str) -> String {
    let fields = [
        ("nature", "answer"),
        ("titre", "Retard de résiliation"),
        ("texte", text),
    ];
    let saved = browser.fill(NEW, &fields).await;
    let location = saved.location();
    location
        .strip_suffix("?fait=enregistre")
        .unwrap_or_else(|| panic!("{location}"))
        .to_owned()
}

async fn lines(app: &TestApp) -> Vec<String> {
    let sql =
        "SELECT kind FROM journal_events WHERE chain = 0 AND kind LIKE 'template.%' ORDER BY seq";
    let rows = app.database.rows(sql).await;
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_variable_is_refused_with_its_place_and_nothing_is_lost() {
    let (app, browser) = desk().await;
    let text = "Bonjour {nom},\n{personne} et }";
    let fields = [("nature", "answer"), ("titre", ""), ("texte", text)];
    let page = browser.fill(NEW, &fields).await;
    assert_eq!(page.status, 422);
    let told = page.texts(".error-summary li").concat();
    assert!(told.contains("Donnez un titre"), "{told}");
    assert!(
        told.contains("Ligne 1, caractère 9 : la variable « nom » n’existe pas"),
        "{told}"
    );
    assert!(
        told.contains("Ligne 2, caractère 15 : fermez ou retirez"),
        "{told}"
    );
    assert!(page.texts("textarea#texte").concat().contains("{nom}"));
    assert!(lines(&app).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_keeps_nothing() {
    let (app, browser) = desk().await;
    let fields = [
        ("nature", "answer"),
        ("titre", "Accueil"),
        ("texte", "Bonjour {personne}, dossier {reference}."),
        ("faire", "apercu"),
    ];
    let page = browser.fill(NEW, &fields).await;
    assert_eq!(page.status, 200);
    let preview = page.texts("[aria-labelledby=apercu] .text").concat();
    assert_eq!(preview, "Bonjour Jeanne Martin, dossier ASK-2026-000123-T.");
    assert!(page.texts("textarea#texte").concat().contains("{personne}"));
    assert!(lines(&app).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_follows_another_and_two_writers_see_both() {
    let (app, browser) = desk().await;
    let address = add(&browser, "Premier texte.").await;
    let edit = format!("{address}/version");
    let shown = browser.get(&edit).await;
    let second = [
        ("version", "1"),
        ("titre", "Retard"),
        ("texte", "Deuxième texte."),
    ];
    browser.fill(&edit, &second).await.location();
    let page = browser.get(&address).await;
    assert_eq!(page.texts("#versions ~ details").len(), 2);
    assert!(page.text().contains("Premier texte."));

    let (csrf, version) = (shown.value("csrf"), shown.value("version"));
    let late = [
        ("csrf", csrf.as_str()),
        ("version", version.as_str()),
        ("titre", "Retard"),
        ("texte", "Troisième texte."),
    ];
    let refused = browser.post(&edit, &late).await;
    assert_eq!(refused.status, 409);
    assert!(
        refused
            .texts(".callout")
            .concat()
            .contains("Deuxième texte.")
    );
    assert_eq!(refused.texts("textarea#texte"), ["Troisième texte."]);
    let again = [
        ("csrf", csrf.as_str()),
        ("version", &refused.value("version")),
        ("titre", "Retard"),
        ("texte", "Troisième texte."),
    ];
    browser.post(&edit, &again).await.location();
    assert_eq!(
        lines(&app).await,
        ["template.created", "template.saved", "template.saved"]
    );
    let kept = app
        .database
        .rows("SELECT body FROM template_versions ORDER BY version")
        .await;
    let kept: Vec<&str> = kept.iter().map(|row| row.get(0)).collect();
    assert_eq!(
        kept,
        ["Premier texte.", "Deuxième texte.", "Troisième texte."]
    );
}

async fn press(browser: &Browser, address: &str, part: &str) -> Page {
    let csrf = browser.get(address).await.value("csrf");
    browser
        .post(&format!("{address}/{part}"), &[("csrf", &csrf)])
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_template_is_no_longer_offered() {
    let (app, browser) = desk().await;
    let address = add(&browser, "Bonjour.").await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let editor = format!("/gestion/dossiers/{reference}/reponse");
    assert_eq!(browser.get(&editor).await.texts("#modele option").len(), 2);
    for _ in 0..2 {
        press(&browser, &address, "retrait").await.location();
    }
    assert!(
        browser
            .get(&editor)
            .await
            .texts("#modele option")
            .is_empty()
    );
    press(&browser, &address, "remise").await.location();
    assert_eq!(
        lines(&app).await,
        ["template.created", "template.retired", "template.restored"]
    );
    let handler = app.browser();
    app.colleague(&handler, "Claire Morvan", Role::Handler)
        .await;
    assert_eq!(handler.get(&address).await.status, 200);
    assert_eq!(handler.get(NEW).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inserted_template_takes_the_values_of_the_case_and_stays_editable() {
    let (app, browser) = desk().await;
    let text =
        "Bonjour {personne},\n\nVotre dossier {reference} du {date_reclamation} sur {produit}.";
    let address = add(&browser, text).await;
    let id = address.rsplit('/').next().unwrap();
    let reference = app.case(Nature::Complaint, By::Post).await;
    let fields = [
        ("introduction", "Avant."),
        ("grief-1", "Le délai"),
        ("motifs-1", ""),
        ("modele", id),
        ("ou", "introduction"),
        ("faire", "inserer"),
    ];
    let done = browser.act(&reference, "reponse", &fields).await;
    assert!(done.location().ends_with("#introduction"));
    let page = browser
        .get(&format!("/gestion/dossiers/{reference}/reponse"))
        .await;
    let words = format!(
        "Avant. Bonjour Jeanne Lefèvre, Votre dossier {reference} du 30 avril 2026 sur [à compléter : le produit]."
    );
    assert_eq!(page.texts("textarea#introduction"), [words]);

    let unknown = [
        ("grief-1", "Le délai"),
        ("modele", "99"),
        ("faire", "inserer"),
    ];
    let refused = browser.act(&reference, "reponse", &unknown).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Choisissez un modèle de la liste."));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_to_the_person_starts_from_a_template_of_its_kind() {
    let (app, browser) = desk().await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    for (kind, part, field) in [
        ("message", "message", "message"),
        ("ask", "demande-a-la-personne", "precisions"),
        ("holding_letter", "lettre-d-attente", "motif"),
    ] {
        let fields = [
            ("nature", kind),
            ("titre", "Pièce manquante"),
            ("texte", "Bonjour {personne}, merci de patienter."),
        ];
        let saved = browser.fill(NEW, &fields).await;
        let address = saved.location().split('?').next().unwrap();
        let id = address.rsplit('/').next().unwrap().to_owned();
        let path = format!("/gestion/dossiers/{reference}/{part}");
        let shown = browser.get(&path).await;
        assert_eq!(shown.texts("#modele option").len(), 2, "{part}");
        let before = app.snapshot(&reference).await;
        let typed = [
            (field, "Avant."),
            ("quoi", "Le relevé."),
            ("modele", &id),
            ("faire", "inserer"),
        ];
        let page = browser.act(&reference, part, &typed).await;
        assert_eq!(page.status, 200, "{part}");
        let words = "Avant. Bonjour Jeanne Lefèvre, merci de patienter.";
        let area = format!("textarea#{field}");
        assert_eq!(page.texts(&area), [words], "{part}");
        assert_eq!(page.value("version"), shown.value("version"));
        app.assert_changed(&before, &[], &[]).await;
        let unknown = [(field, "Avant."), ("modele", "99"), ("faire", "inserer")];
        let refused = browser.act(&reference, part, &unknown).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.texts(&area), ["Avant."]);
    }
    let path = format!("/gestion/dossiers/{reference}/message?role=reponse");
    let answer = browser.get(&path).await;
    assert!(answer.texts("#modele option").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_a_case_takes_few_statements() {
    let database = TestDatabase::new().await;
    let counter = Counter::default();
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, AT, &[]);
    let browser = app.browser();
    app.colleague(&browser, "Idriss Benali", Role::Supervisor)
        .await;
    for (kind, titre) in [("message", "Un"), ("ask", "Deux"), ("answer", "Trois")] {
        let fields = [("nature", kind), ("titre", titre), ("texte", "Bonjour.")];
        browser.fill(NEW, &fields).await.location();
    }
    let reference = app.case(Nature::Complaint, By::Post).await;
    let case = format!("/gestion/dossiers/{reference}");
    let menu = browser.get(&case).await.attributes(".acts a", "href");
    assert!(menu.len() > 15, "{menu:?}");
    let others = ["", "/reponse", "/engagements", "/pieces"];
    let others = others.iter().map(|part| format!("{case}{part}"));
    for path in menu.into_iter().chain(others) {
        counter.take();
        assert_eq!(browser.get(&path).await.status, 200, "{path}");
        let n_statements = counter.take();
        assert!((1..=8).contains(&n_statements), "{path}: {n_statements}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_templates_takes_few_statements() {
    let database = TestDatabase::new().await;
    let counter = Counter::default();
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, AT, &[]);
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    counter.take();
    assert_eq!(browser.get("/gestion/modeles").await.status, 200);
    assert!((1..=8).contains(&counter.take()));
}
