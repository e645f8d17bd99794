//! Taking a draft up on another browser, by a link sent on request.

use chrono::TimeDelta;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::filing::{COMPLAINT, file, fill_in};

const TODAY: &str = "2026-04-30T08:00:00Z";

/// Asks for a link from the step of the facts, and returns its path.
async fn ask(app: &TestApp, browser: &Browser, email: &str) -> String {
    let page = browser.get("/deposer/reprise").await;
    assert!(page.text().contains("Gardé jusqu’au"), "{}", page.text());
    let asked = browser.fill("/deposer/reprise", &[("email", email)]).await;
    assert_eq!(asked.location(), "/deposer/reprise?avis=lien");
    let mails = app
        .database
        .rows("SELECT recipient, subject || body FROM outbox WHERE purpose = 'resume' ORDER BY id")
        .await;
    let mail = mails.last().unwrap();
    assert_eq!(mail.get::<_, &str>(0), email);
    let text: &str = mail.get(1);
    for typed in ["récit", "Delorme", "Jeanne", "résiliation"] {
        assert!(!text.contains(typed), "{typed} in {text}");
    }
    assert!(text.contains("7\u{a0}mai\u{a0}2026"), "{text}");
    let link = text
        .split_whitespace()
        .find(|word| word.starts_with("http"));
    let link = link.unwrap().strip_prefix(&app.address).unwrap();
    assert!(link.starts_with("/deposer/reprise/"), "{link}");
    link.to_owned()
}

