//! The date calculator, as a visitor meets it.

use reqwest::StatusCode;

use crate::support::app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_reads_each_date_and_why() {
    // 00:30 in Paris, on the 13th.
    let app = TestApp::spawn_at("2026-05-12T22:30:00Z").await;
    let browser = app.browser();

    let empty = browser.get("/delais").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert_eq!(
        empty.attribute("main form", "action").as_deref(),
        Some("/delais")
    );
    assert_eq!(
        empty.attribute("main form", "method").as_deref(),
        Some("get")
    );
    assert_eq!(
        empty.attribute("label[for=date]", "for").as_deref(),
        Some("date")
    );

    let page = browser.get("/delais?date=30%2F04%2F2026").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.value("date"), "30/04/2026");
    assert_eq!(
        page.texts(".dates .when"),
        [
            "Au plus tard le vendredi 15 mai 2026 il reste 2 jours",
            "À partir du lundi 29 juin 2026",
            "Au plus tard le mardi 30 juin 2026 il reste 48 jours",
            "Jusqu’au vendredi 30 avril 2027 il reste 352 jours",
        ]
    );
    let why = page.texts(".why").concat();
    for name in ["(férié, 1er mai)", "(férié, 8 mai)", "(férié, Ascension)"] {
        assert!(why.contains(name), "{name} in {why}");
    }
    assert!(page.attribute("main a[href='/deposer']", "href").is_some());
    assert_eq!(
        browser
            .get("/delais?date=2026-04-30")
            .await
            .texts(".why")
            .concat(),
        why
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_cannot_be_read_stays_beside_what_to_do() {
    let app = TestApp::spawn_at("2026-05-13T08:00:00Z").await;
    let page = app.browser().get("/delais?date=31%2F02%2F2026").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.value("date"), "31/02/2026");
    let message = "Vérifiez la date : ce jour n’existe pas dans le calendrier.";
    assert_eq!(page.texts("#date-erreur"), [message]);
    assert_eq!(page.texts(".error-summary a[href='#date']"), [message]);
    let described = page.attribute("#date", "aria-describedby").unwrap();
    assert_eq!(described, "date-aide date-erreur");
    assert!(page.texts("title").concat().starts_with("Erreur : "));
    assert!(page.texts(".dates").is_empty());
}
