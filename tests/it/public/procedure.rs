//! The published procedure: its facts one by one, and how it travels.

use std::io::Read;

use chrono::NaiveDate;
use reclamations::calendar::{LegalDates, Start, long_date};
use reclamations::firm;
use reqwest::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderMap, IF_NONE_MATCH, VARY,
};
use reqwest::{Client, Method, StatusCode};

use crate::support::app::TestApp;

/// What the visitor reads, from the source of 11/10/2025, in our words.
const FACTS: &[&str] = &[
    // Attention to clients and users, in accordance with the rules and the ACPR.
    "La satisfaction de nos clients et des utilisateurs de notre site",
    "suit la réglementation en vigueur et les recommandations de l’Autorité de contrôle prudentiel et de résolution (ACPR)",
    // What a complaint is, and what it is not.
    "toute expression de mécontentement d’un client ou d’un utilisateur du site, au sujet d’un produit ou d’un service distribué ou géré par Asekkey",
    "une information, une précision ou un service : ce n’est pas une réclamation",
    // It is graduated.
    "Les trois étapes",
    // Step 1.
    "Étape 1 Votre interlocuteur habituel",
    "le courtier, le conseiller ou le distributeur par lequel vous l’avez souscrit",
    "à défaut, notre service client : contact@asekkey.fr",
    "une solution à l’amiable, le plus vite possible, au plus près de votre premier contact",
    "Cette étape n’est jamais obligatoire",
    // Step 2.
    "Étape 2 Le Service Réclamations d’Asekkey",
    "La réponse obtenue ne vous satisfait pas",
    "une réclamation écrite",
    "Réclamation@asekkey.fr",
    "Asekkey – Service Réclamations 10 rue de Penthièvre 75008 Paris",
    "10 jours ouvrables au maximum pour accuser réception de votre réclamation, à compter de sa réception",
    "2 mois au maximum pour vous apporter une réponse motivée, comme le veut la réglementation",
    // Step 3.
    "Étape 3 Le médiateur",
    "une médiation : elle est gratuite, et le médiateur est indépendant",
    "60 jours après l’envoi de votre réclamation, si aucune solution n’est trouvée ou si un désaccord persiste",
    "La Médiation de l’Assurance TSA 50110 75441 Paris Cedex 09",
    "En ligne www.mediation-assurance.org",
    "1 an pour le saisir, à compter de votre réclamation écrite",
    "elle ne vous est pas ouverte de droit",
    // Scope and commitments.
    "tous les produits qu’Asekkey distribue ou gère",
    "directement auprès de nous ou par l’intermédiaire d’un courtier, d’un distributeur ou d’un conseiller",
    "Nous veillons à traiter chaque réclamation avec",
    "diligence",
    "équité",
    "traçabilité",
    "Dernière mise à jour : 11 octobre 2025",
    // What to write, what a jour ouvrable is.
    "envoyez des copies et gardez vos originaux",
    "Les jours ouvrables vont du lundi au samedi, hors jours fériés",
];

#[actix_web::test]
async fn every_fact_of_the_published_procedure_is_there() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let page = app.browser().get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.texts("main").concat();
    for fact in FACTS {
        assert!(text.contains(fact), "missing: {fact}");
    }
}

#[actix_web::test]
async fn its_links_lead_where_they_say() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let page = app.browser().get("/").await;
    for target in [
        "mailto:R%C3%A9clamation@asekkey.fr",
        "mailto:contact@asekkey.fr",
        "https://www.mediation-assurance.org/",
        "/deposer",
        "/suivi",
        "/delais",
    ] {
        let link = page.attribute(&format!("main a[href='{target}']"), "href");
        assert_eq!(link.as_deref(), Some(target));
    }
    for link in page.texts(".contents a") {
        assert!(page.texts("h2").contains(&link), "no section: {link}");
    }
    let updated = page.attribute("main .hero time", "datetime");
    assert_eq!(updated.as_deref(), Some(firm::PROCEDURE_VERSION));
}

