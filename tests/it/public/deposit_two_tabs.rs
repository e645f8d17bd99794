//! Two pages open on one draft: each keeps its step, and the same step loses neither text.

use chrono::TimeDelta;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::filing::{COMPLAINT, CONTACT, REQUEST, fill_in};

const TODAY: &str = "2026-04-30T08:00:00Z";

/// Sends the form of `page` with these answers, as the page was shown.
async fn send(browser: &Browser, path: &str, page: &Page, answers: &[(&str, &str)]) -> Page {
    let hidden = ["csrf", "version", "shown_for"].map(|name| (name, page.value(name)));
    let hidden = hidden
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    browser.post(path, &[answers, &hidden].concat()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_step_in_two_tabs_shows_both_texts_and_loses_neither() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..2]).await;
    let (one, two) = (
        browser.get("/deposer/faits").await,
        browser.get("/deposer/faits").await,
    );
    let first = [
        ("product", "home"),
        ("facts", "Premier récit, long et précis."),
    ];
    send(&browser, "/deposer/faits", &one, &first)
        .await
        .location();
    let second = [("product", "car"), ("facts", "Second récit, tout autre.")];
    let refused = send(&browser, "/deposer/faits", &two, &second).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(refused.texts("title").concat().starts_with("À comparer"));
    assert_eq!(
        refused.texts("#autre-onglet dd"),
        ["Assurance habitation", "Premier récit, long et précis."]
    );
    assert_eq!(refused.texts("textarea")[0], "Second récit, tout autre.");
    let kept = browser.get("/deposer/faits").await;
    assert_eq!(kept.texts("textarea")[0], "Premier récit, long et précis.");

    // Having seen both, the person may keep the second.
    let saved = send(&browser, "/deposer/faits", &refused, &second).await;
    assert_eq!(saved.location(), "/deposer/pieces");
    let kept = browser.get("/deposer/faits").await;
    assert_eq!(kept.texts("textarea")[0], "Second récit, tout autre.");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_steps_merge_and_the_same_page_may_save_again() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..3]).await;
    let facts = browser.get("/deposer/faits").await;
    let contact = browser.get("/deposer/coordonnees").await;
    send(&browser, "/deposer/coordonnees", &contact, &CONTACT)
        .await
        .location();
    // The facts were changed by nobody since: no question is asked.
    let once = [("facts", "Une fois.")];
    send(&browser, "/deposer/faits", &facts, &once)
        .await
        .location();
    // Back, by the history of the browser: the page is as it was shown first.
    let twice = [("facts", "Une seconde fois.")];
    for _ in 0..10 {
        let saved = send(&browser, "/deposer/faits", &facts, &twice).await;
        assert_eq!(saved.location(), "/deposer/verification");
    }
    let check = browser.get("/deposer/verification").await.text();
    assert!(
        check.contains("Une seconde fois.") && check.contains("Jeanne"),
        "{check}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_tab_changed_is_read_again_before_it_is_sent() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT).await;
    app.state.clock.advance(TimeDelta::minutes(4));
    let check = browser.get("/deposer/verification").await;
    fill_in(
        &browser,
        &[("/deposer/faits", &[("facts", "Autre récit.")])],
    )
    .await;
    let led = send(&browser, "/deposer/verification", &check, &[]).await;
    assert_eq!(led.location(), "/deposer/verification?avis=change");
    let again = browser.get(led.location()).await;
    assert!(again.text().contains("a changé dans un autre onglet"));
    assert!(again.text().contains("Autre récit."));
    for _ in 0..10 {
        let sent = send(&browser, "/deposer/verification", &again, &[]).await;
        assert_eq!(sent.location(), "/deposer/confirmation");
    }
    let filed = app.database.rows("SELECT facts FROM filings").await;
    assert_eq!(filed.len(), 1);
    assert_eq!(filed[0].get::<_, &str>(0), "Autre récit.");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_pages_saving_at_once_lose_nothing() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..2]).await;
    let facts = browser.get("/deposer/faits").await;
    let typed = [("facts", "Le même récit."), ("product", "home")];
    let sendings = (0..10).map(|_| send(&browser, "/deposer/faits", &facts, &typed));
    for saved in futures_util::future::join_all(sendings).await {
        assert_eq!(saved.location(), "/deposer/pieces");
    }
    let drafts = app
        .database
        .rows("SELECT content ->> 'facts' FROM drafts")
        .await;
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].get::<_, &str>(0), "Le même récit.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_becomes_a_complaint_at_any_step_with_nothing_to_type_again() {
    let app = TestApp::spawn_at(TODAY).await;
    for n_steps in 1..=3 {
        let browser = app.browser();
        fill_in(&browser, &REQUEST[..n_steps]).await;
        let (path, answers) = REQUEST
            .get(n_steps)
            .unwrap_or(&("/deposer/verification", &[]));
        let page = browser.get(path).await;
        assert!(
            page.text().contains("C’est finalement une réclamation"),
            "{path}"
        );
        let converted = if n_steps == 3 {
            let csrf = page.value("csrf");
            let button = [
                ("csrf", &*csrf),
                ("intent", "complaint"),
                ("then", "complaint"),
            ];
            browser.post("/deposer", &button).await
        } else {
            let answers = [answers, [("then", "complaint")].as_slice()].concat();
            send(&browser, path, &page, &answers).await
        };
        let next = browser.get(converted.location()).await;
        assert!(
            next.text().contains("devient une réclamation"),
            "{}",
            next.text()
        );
        fill_in(&browser, &[("/deposer/situation", COMPLAINT[1].1)]).await;
        if n_steps > 1 {
            let facts = browser.get("/deposer/faits").await;
            assert!(facts.texts("textarea")[0].contains("assurer un vélo"));
            assert!(!facts.text().contains("C’est finalement une réclamation"));
        }
    }
    // And the other way round, by the first step.
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT).await;
    fill_in(&browser, &REQUEST[..1]).await;
    let check = browser.get("/deposer/verification").await;
    assert_eq!(check.texts("button")[0], "Envoyer ma demande");
    assert!(check.text().contains("Ma demande de résiliation"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_too_long_to_be_kept_is_not_cut_by_another_button() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &REQUEST[..1]).await;
    let page = browser.get("/deposer/faits").await;
    let long = "é".repeat(100_000);
    for then in ["complaint", "resume", ""] {
        let typed = [("facts", long.as_str()), ("then", then)];
        let refused = send(&browser, "/deposer/faits", &page, &typed).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.texts("textarea")[0].chars().count(), 100_000);
        let said = refused.texts("#facts-erreur").concat();
        assert!(said.contains("de 95 000 caractères"), "{said}");
    }
}
