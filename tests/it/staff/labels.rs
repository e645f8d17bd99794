//! Labels are renamed and retired where settings live; cases keep those they bear.

use reclamations::case::{Nature, Reference};
use reclamations::staff::Role;
use url::form_urlencoded;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";
const PAGE: &str = "/gestion/reglages/etiquettes";

/// The site, an administrator, a handler, and a case that bears the label « Grêle de mai », number 1.
async fn desk() -> (TestApp, Browser, Browser, String) {
    let app = TestApp::spawn_at(AT).await;
    let (administrator, handler) = (app.browser(), app.browser());
    app.first_administrator(&administrator).await;
    app.colleague(&handler, "Idriss Benali", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let done = put(&handler, &reference, ("nouvelle", "Grêle de mai")).await;
    assert_eq!(done.status, 200, "{}", done.text());
    (app, administrator, handler, reference)
}

/// Puts a label on the case, from the list, once it was looked over.
async fn put(browser: &Browser, reference: &str, which: (&str, &str)) -> Page {
    let case = Reference::parse(reference).unwrap().case().0.to_string();
    let asked = [("faire", "etiqueter"), ("dossier", case.as_str()), which];
    let mut query = form_urlencoded::Serializer::new(String::new());
    let query = query.extend_pairs(asked).finish();
    let page = browser.get(&format!("/gestion/lot?{query}")).await;
    if page.status != 200 {
        return page;
    }
    let csrf = page.value("csrf");
    let case = page.attribute("main input[name=dossier]", "value").unwrap();
    let fields = [
        ("csrf", csrf.as_str()),
        ("faire", "etiqueter"),
        ("dossier", &case),
        which,
    ];
    browser.post("/gestion/lot", &fields).await
}

async fn change(browser: &Browser, fields: &[(&str, &str)]) -> Page {
    let csrf = browser.get(PAGE).await.value("csrf");
    let label = [("csrf", csrf.as_str()), ("ligne", "1")];
    browser.post(PAGE, &[&label, fields].concat()).await
}

async fn journal(app: &TestApp) -> Vec<String> {
    let lines = "SELECT replace(facts, chr(10), ' ') FROM journal_events
                 WHERE kind = 'label.changed' ORDER BY seq";
    let lines = app.database.rows(lines).await;
    lines.iter().map(|line| line.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_is_renamed_with_before_and_after() {
    let (app, administrator, handler, reference) = desk().await;
    let other = app.case(Nature::Complaint, By::Post).await;
    put(&handler, &other, ("nouvelle", "Vol")).await;
    let before = app.snapshot(&reference).await;
    for (name, told) in [("", "1 à 40"), ("VOL", "Choisissez un autre libellé")] {
        let fields = [
            ("faire", "renommer"),
            ("libelle", name),
            ("avant", "Grêle de mai"),
        ];
        let refused = change(&administrator, &fields).await;
        assert_eq!(refused.status, 422, "{name}");
        assert!(refused.texts("#erreurs").concat().contains(told));
        assert_eq!(refused.value("libelle"), name);
    }
    let stale = [
        ("faire", "renommer"),
        ("libelle", "Orages"),
        ("avant", "Grêle"),
    ];
    assert_eq!(change(&administrator, &stale).await.status, 409);
    assert!(journal(&app).await.is_empty());

    let renamed = [
        ("faire", "renommer"),
        ("libelle", "Grêle 2026"),
        ("avant", "Grêle de mai"),
    ];
    change(&administrator, &renamed).await.location();
    assert_eq!(journal(&app).await, ["label=1 change=renamed row=1"]);
    let page = administrator.get(PAGE).await;
    let history = page.texts("ol.dates li").concat();
    assert!(
        history.contains("« Grêle de mai » devient « Grêle 2026 »"),
        "{history}"
    );
    let inbox = handler.get("/gestion").await;
    assert!(
        inbox
            .texts(".inbox .person .badge")
            .contains(&"Grêle 2026".to_owned())
    );
    app.assert_changed(&before, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_label_stays_on_its_cases_and_is_no_longer_offered() {
    let (app, administrator, handler, reference) = desk().await;
    let other = app.case(Nature::Complaint, By::Post).await;
    assert_eq!(handler.get(PAGE).await.status, 403);
    let retire = [("faire", "retirer")];
    change(&administrator, &retire).await.location();
    assert_eq!(change(&administrator, &retire).await.status, 409);
    assert_eq!(journal(&app).await, ["label=1 change=retired row=1"]);
    let page = administrator.get(PAGE).await;
    assert!(page.text().contains("Retirée"), "{}", page.text());

    let inbox = handler.get("/gestion").await;
    assert!(
        inbox
            .texts(".inbox .person .badge")
            .contains(&"Grêle de mai".to_owned())
    );
    assert_eq!(inbox.texts("#lot-etiquette option"), ["Choisissez"]);
    let filtered = handler.get("/gestion?etiquette=1").await;
    assert_eq!(filtered.texts(".inbox tbody .reference"), [reference]);
    assert!(filtered.text().contains("Grêle de mai (retirée)"));
    let before = app.snapshot(&other).await;
    for which in [("etiquette", "1"), ("nouvelle", "grêle de MAI")] {
        let refused = put(&handler, &other, which).await;
        assert_eq!(refused.status, 422, "{which:?}");
    }
    app.assert_changed(&before, &[], &[]).await;

    let restore = [("faire", "remettre")];
    change(&administrator, &restore).await.location();
    let inbox = handler.get("/gestion").await;
    assert_eq!(
        inbox.texts("#lot-etiquette option"),
        ["Choisissez", "Grêle de mai"]
    );
    let done = put(&handler, &other, ("etiquette", "1")).await;
    assert_eq!(done.status, 200, "{}", done.text());
    app.assert_changed(&before, &["case.labelled"], &["+ case_labels"])
        .await;
}
