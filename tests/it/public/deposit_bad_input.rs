//! What goes wrong in the form gets a clear French page, and nothing typed is lost.

use chrono::TimeDelta;

use crate::support::app::TestApp;
use crate::support::browser::Page;
use crate::support::filing::{COMPLAINT, CONTACT, fill_in, receipt};

const TODAY: &str = "2026-04-30T08:00:00Z";

/// A refused step: its title says so, the summary has the focus and leads to the field, which
/// tells the same.
fn assert_refused(page: &Page, field: &str, message: &str) {
    assert_eq!(page.status, 422, "{}", page.text());
    let title = page.texts("title").concat();
    assert!(title.starts_with("Erreur : "), "{title}");
    assert_eq!(page.attribute(".error-summary", "tabindex").unwrap(), "-1");
    assert!(page.attribute(".error-summary", "autofocus").is_some());
    let link = format!(".error-summary a[href='#{field}']");
    assert_eq!(page.texts(&link), [message]);
    assert_eq!(page.texts(&format!("#{field}-erreur")), [message]);
    assert!(
        page.attribute(&format!("#{field}"), "name").is_some(),
        "{field} can be reached"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn too_long_a_text_stays_in_the_form() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..2]).await;
    let long = "é".repeat(5_001);
    let page = browser.fill("/deposer/faits", &[("facts", &long)]).await;
    assert_refused(
        &page,
        "facts",
        "Raccourcissez ce texte de 1 caractère : il en compte 5 001, nous pouvons en recevoir \
         5 000. Rien n’est perdu, il reste dans le formulaire.",
    );
    assert_eq!(page.texts("textarea")[0], long);
    // Line ends count once, as in the database.
    let just_right = format!("{}\r\n{}", "a".repeat(2_500), "b".repeat(2_499));
    let page = browser
        .fill("/deposer/faits", &[("facts", &just_right)])
        .await;
    assert_eq!(page.location(), "/deposer/pieces");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_must_be_reachable_by_email_or_by_post() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..3]).await;
    let contact = |email, post| {
        [
            CONTACT[0],
            CONTACT[1],
            ("email", email),
            ("postal_address", post),
        ]
    };
    let neither = browser
        .fill("/deposer/coordonnees", &contact(" ", ""))
        .await;
    assert_refused(
        &neither,
        "email",
        "Indiquez une adresse e-mail ou une adresse postale, pour que nous puissions vous répondre.",
    );
    assert_eq!(neither.value("first_name"), "Jeanne");
    let wrong = browser
        .fill("/deposer/coordonnees", &contact("jeanne@", ""))
        .await;
    assert_refused(
        &wrong,
        "email",
        "Indiquez une adresse e-mail complète, par exemple nom@exemple.fr.",
    );
    assert_eq!(wrong.value("email"), "jeanne@");
    assert_eq!(wrong.attribute("#email", "type").unwrap(), "text");
    assert_eq!(wrong.attribute("#email", "inputmode").unwrap(), "email");
    let by_post = contact("", "3 rue des Lilas\r\n69003 Lyon");
    for reachable in [by_post, contact("rené@exemple.fr", "")] {
        let page = browser.fill("/deposer/coordonnees", &reachable).await;
        assert_eq!(page.location(), "/deposer/verification");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn control_characters_and_dates_to_come_are_refused_at_their_field() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..1]).await;
    let earlier = |on| {
        [
            ("wrote_before", "yes"),
            ("wrote_to", "Mon courtier"),
            ("wrote_on", on),
        ]
    };
    let situation = [COMPLAINT[1].1, &earlier("01/05/2026")].concat();
    let page = browser.fill("/deposer/situation", &situation).await;
    assert_refused(
        &page,
        "wrote_on",
        "Indiquez une date passée ou celle d’aujourd’hui : cette date est dans le futur.",
    );
    assert_eq!(page.value("wrote_on"), "01/05/2026");
    assert_eq!(page.value("intermediary"), "Cabinet Delorme & Fils");
    let situation = [COMPLAINT[1].1, &earlier("31/02/2026")].concat();
    let page = browser.fill("/deposer/situation", &situation).await;
    assert_refused(
        &page,
        "wrote_on",
        "Indiquez la date sous la forme jour/mois/année, par exemple 02/04/2026, ou laissez ce \
         champ vide.",
    );

    fill_in(&browser, &COMPLAINT[1..2]).await;
    for typed in ["Bon\0jour", "Bon\u{1b}jour"] {
        let page = browser.fill("/deposer/faits", &[("facts", typed)]).await;
        assert_refused(
            &page,
            "facts",
            "Retapez ce passage : un caractère invisible, qui ne peut pas être enregistré, se \
             trouve en position 4.",
        );
        assert!(page.texts("textarea")[0].contains("jour"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_out_of_order_lead_to_the_first_that_is_missing() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    for address in [
        "/deposer/faits",
        "/deposer/coordonnees",
        "/deposer/verification",
    ] {
        assert_eq!(
            browser.get(address).await.location(),
            "/deposer?avis=ordre",
            "{address}"
        );
    }
    fill_in(&browser, &COMPLAINT[..1]).await;
    for address in ["/deposer/faits", "/deposer/verification"] {
        let led = browser.get(address).await;
        assert_eq!(led.location(), "/deposer/situation?avis=ordre", "{address}");
        let step = browser.get(led.location()).await;
        assert!(step.text().contains("Complétez d’abord cette étape"));
    }
    let csrf = browser.get("/deposer").await.value("csrf");
    let unfinished = browser
        .post("/deposer/verification", &[("csrf", &csrf)])
        .await;
    assert_eq!(unfinished.location(), "/deposer/situation?avis=ordre");
    assert_eq!(browser.get("/deposer/inconnue").await.status, 404);
    assert_eq!(browser.get("/deposer/intention").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_is_gone_says_so_and_what_is_posted_begins_another() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..2]).await;
    let facts = browser.get("/deposer/faits").await;
    app.state.clock.advance(TimeDelta::days(8));
    let gone = browser.get("/deposer/faits").await;
    assert_eq!(gone.status, 410);
    assert!(
        gone.text()
            .contains("Votre brouillon n’est plus disponible")
    );
    assert_eq!(gone.attribute(".actions a", "href").unwrap(), "/deposer");
    let again = browser.get("/deposer").await;
    assert!(again.text().contains("Vous pouvez recommencer ici"));

    // The page that was open all the time is not lost.
    let (csrf, shown_for) = (facts.value("csrf"), facts.value("shown_for"));
    let typed = [
        ("csrf", &*csrf),
        ("shown_for", &*shown_for),
        ("facts", "Écrit longuement"),
    ];
    let kept = browser.post("/deposer/faits", &typed).await;
    assert_eq!(kept.location(), "/deposer/situation?avis=garde");
    fill_in(&browser, &COMPLAINT[1..2]).await;
    let facts = browser.get("/deposer/faits").await;
    assert_eq!(facts.texts("textarea")[0], "Écrit longuement");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_form_is_refused_and_a_huge_one_too() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    let forged = browser
        .post("/deposer", &[("intent", "complaint"), ("csrf", "AAAA")])
        .await;
    assert_eq!(forged.status, 400);
    assert!(forged.text().contains("Ce formulaire n’a pas pu être reçu"));
    let csrf = browser.get("/deposer").await.value("csrf");
    let fields = [("intent", "complaint"), ("csrf", csrf.as_str())];
    let elsewhere = browser
        .post_from("https://example.org", "/deposer", &fields)
        .await;
    assert_eq!(elsewhere.status, 400);
    let huge = "a".repeat(10_000_000);
    let page = browser
        .post("/deposer", &[("csrf", &csrf), ("facts", &huge)])
        .await;
    assert_eq!(page.status, 413);
    assert!(page.text().contains("Votre envoi est trop volumineux"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_a_robot_is_asked_once_more_and_never_refused() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT).await;
    app.state.clock.advance(TimeDelta::minutes(4));
    let caught = browser
        .fill("/deposer/verification", &[("site_web", "http://x")])
        .await;
    assert_eq!(caught.status, 200);
    assert_eq!(caught.texts("button"), ["Confirmer l’envoi"]);
    let csrf = caught.value("csrf");
    let confirmed = [
        ("csrf", csrf.as_str()),
        ("confirmed", caught.value("confirmed").leak()),
    ];
    browser
        .post("/deposer/verification", &confirmed)
        .await
        .location();
    receipt(&browser.get("/deposer/confirmation").await);

    let hasty = app.browser();
    fill_in(&hasty, &COMPLAINT).await;
    let asked = hasty.fill("/deposer/verification", &[]).await;
    assert_eq!(asked.texts("h1"), ["Confirmez votre envoi"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_filings_keep_the_draft_and_show_other_ways() {
    let app = TestApp::spawn_with(TODAY, &["--filings-per-hour", "1"]).await;
    let browser = app.browser();
    crate::support::filing::file(&browser, &COMPLAINT).await;
    fill_in(&browser, &COMPLAINT).await;
    app.state.clock.advance(TimeDelta::minutes(4));
    let many = browser.fill("/deposer/verification", &[]).await;
    assert_eq!(many.status, 429);
    assert_eq!(many.headers["retry-after"], "3360");
    let text = many.text();
    for words in ["dans 56 minutes", "Réclamation@asekkey.fr", "75008 Paris"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    app.state.clock.advance(TimeDelta::hours(1));
    let sent = browser.fill("/deposer/verification", &[]).await;
    assert_eq!(sent.location(), "/deposer/confirmation");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nul_or_a_flood_in_a_field_that_does_not_apply_stops_nobody() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..1]).await;
    let flood = "x".repeat(200_000);
    let situation = [
        ("capacity", "client"),
        ("is_professional", "no"),
        ("subscription_path", "direct"),
        ("wrote_before", "\0"),
        ("represented", "a\0b"),
        ("intermediary", flood.as_str()),
    ];
    let saved = browser.fill("/deposer/situation", &situation).await;
    saved.location();
    let again = browser.get("/deposer/situation").await;
    assert_eq!(again.value("represented"), "ab");
    assert_eq!(again.value("intermediary").len(), 10_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_drafts_keep_what_was_typed_in_the_page() {
    let app = TestApp::spawn_with(TODAY, &["--drafts-per-hour", "1"]).await;
    fill_in(&app.browser(), &COMPLAINT[..1]).await;
    let page = app
        .browser()
        .fill("/deposer", &[("intent", "complaint")])
        .await;
    assert_eq!(page.status, 429);
    assert_eq!(
        page.attribute("input[checked]", "value").unwrap(),
        "complaint"
    );
}
