//! The link of an e-mail: GET shows nothing of the case, POST opens it for reading, and an act asks
//! for the code first.

use chrono::TimeDelta;
use reclamations::case::Reference;
use reclamations::case::links::Bond;

use crate::public::following::{ADDRESS, TODAY, confirm, open};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::filing::{COMPLAINT, Receipt, file};

/// The path of a link as an e-mail to `email` would carry it now.
pub(super) fn link(app: &TestApp, receipt: &Receipt, email: &str, code_generation: i32) -> String {
    let case = Reference::parse(&receipt.reference).unwrap().case();
    let bond = Bond {
        email,
        code_generation,
    };
    let link = app.state.office.links.follow(case, bond, app.now());
    link.url.strip_prefix(&app.address).unwrap().to_owned()
}

async fn is_open(browser: &Browser) -> bool {
    browser.get("/suivi/dossier").await.status == 200
}

#[tokio::test(flavor = "multi_thread")]
async fn only_mails_to_a_confirmed_address_carry_a_link_that_opens() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    confirm(&app, &receipt).await;
    let bodies = app
        .database
        .rows("SELECT purpose, body FROM outbox ORDER BY id")
        .await;
    let told: Vec<(String, bool)> = bodies
        .iter()
        .map(|row| (row.get(0), row.get::<_, String>(1).contains("/suivi/lien/")))
        .collect();
    assert_eq!(
        told,
        [
            ("acknowledgement".to_owned(), false),
            ("copy".to_owned(), true)
        ]
    );
    // The link of the mail itself opens the case.
    let body: String = bodies[1].get(1);
    let url = body
        .lines()
        .find(|line| line.contains("/suivi/lien/"))
        .unwrap();
    let path = url.strip_prefix(&app.address).unwrap();
    let reader = app.browser();
    assert_eq!(reader.fill(path, &[]).await.location(), "/suivi/dossier");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanner_opens_nothing_and_sees_nothing() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let path = link(&app, &receipt, ADDRESS, 0);
    let scanner = app.browser();
    for _ in 0..10 {
        let page = scanner.get(&path).await;
        assert_eq!(page.texts("h1"), ["Ouvrir votre dossier"]);
        assert!(page.cookie("suivi").is_none());
        for personal in [
            "Jeanne",
            "Lefèvre",
            "résiliation",
            ADDRESS,
            &receipt.reference,
        ] {
            assert!(!page.body.contains(personal), "{personal}");
        }
    }
    assert!(!is_open(&scanner).await);
    let reader = app.browser();
    for _ in 0..10 {
        assert_eq!(reader.fill(&path, &[]).await.location(), "/suivi/dossier");
    }
    assert!(
        reader
            .get("/suivi/dossier")
            .await
            .text()
            .contains("Ma demande de résiliation")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_dies_with_its_time_its_address_and_its_code() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let other = file(&app.browser(), &COMPLAINT).await;
    let good = link(&app, &receipt, ADDRESS, 0);
    let of_other = link(&app, &other, ADDRESS, 0);
    let confirms = {
        let case = Reference::parse(&receipt.reference).unwrap().case();
        let links = &app.state.office.links;
        let url = links.confirm_address(case, ADDRESS, app.now()).url;
        url.replace(&app.address, "")
            .replace("confirmation", "lien")
    };
    // Half of one token and half of another: neither case.
    let (mine, theirs) = (good.split_at(40), of_other.split_at(40));
    let spliced = format!("{}{}", mine.0, theirs.1);
    let browser = app.browser();
    let csrf = browser.get("/suivi").await.value("csrf");
    let dead = [
        link(&app, &receipt, "autre@example.org", 0),
        link(&app, &receipt, ADDRESS, 1),
        confirms,
        spliced,
        "/suivi/lien/AAAA".to_owned(),
        "/suivi/lien/é".to_owned(),
    ];
    for path in &dead {
        for page in [
            browser.get(path).await,
            browser.post(path, &[("csrf", &csrf)]).await,
        ] {
            assert_eq!(page.status, 410, "{path}");
            let ways = page.texts(".actions a");
            assert_eq!(
                ways,
                ["Suivre mon dossier", "J’ai perdu mon code"],
                "{path}"
            );
        }
    }
    assert!(!is_open(&browser).await);
    app.state.clock.advance(TimeDelta::days(31));
    assert_eq!(browser.get(&good).await.status, 410);
    // A link of one case opens that one only.
    let fresh = link(&app, &other, ADDRESS, 0);
    browser.fill(&fresh, &[]).await.location();
    let page = browser.get("/suivi/dossier").await.text();
    assert!(page.contains(&other.reference) && !page.contains(&receipt.reference));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_asks_for_the_code_once_and_keeps_what_was_typed() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let browser = app.browser();
    browser.fill(&link(&app, &receipt, ADDRESS, 0), &[]).await;
    let csrf = browser.get("/suivi/dossier").await.value("csrf");
    // The parser of the page reads a line end as `\n`, as a browser does.
    let typed = "Deux lignes,\n<b>gardées</b> & entières.";
    let act = [("csrf", csrf.as_str()), ("message", typed)];

    let asked = browser.post("/suivi/dossier/essai", &act).await;
    assert_eq!(asked.status, 200);
    assert_eq!(asked.texts("h1"), ["Votre code d’accès"]);
    assert_eq!(asked.value("message"), typed);
    assert!(
        asked.text().contains(&receipt.reference),
        "it names the case"
    );
    let with = |code: &'static str| [act[0], act[1], ("code_acces", code)];
    for wrong in ["", "AAAA-BBBB-CCCC"] {
        let refused = browser.post("/suivi/dossier/essai", &with(wrong)).await;
        assert_eq!(refused.status, 422, "{wrong}");
        assert_eq!(refused.value("message"), typed, "{wrong}");
    }
    let forged = [("csrf", "AAAA"), act[1], ("code_acces", &*receipt.code)];
    assert_eq!(
        browser.post("/suivi/dossier/essai", &forged).await.status,
        400
    );
    let right = [act[0], act[1], ("code_acces", &*receipt.code)];
    let done = browser.post("/suivi/dossier/essai", &right).await;
    assert!(
        done.cookie("suivi").is_some(),
        "the case is now open as with the code"
    );
    let next = browser.post("/suivi/dossier/essai", &act).await;
    assert_ne!(next.texts("h1"), ["Votre code d’accès"], "asked once");

    // A link does not close what the code has opened.
    let both = app.browser();
    open(&both, &receipt).await.location();
    both.fill(&link(&app, &receipt, ADDRESS, 0), &[]).await;
    let csrf = both.get("/suivi/dossier").await.value("csrf");
    let next = both.post("/suivi/dossier/essai", &[("csrf", &csrf)]).await;
    assert_ne!(next.texts("h1"), ["Votre code d’accès"]);
}
