//! The pages around the form: legal notice, personal data, accessibility, and their way in.

use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::filing::{COMPLAINT, fill_in};

const PAGES: [(&str, &str); 3] = [
    ("/mentions-legales", "Mentions légales"),
    ("/donnees-personnelles", "Données personnelles"),
    ("/accessibilite", "Accessibilité"),
];

#[actix_web::test]
async fn every_page_leads_to_them_and_they_say_where_one_is() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let browser = app.browser();
    for from in ["/", "/deposer", "/suivi", "/delais", "/nope"] {
        let page = browser.get(from).await;
        for (path, words) in PAGES {
            let link = format!("footer a[href='{path}']");
            assert_eq!(page.texts(&link), [words], "{from}");
        }
    }
    for (path, words) in PAGES {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.texts("h1").len(), 1, "{path}");
        assert_eq!(page.texts("footer [aria-current=page]"), [words]);
        let canonical = page.attribute("link[rel=canonical]", "href");
        assert_eq!(canonical, Some(format!("{}{path}", app.address)));
        assert!(
            page.attribute("meta[name=description]", "content")
                .is_some()
        );
        for link in page.texts(".contents a") {
            assert!(page.texts("h2").contains(&link), "no section: {link}");
        }
    }
}

#[actix_web::test]
async fn the_legal_notice_invents_nothing() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let bare = app.browser().get("/mentions-legales").await;
    assert_eq!(
        bare.texts("dl.facts dt"),
        ["Nom", "Activité", "E-mail", "Courrier"]
    );
    for invented in ["à compléter", "capital", "RCS", "orias", "L’hébergeur"] {
        assert!(
            !bare.texts("main").concat().contains(invented),
            "{invented}"
        );
    }
}

#[actix_web::test]
async fn the_legal_notice_shows_what_the_firm_gave() {
    let flags = [
        ("--legal-form", "Société par actions simplifiée"),
        ("--capital", "10 000 € <b>"),
        ("--registered-office", "1 rue de l’Exemple, 75000 Paris"),
        ("--rcs", "Paris 000 000 000"),
        ("--vat", "FR00000000000"),
        ("--orias", "00 000 000, courtier"),
        ("--association", "Association d’exemple"),
        ("--liability-insurer", "Assureur d’exemple"),
        ("--director", "Alix Petit"),
        ("--host", "Hébergeur d’exemple, 1 rue du Test"),
        ("--phone", "01 00 00 00 00"),
        ("--dpo", "dpo@example.org"),
    ];
    let given: Vec<&str> = flags
        .iter()
        .flat_map(|(flag, value)| [*flag, *value])
        .collect();
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &given).await;
    let notice = app.browser().get("/mentions-legales").await;
    let text = notice.texts("main").concat();
    for (flag, value) in flags {
        if flag != "--dpo" {
            assert!(text.contains(value), "{flag}");
        }
    }
    assert!(!notice.body.contains("10 000 € <b>"), "escaped");
    assert!(text.contains("www.orias.fr"));
    let privacy = app.browser().get("/donnees-personnelles").await;
    assert!(privacy.text().contains("dpo@example.org"));
}

#[actix_web::test]
async fn the_privacy_page_names_every_cookie_and_tells_the_settings() {
    let flags = ["--draft-days", "9", "--following-minutes", "17"];
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &flags).await;
    let browser = app.browser();
    let privacy = browser.get("/donnees-personnelles").await;
    let listed = privacy.texts("#liste-cookies dt");
    let rows = privacy.texts("#liste-cookies dd").join(" / ");
    assert!(
        rows.contains("10 jours") && rows.contains("17 minutes"),
        "{rows}"
    );

    let mut set = Vec::new();
    let mut keep = |page: &crate::support::browser::Page| {
        for line in page.headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            set.push(line.split('=').next().unwrap().to_owned());
        }
    };
    keep(&browser.get("/deposer").await);
    keep(&browser.fill("/deposer", &[("intent", "complaint")]).await);
    fill_in(&browser, &COMPLAINT).await;
    app.state.clock.advance(chrono::TimeDelta::minutes(4));
    let sent = browser
        .fill("/deposer/verification", &[("shown_for", "complaint")])
        .await;
    keep(&sent);
    let receipt = crate::support::filing::receipt(&browser.get(sent.location()).await);
    let typed = [
        ("reference", receipt.reference.as_str()),
        ("code", receipt.code.as_str()),
    ];
    keep(&browser.fill("/suivi", &typed).await);
    for name in ["visiteur", "brouillon", "envoi", "suivi"] {
        assert!(set.iter().any(|one| one == name), "{name} not set: {set:?}");
    }
    for name in &set {
        assert!(listed.contains(name), "{name} is not on the page");
    }
    for right in [
        "consulter",
        "rectifier",
        "effacer",
        "limiter",
        "opposer",
        "CNIL",
    ] {
        assert!(privacy.text().contains(right), "{right}");
    }
}

#[actix_web::test]
async fn the_accessibility_page_claims_no_conformity_and_names_the_way_out() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let page = app.browser().get("/accessibilite").await;
    let text = page.texts("main").concat();
    assert!(text.contains("aucun niveau de conformité"));
    for claim in [
        "partiellement conforme",
        "totalement conforme",
        "est conforme",
    ] {
        assert!(!text.contains(claim), "{claim}");
    }
    for way in [
        "contact@asekkey.fr",
        "Asekkey – Service Réclamations",
        "Défenseur des droits",
    ] {
        assert!(text.contains(way), "{way}");
    }
}
