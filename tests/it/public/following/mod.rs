//! The person's page: opened by reference and code, and the link that confirms an address.

mod again;
mod archive;
mod contact;
mod conversion;
mod disagreement;
mod evaluation;
mod files;
mod link;
mod link_file;
mod link_stopped;
mod lost_code;
mod message;
mod nature;
mod objection;
mod older;
mod other_case;
pub(crate) mod person;
mod requalification;
mod timeline;
mod undone;
mod unheard;
mod withdrawal;

use chrono::TimeDelta;
use reclamations::case::Reference;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::filing::{COMPLAINT, REQUEST, Receipt, file};

const TODAY: &str = "2026-04-30T08:00:00Z";

/// The address of the cases filed here.
const ADDRESS: &str = "jeanne.lefevre@example.org";

/// Opens the case with its reference and code.
async fn open(browser: &Browser, receipt: &Receipt) -> Page {
    let typed = [("reference", &*receipt.reference), ("code", &*receipt.code)];
    browser.fill("/suivi", &typed).await
}

/// Confirms the address of the case, as its person does from the first e-mail.
async fn confirm(app: &TestApp, receipt: &Receipt) {
    let case = Reference::parse(&receipt.reference).unwrap().case();
    let links = &app.state.office.links;
    let link = links.confirm_address(case, ADDRESS, app.now());
    let path = link.url.strip_prefix(&app.address).unwrap();
    app.browser().fill(path, &[]).await.location();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_opens_with_its_reference_and_code_however_typed() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    app.state.clock.advance(TimeDelta::days(3));

    let browser = app.browser();
    let careless = Receipt {
        reference: receipt.reference.to_lowercase().replace('-', " "),
        code: receipt.code.to_lowercase().replace('-', ""),
    };
    assert_eq!(open(&browser, &careless).await.location(), "/suivi/dossier");
    let page = browser.get("/suivi/dossier").await;
    assert_eq!(page.texts("h1"), ["Votre réclamation est bien reçue"]);
    let text = page.text();
    assert!(text.contains("il reste 58 jours"), "{text}");
    assert!(
        text.contains("Au plus tard le vendredi 15 mai 2026"),
        "{text}"
    );
    assert!(
        text.contains("TSA 50110") && text.contains("Ma demande de résiliation"),
        "{text}"
    );

    // The cookie is short-lived, and closes at will.
    let csrf = page.value("csrf");
    let closed = browser.post("/suivi/fermer", &[("csrf", &csrf)]).await;
    assert_eq!(closed.location(), "/suivi?avis=ferme");
    let again = browser.get("/suivi/dossier").await;
    assert_eq!(again.location(), "/suivi?avis=expire");
    open(&browser, &receipt).await.location();
    app.state.clock.advance(TimeDelta::minutes(31));
    assert_eq!(
        browser.get("/suivi/dossier").await.location(),
        "/suivi?avis=expire"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_answer_is_late_the_page_says_so_by_itself() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    app.state.clock.advance(TimeDelta::days(62));
    let browser = app.browser();
    open(&browser, &receipt).await.location();
    let text = browser.get("/suivi/dossier").await.text();
    assert!(
        text.contains("Nous n’avons pas tenu le délai de réponse"),
        "{text}"
    );
    assert!(text.contains("Sans attendre Réponse motivée"), "{text}");
    assert!(
        !text.contains("Au plus tard le"),
        "never a past promise: {text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_past_before_we_heard_of_it_is_owed_at_once_and_is_no_fault() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    let earlier = [
        ("wrote_before", "yes"),
        ("wrote_to", "Mon courtier"),
        ("wrote_on", "12/01/2026"),
    ];
    let mut steps = COMPLAINT;
    let situation = [steps[1].1, &earlier].concat();
    steps[1].1 = &situation;
    file(&browser, &steps).await;
    let text = browser.get("/deposer/confirmation").await.text();
    assert!(text.contains("Sans attendre Réponse motivée : compté depuis votre premier écrit"));
    assert!(
        text.contains("Jusqu’au vendredi 30 avril 2027"),
        "a year from the writing to us"
    );
    assert!(
        !text.contains("Au plus tard le") && !text.contains("dépassé"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_and_an_unknown_reference_are_told_the_same_slowly() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &REQUEST).await;
    let known: Reference = Reference::parse(&receipt.reference).unwrap();
    let unknown = Reference::new(2026, reclamations::case::CaseId(known.case().0 + 40));
    let wrong = |reference: String| Receipt {
        reference,
        code: "AAAA-BBBB-CCCC".to_owned(),
    };
    let browser = app.browser();
    let mut told = Vec::new();
    for reference in [
        receipt.reference.clone(),
        unknown.to_string(),
        "ASK-2026-000001".into(),
    ] {
        let started = std::time::Instant::now();
        let page = open(&browser, &wrong(reference.clone())).await;
        assert!(
            started.elapsed() >= app.state.staff_limits().refusal_takes,
            "{reference}"
        );
        assert_eq!(page.status, 422);
        assert_eq!(page.value("reference"), reference);
        assert_eq!(page.value("code"), "", "the code is typed again");
        told.push(page.texts(".error-summary, .error"));
    }
    assert_eq!(told.first(), told.get(1));
    assert_eq!(told.first(), told.get(2));
    assert!(
        browser
            .get("/suivi/dossier")
            .await
            .location()
            .starts_with("/suivi?")
    );

    // The right code still opens it.
    assert_eq!(open(&browser, &receipt).await.location(), "/suivi/dossier");
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_stopped_for_a_quarter_of_an_hour() {
    let app = TestApp::spawn_with(TODAY, &["--guesses-per-quarter", "2"]).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let wrong = Receipt {
        code: "AAAA-BBBB-CCCC".to_owned(),
        ..receipt.clone()
    };
    let guesser = app.browser();
    for _ in 0..2 {
        assert_eq!(open(&guesser, &wrong).await.status, 422);
    }
    let stopped = open(&guesser, &wrong).await;
    assert_eq!(stopped.status, 429);
    assert_eq!(
        stopped.attribute(".callout a", "href").unwrap(),
        "/suivi/code-perdu",
        "the way out is a new code"
    );
    assert_eq!(stopped.headers["retry-after"], "900");
    assert!(stopped.text().contains("dans 15 minutes"));
    app.state.clock.advance(TimeDelta::minutes(15));
    assert_eq!(open(&guesser, &receipt).await.location(), "/suivi/dossier");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_on_get_and_confirms_the_address_on_post() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let case = Reference::parse(&receipt.reference).unwrap().case();
    let link =
        app.state
            .office
            .links
            .confirm_address(case, "jeanne.lefevre@example.org", app.now());
    let path = link.url.strip_prefix(&app.address).unwrap();

    let reader = app.browser();
    for _ in 0..2 {
        let asked = reader.get(path).await;
        assert_eq!(
            asked.texts("h1"),
            ["Confirmez votre adresse e-mail"],
            "GET does nothing"
        );
    }
    for _ in 0..2 {
        let csrf = reader.get("/suivi").await.value("csrf");
        assert_eq!(reader.post(path, &[("csrf", &csrf)]).await.location(), path);
        assert_eq!(
            reader.get(path).await.texts("h1"),
            ["Votre adresse est confirmée"]
        );
    }
    open(&reader, &receipt).await.location();
    let page = reader.get("/suivi/dossier").await;
    assert!(!page.text().contains("reste à confirmer"));

    app.state.clock.advance(TimeDelta::days(31));
    for spent in [path, "/suivi/confirmation/AAAA", "/suivi/confirmation/é"] {
        let page = reader.get(spent).await;
        assert_eq!(page.status, 410, "{spent}");
        assert_eq!(page.texts("h1"), ["Ce lien ne peut plus servir"]);
        assert_eq!(page.attribute(".actions a", "href").unwrap(), "/suivi");
    }
}
