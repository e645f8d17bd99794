//! Filters of the inbox: in its address, one on top of another, nothing lost and nothing silent.

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::totp::Colleague;

const AT: &str = "2026-04-30T08:00:00Z";

/// A complaint that every filter names, and a request that none does.
struct Desk {
    app: TestApp,
    browser: Browser,
    complaint: String,
    request: String,
    claire: Colleague,
}

impl Desk {
    async fn new() -> Self {
        let app = TestApp::spawn_at(AT).await;
        let browser = app.browser();
        let claire = app
            .colleague(&browser, "Claire Morvan", Role::Handler)
            .await;
        let complaint = app.case(Nature::Complaint, By::Post).await;
        let request = app.case(Nature::InformationRequest, By::Post).await;
        browser.act(&complaint, "prise-en-charge", &[]).await;
        app.database.run(NAMED).await;
        Self {
            app,
            browser,
            complaint,
            request,
            claire,
        }
    }
}

const NAMED: &str = "
    UPDATE cases SET channel = 'post', product = (SELECT min(code) FROM products),
        subject = (SELECT min(code) FROM subjects) WHERE nature = 'complaint';
    UPDATE filings SET subscription_path = 'broker', intermediary = 'Courtage Lefèvre'
        FROM cases WHERE id = case_id AND nature = 'complaint';
    INSERT INTO answers (case_id, state, outcome, introduction, author_id, written_at,
                         signatory_id, dated_on, letter, sent_at)
        SELECT id, 'leaving', 'rejected', '', handler_id, now(), handler_id, '2026-04-30', '', now()
        FROM cases WHERE nature = 'complaint'";

async fn references(browser: &Browser, query: &str) -> Vec<String> {
    let page = browser.get(&format!("/gestion?{query}")).await;
    assert_eq!(page.status, 200, "{query}");
    page.texts(".inbox .reference")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_filter_keeps_what_it_names() {
    let desk = Desk::new().await;
    let Desk {
        app,
        browser,
        complaint,
        request,
        claire,
    } = &desk;
    let codes = "SELECT product, subject, handler_id FROM cases WHERE product IS NOT NULL";
    let codes = app.database.rows(codes).await;
    let row = codes.first().unwrap();
    let (product, subject, me): (String, String, i64) = (row.get(0), row.get(1), row.get(2));
    for query in [
        "nature=reclamation".to_owned(),
        "gestionnaire=moi".to_owned(),
        format!("gestionnaire={me}"),
        format!("produit={product}"),
        format!("sujet={subject}&nature=reclamation"),
        "canal=courrier".to_owned(),
        "intermediaire=LEFEVRE".to_owned(),
        "decision=refus".to_owned(),
    ] {
        assert_eq!(references(browser, &query).await, [&**complaint], "{query}");
        let other = references(browser, &format!("liste=service-client&{query}")).await;
        assert!(other.is_empty(), "{query}");
    }
    for query in [
        "nature=demande",
        "gestionnaire=personne",
        "canal=site",
        "echeance=7-jours",
    ] {
        assert_eq!(references(browser, query).await, [&**request], "{query}");
    }
    for query in ["etat=recue", "echeance=30-jours", "q=LEFEVRE"] {
        assert_eq!(
            references(browser, query).await,
            [&**request, &**complaint],
            "{query}"
        );
    }
    for query in ["etat=accusee", "echeance=aujourd-hui", "q=personne+de+tel"] {
        assert!(references(browser, query).await.is_empty(), "{query}");
    }
    app.state.clock.advance(TimeDelta::days(8));
    app.sign_in(browser, claire).await;
    assert_eq!(references(browser, "echeance=passee").await, [&**request]);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_in_use_are_shown_and_each_can_be_taken_off() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    app.case(Nature::Complaint, By::Post).await;
    let page = browser
        .get("/gestion?liste=accuse&nature=reclamation&q=Jeanne+%26+Cie")
        .await;
    assert_eq!(page.texts("[role=status]"), ["Aucun dossier"]);
    assert_eq!(
        page.attributes(".chips a", "href"),
        [
            "/gestion?liste=accuse&q=Jeanne+%26+Cie",
            "/gestion?liste=accuse&nature=reclamation",
            "/gestion?liste=accuse"
        ]
    );
    assert_eq!(page.value("q"), "Jeanne & Cie");
    let nature = page.attribute("#f-nature option[selected]", "value");
    assert_eq!(nature.as_deref(), Some("reclamation"));
    let one = browser.get("/gestion?nature=reclamation").await;
    assert_eq!(one.texts("[role=status]"), ["1 dossier"]);
    let none = browser.get("/gestion").await;
    assert!(none.texts(".chips").is_empty());
    assert_eq!(none.texts("[role=status]"), ["1 dossier"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_address_asks_for_in_vain_is_ignored_and_said() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    for vain in [
        "nature=autre",
        "etat=complaint",
        "echeance=demain",
        "gestionnaire=999999",
        "gestionnaire=x",
        "produit=fusee",
        "canal=pigeon",
        "decision=1",
        "liste=autre",
        "apres=hier",
        "couleur=bleu",
        "q=%00",
    ] {
        let page = browser.get(&format!("/gestion?{vain}")).await;
        assert_eq!(page.status, 200);
        let told = page.texts(".callout.warning .code").concat();
        let (name, _) = vain.split_once('=').unwrap();
        assert!(told.starts_with(name), "{vain}: {told}");
        assert_eq!(page.texts(".inbox .reference"), [&*reference], "{vain}");
    }
    let markup = browser.get("/gestion?nature=%3Cscript%3E").await;
    assert!(!markup.body.contains("<script>"));
    let blank = browser.get("/gestion?nature=&q=").await;
    assert!(blank.texts(".callout").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_filtered_list_show_every_match_once() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    for n in 0..110 {
        let nature = match n % 10 {
            0 => Nature::InformationRequest,
            _ => Nature::Complaint,
        };
        app.case(nature, By::Post).await;
    }
    let mut seen = Vec::new();
    let mut next = Some("/gestion?nature=reclamation".to_owned());
    while let Some(address) = next {
        assert!(address.contains("nature=reclamation"), "{address}");
        let page = browser.get(&address).await;
        assert_eq!(page.texts("[role=status]"), ["99 dossiers"]);
        seen.extend(page.texts(".inbox .reference"));
        next = page.attribute(".pager a:last-child[href*=apres]", "href");
    }
    assert_eq!(seen.len(), 99);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 99);
}
