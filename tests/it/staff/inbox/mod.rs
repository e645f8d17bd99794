//! The inbox: its order, its pages, its counts, what it costs.

mod bulk;
mod desk;
mod export;
mod filters;
mod kept;
mod lists;

use std::collections::HashSet;

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::cases::By;
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;

const AT: &str = "2026-04-30T08:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_inbox_says_so() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let page = browser.get("/gestion").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("aucun dossier n’est ouvert"));
    assert!(page.texts(".inbox tbody tr").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_says_what_is_due_in_words() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let page = browser.get("/gestion").await;
    let lines = page.texts(".inbox tbody tr");
    let [line] = lines.as_slice() else {
        panic!("{lines:?}")
    };
    for words in [
        reference.as_str(),
        "Réclamation",
        "Jeanne Lefèvre",
        "Reçue",
        "J-15",
        "accusé",
        "ven. 15 mai",
        "Personne",
        "Site",
    ] {
        assert!(line.contains(words), "{words}: {line}");
    }

    // The day itself, then two days late; the session ends meanwhile.
    for (days, words) in [
        (15, "dernier jour aujourd’hui"),
        (2, "en retard de 2 jours"),
    ] {
        app.state.clock.advance(TimeDelta::days(days));
        let browser = app.browser();
        app.colleague(&browser, &format!("Paul {days}"), Role::Handler)
            .await;
        let line = browser.get("/gestion").await.texts(".inbox .due").concat();
        assert!(line.replace('\u{a0}', " ").contains(words), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_tab_has_its_cases_and_its_count() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let complaint = app.case(Nature::Complaint, By::Post).await;
    let request = app.case(Nature::InformationRequest, By::Email).await;
    let taken = browser.act(&complaint, "prise-en-charge", &[]).await;
    assert_eq!(
        taken.location(),
        format!("/gestion/dossiers/{complaint}?fait=prise-en-charge")
    );
    for (list, expected) in [
        ("", vec![&request, &complaint]),
        ("?liste=mes-dossiers", vec![&complaint]),
        ("?liste=service-client", vec![&request]),
        ("?liste=messages", vec![]),
        ("?liste=desaccords", vec![]),
        ("?liste=repondues", vec![]),
        ("?liste=closes", vec![]),
        ("?liste=accuse", vec![&complaint]),
        ("?liste=a-repondre", vec![&request]),
        ("?liste=sans-responsable", vec![&request]),
        ("?liste=tous", vec![&request, &complaint]),
    ] {
        let page = browser.get(&format!("/gestion{list}")).await;
        assert_eq!(
            page.texts(".inbox .reference").iter().collect::<Vec<_>>(),
            expected,
            "{list}"
        );
        assert_eq!(
            page.texts(".lists.wide .count"),
            [
                "0", "1", "2", "1", "1", "0", "0", "0", "0", "0", "0", "1", "0", "1", "0", "2",
                "1", "0", "2", "0"
            ],
            "{list}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_show_every_case_once() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let mut filed = HashSet::new();
    for n in 0..103 {
        // Many on the same day: the number breaks the tie.
        let at = app.now() - TimeDelta::days(n / 40);
        let reference = app
            .case_filed_at(Nature::Complaint, By::Post, "Retard.", at)
            .await;
        filed.insert(reference);
    }
    let mut seen = Vec::new();
    let mut next = Some("/gestion".to_owned());
    while let Some(address) = next {
        let page = browser.get(&address).await;
        seen.extend(page.texts(".inbox .reference"));
        next = page.attribute(".pager a:last-child[href*=apres]", "href");
    }
    assert_eq!(seen.len(), 103);
    assert_eq!(seen.into_iter().collect::<HashSet<_>>(), filed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_address_is_the_first_page() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    for query in [
        "?apres=",
        "?apres=2026-99-99.1",
        "?apres=%00",
        "?liste=%FF",
        "?liste=a&liste=b&apres=1.2.3",
        "?apres=2026-05-15.99999999999999999999",
    ] {
        let page = browser.get(&format!("/gestion{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        assert_eq!(page.texts(".inbox .reference"), [reference.as_str()]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_costs_at_most_eight_statements() {
    let counter = Counter::default();
    let database = TestDatabase::new().await;
    let pool = counter.pool(&database).await;
    let mailbox = ["--mailbox", "imap://u:p@127.0.0.1:1/INBOX"];
    let app = TestApp::spawn_on(database, pool, AT, &mailbox);
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    browser.act(&reference, "note", &[("note", "Vu.")]).await;
    for path in ["/gestion", &format!("/gestion/dossiers/{reference}")] {
        browser.get(path).await;
        // The counts of the tabs are kept for five seconds.
        app.state.clock.advance(TimeDelta::seconds(6));
        counter.take();
        assert_eq!(browser.get(path).await.status, 200);
        let n_statements = counter.take();
        assert!(
            (1..=8).contains(&n_statements),
            "{path}: {n_statements} statements"
        );
    }
}