async fn take(browser: &Browser, link: &str) -> Page {
    let shown = browser.get(link).await;
    assert_eq!(shown.texts("h1"), ["Reprendre votre formulaire"]);
    assert!(shown.cookie("brouillon").is_none(), "GET takes nothing up");
    browser.fill(link, &[]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_takes_the_draft_up_elsewhere_and_both_browsers_go_on() {
    let app = TestApp::spawn_at(TODAY).await;
    let desk = app.browser();
    fill_in(&desk, &COMPLAINT[..2]).await;
    // From a step: what is typed in it is kept, right or not.
    let half = [("facts", ""), ("facts_when", "en mars"), ("then", "resume")];
    let led = desk.fill("/deposer/faits", &half).await;
    assert_eq!(led.location(), "/deposer/reprise");
    let link = ask(&app, &desk, "jeanne@example.org").await;

    let phone = app.browser();
    let taken = take(&phone, &link).await;
    assert_eq!(taken.location(), "/deposer/faits");
    let facts = phone.get("/deposer/faits").await;
    assert_eq!(facts.value("facts_when"), "en mars");
    fill_in(&phone, &COMPLAINT[2..3]).await;
    fill_in(&desk, &COMPLAINT[3..]).await;
    let check = phone.get("/deposer/verification").await.text();
    assert!(check.contains("Jeanne Lefèvre"), "{check}");

    // Sent from the phone: the phone and the browser that began it read the confirmation.
    app.state.clock.advance(TimeDelta::minutes(4));
    file(&phone, &[]).await;
    assert_eq!(
        desk.get("/deposer/faits").await.location(),
        "/deposer/confirmation"
    );
    let spent = app.browser().get(&link).await;
    assert_eq!(spent.status, 410);
    assert_eq!(spent.texts("h1"), ["Ce formulaire a déjà été envoyé"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_holds_a_link_never_reads_the_access_code() {
    let app = TestApp::spawn_at(TODAY).await;
    let desk = app.browser();
    fill_in(&desk, &COMPLAINT).await;
    // The address was mistyped: a stranger took the draft up.
    let link = ask(&app, &desk, "inconnu@example.org").await;
    let stranger = app.browser();
    take(&stranger, &link).await.location();
    app.state.clock.advance(TimeDelta::minutes(4));
    let kept = file(&desk, &[]).await;
    for address in [
        "/deposer/faits",
        "/deposer/verification",
        "/deposer/reprise",
    ] {
        let page = stranger.get(address).await;
        assert_eq!(page.status, 410, "{address}");
        assert_eq!(page.texts("h1"), ["Ce formulaire a déjà été envoyé"]);
        assert!(!page.text().contains(&kept.reference));
    }
    assert_eq!(stranger.get("/deposer/confirmation").await.status, 410);
    // The token of the draft is no proof of having sent it.
    let cookies = stranger.cookies();
    let token = cookies
        .split("; ")
        .find_map(|one| one.strip_prefix("brouillon="))
        .unwrap();
    stranger.set_cookie(&format!("envoi={token}; Path=/"));
    let forged = stranger.get("/deposer/confirmation").await;
    assert_eq!(forged.status, 410);
    assert!(!forged.text().contains(&kept.code));
    let mine = desk.get("/deposer/confirmation").await;
    assert!(mine.text().contains(&kept.code), "who sent it reads it");
    assert_eq!(
        stranger.get("/deposer").await.status,
        200,
        "another can be begun"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_over_forged_or_cut_says_so_with_a_way_out() {
    let app = TestApp::spawn_at(TODAY).await;
    let desk = app.browser();
    fill_in(&desk, &COMPLAINT[..2]).await;
    let link = ask(&app, &desk, "jeanne@example.org").await;
    let cut = link.get(..link.len() - 3).unwrap();
    for bad in [cut, "/deposer/reprise/abc", "/deposer/reprise/%C3%A9"] {
        let page = app.browser().get(bad).await;
        assert_eq!(page.status, 410, "{bad}");
        assert_eq!(page.texts("h1"), ["Ce lien ne fonctionne pas"]);
        assert_eq!(page.attribute(".actions a", "href").unwrap(), "/deposer");
    }
    let phone = app.browser();
    let open = phone.get(&link).await;
    // The whole last day, and no more.
    app.state
        .clock
        .advance(TimeDelta::days(7) + TimeDelta::hours(13));
    assert_eq!(phone.get(&link).await.status, 200);
    app.state.clock.advance(TimeDelta::hours(1));
    let csrf = open.value("csrf");
    for page in [
        phone.get(&link).await,
        phone.post(&link, &[("csrf", &csrf)]).await,
    ] {
        assert_eq!(page.status, 410);
        assert_eq!(page.texts("h1"), ["Ce lien n’est plus valable"]);
        assert!(page.cookie("brouillon").is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_few_and_an_address_must_be_one() {
    let app = TestApp::spawn_with(TODAY, &["--links-per-hour", "2"]).await;
    let desk = app.browser();
    let none = desk.get("/deposer/reprise").await;
    assert_eq!(none.location(), "/deposer?avis=ordre");
    fill_in(&desk, &COMPLAINT[..2]).await;
    let wrong = desk.fill("/deposer/reprise", &[("email", "jeanne@")]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.value("email"), "jeanne@");
    assert_eq!(wrong.texts("#email-erreur").len(), 1);
    for _ in 0..2 {
        ask(&app, &desk, "jeanne@example.org").await;
    }
    let page = desk
        .fill("/deposer/reprise", &[("email", "jeanne@example.org")])
        .await;
    assert_eq!(page.status, 429);
    assert!(page.headers.contains_key("retry-after"));
    assert!(page.text().contains("Votre brouillon est conservé"));
    let mails = app.database.rows("SELECT 1 FROM outbox").await;
    assert_eq!(mails.len(), 2);
    app.state.clock.advance(TimeDelta::minutes(61));
    ask(&app, &desk, "jeanne@example.org").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_tells_the_last_day_whatever_the_setting() {
    let app = TestApp::spawn_with(TODAY, &["--draft-days", "3"]).await;
    let browser = app.browser();
    let first = browser.get("/deposer").await.text();
    assert!(
        first.contains("pendant 3 jours après chaque enregistrement"),
        "{first}"
    );
    fill_in(&browser, &COMPLAINT).await;
    for address in ["/deposer", "/deposer/faits", "/deposer/verification"] {
        let page = browser.get(address).await;
        assert_eq!(
            page.texts(".draft"),
            ["Brouillon – pas encore envoyé Gardé jusqu’au dimanche 3 mai 2026 inclus."],
            "{address}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_says_that_an_email_left_when_none_can() {
    // No relay: an e-mail is written to a file, and nothing was handed over.
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..2]).await;
    ask(&app, &browser, "jeanne@example.org").await;
    let asked = browser.get("/deposer/reprise?avis=lien").await.text();
    file(&browser, &COMPLAINT).await;
    let confirmation = browser.get("/deposer/confirmation").await.text();
    for page in [asked, confirmation] {
        assert!(page.contains("est préparé pour"), "{page}");
        assert!(!page.contains("Un courriel part à"), "{page}");
    }
}