#[actix_web::test]
async fn its_example_is_what_the_calendar_says() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let page = app.browser().get("/").await;
    let sent = NaiveDate::from_ymd_opt(2026, 4, 30).unwrap();
    let dates = LegalDates::compute(Start::new(sent, sent).unwrap());
    let spoken = |date| long_date(date).replace('\u{a0}', " ");
    let whens = [
        format!("Au plus tard le {}", spoken(dates.ack_due.date)),
        format!("Dès le {}", spoken(dates.mediation_from.date)),
        format!("Au plus tard le {}", spoken(dates.answer_due.date)),
    ];
    assert_eq!(page.texts("main .dates .when"), whens);
    assert!(page.text().contains(&spoken(sent)));
}

/// What travelled, as it travelled.
struct Raw {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Raw {
    fn header(&self, name: &reqwest::header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }
}

async fn fetch(app: &TestApp, method: Method, path: &str, headers: &[(&str, &str)]) -> Raw {
    let client = Client::builder().no_gzip().no_brotli().build().unwrap();
    let mut request = client.request(method, format!("{}{path}", app.address));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = request.send().await.unwrap();
    Raw {
        status: answer.status(),
        headers: answer.headers().clone(),
        body: answer.bytes().await.unwrap().to_vec(),
    }
}

async fn page(app: &TestApp, encodings: &str) -> Raw {
    let headers = [(ACCEPT_ENCODING.as_str(), encodings)];
    fetch(app, Method::GET, "/", &headers).await
}

#[actix_web::test]
async fn each_browser_gets_the_smallest_form_it_reads() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let plain = page(&app, "identity").await;
    let gzip = page(&app, "gzip, br;q=0").await;
    let brotli = page(&app, "gzip, deflate, br").await;
    assert_eq!(plain.header(&CONTENT_ENCODING), "");
    assert_eq!(gzip.header(&CONTENT_ENCODING), "gzip");
    assert_eq!(brotli.header(&CONTENT_ENCODING), "br");

    let mut decoded = Vec::new();
    flate2::read::GzDecoder::new(&gzip.body[..])
        .read_to_end(&mut decoded)
        .unwrap();
    assert_eq!(decoded, plain.body);
    decoded.clear();
    brotli::Decompressor::new(&brotli.body[..], 4096)
        .read_to_end(&mut decoded)
        .unwrap();
    assert_eq!(decoded, plain.body);

    let tags = [&plain, &gzip, &brotli].map(|raw| raw.header(&ETAG));
    assert!(tags.iter().all(|tag| tag.starts_with('"')), "{tags:?}");
    assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
    for raw in [&plain, &gzip, &brotli] {
        assert_eq!(raw.header(&VARY), "Accept-Encoding");
        assert_eq!(raw.header(&CACHE_CONTROL), "public, no-cache");
    }
}

#[actix_web::test]
async fn a_browser_that_holds_it_is_told_so() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let first = page(&app, "br").await;
    let tag = first.header(&ETAG);
    for (held, expected) in [
        (tag.to_owned(), StatusCode::NOT_MODIFIED),
        (format!("\"other\", W/{tag}"), StatusCode::NOT_MODIFIED),
        ("*".to_owned(), StatusCode::NOT_MODIFIED),
        ("\"other\"".to_owned(), StatusCode::OK),
        ("nonsense".to_owned(), StatusCode::OK),
    ] {
        let headers = [
            (ACCEPT_ENCODING.as_str(), "br"),
            (IF_NONE_MATCH.as_str(), &held),
        ];
        let again = fetch(&app, Method::GET, "/", &headers).await;
        assert_eq!(again.status, expected, "{held}");
        assert_eq!(again.header(&ETAG), tag);
        let body = if expected == StatusCode::OK {
            &first.body[..]
        } else {
            &[]
        };
        assert_eq!(again.body, body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_without_accent_is_shown_once_the_firm_gave_it() {
    const ALIAS: &str = "reclamation@asekkey.fr";
    let without = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let page = without.browser().get("/").await;
    assert!(!page.text().contains(ALIAS), "never invented");
    let flags = ["--complaints-alias", ALIAS];
    let with = TestApp::spawn_with("2026-04-30T08:00:00Z", &flags).await;
    for path in ["/", "/mentions-legales"] {
        let page = with.browser().get(path).await;
        let (text, links) = (page.text(), page.attributes("main a", "href"));
        assert!(text.contains("Réclamation@asekkey.fr"), "{path}");
        assert!(text.contains(ALIAS), "{path}");
        assert!(
            links.contains(&format!("mailto:{ALIAS}")),
            "{path}: {links:?}"
        );
    }
}
