//! Letters and e-mails: the clocks run from the day they were written.

use crate::staff::entry::{FORM, LETTER, desk, journal, reference, with};
use crate::support::app::TestApp;
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;
use reclamations::staff::Role;

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_shows_the_dates_of_its_postmark_before_it_is_registered() {
    let (app, browser) = desk().await;
    let shown = browser.type_in(LETTER, "dates").await;
    assert_eq!(shown.status, 200);
    let dates = shown
        .texts("#dates .when")
        .join(" | ")
        .replace('\u{a0}', " ");
    for told in ["mardi 12 mai 2026", "dimanche 28 juin 2026"] {
        assert!(dates.contains(told), "{dates}");
    }
    assert_eq!(shown.value("last_name"), "Bérenger");

    let check = browser.to_check(LETTER).await;
    let page = browser.get(&check).await;
    let text = page.text().replace('\u{a0}', " ");
    for told in [
        "Réclamation, courrier",
        "Armand Bérenger",
        "mardi 28 avril 2026",
        "Ma résiliation n’a pas été traitée.",
        "L’accusé de réception est à envoyer par courrier",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(app.database.rows("SELECT FROM cases").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_letter_has_its_journal_and_its_page() {
    let (app, browser) = desk().await;
    let check = browser.to_check(LETTER).await;
    let registered = browser.register(&check, &[]).await;
    let reference = reference(&registered, "enregistrement");
    let lines = journal(&app, &reference).await;
    let kinds: Vec<&str> = lines.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(kinds, ["case.filed", "letter.asked"]);
    assert!(lines.iter().all(|(_, actor, _)| actor == "staff:1"));
    let facts = &lines.first().unwrap().2;
    for fact in [
        "channel=post",
        "received=2026-04-30",
        "written=2026-04-28",
        "answer_due=2026-06-28",
    ] {
        assert!(facts.contains(fact), "{facts}");
    }
    assert!(!facts.contains("Armand"));

    let case = browser.get(registered.location()).await;
    let text = case.text().replace('\u{a0}', " ");
    for told in [
        "Le dossier est enregistré.",
        "Canal : Courrier",
        "Premier écrit le 28 avril 2026",
        "Reçue le 30 avril 2026",
        "Dossier enregistré à la main",
        "L’accusé de réception doit partir par courrier",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_twice_makes_one_case() {
    let (app, browser) = desk().await;
    let check = browser.to_check(LETTER).await;
    let page = browser.get(&check).await;
    let (csrf, version) = (page.value("csrf"), page.value("version"));
    let hidden = [("csrf", &*csrf), ("version", &version)];
    let (first, second) =
        tokio::join!(browser.post(&check, &hidden), browser.post(&check, &hidden));
    let case = |page: &crate::support::browser::Page| {
        page.location()
            .split_once('?')
            .map(|(case, _)| case.to_owned())
    };
    assert_eq!(case(&first), case(&second));
    let again = browser.post(&check, &hidden).await;
    let reference = reference(&again, "deja-enregistre");
    assert_eq!(app.database.rows("SELECT FROM cases").await.len(), 1);
    let lines = journal(&app, &reference).await;
    assert_eq!(lines.len(), 2);
    // The form, sent again by the browser's own button, leads there too.
    let draft = check.strip_prefix(&format!("{FORM}/")).unwrap();
    let fields = with(LETTER, &[("brouillon", draft), ("csrf", &csrf)]);
    let sent = browser.post(FORM, &fields).await;
    assert!(sent.location().contains(&reference));
    let form = browser.get(&format!("{FORM}?brouillon={draft}")).await;
    assert!(form.location().contains(&reference));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_is_acknowledged_at_once_without_its_words() {
    let (app, browser) = desk().await;
    let email = with(
        LETTER,
        &[
            ("channel", "email"),
            ("nature", "open"),
            ("email", "armand@example.org"),
            ("postal_address", ""),
        ],
    );
    let check = browser.to_check(&email).await;
    assert!(
        browser
            .get(&check)
            .await
            .text()
            .contains("part aussitôt par courriel à armand@example.org")
    );
    let registered = browser.register(&check, &[]).await;
    let sent = app
        .database
        .rows("SELECT purpose, recipient, body FROM outbox")
        .await;
    assert_eq!(sent.len(), 1);
    let row = sent.first().unwrap();
    assert_eq!(row.get::<_, &str>(0), "acknowledgement");
    assert_eq!(row.get::<_, &str>(1), "armand@example.org");
    let body = row.get::<_, String>(2).replace('\u{a0}', " ");
    assert!(
        !body.contains("résiliation") && body.contains("28 avril 2026"),
        "{body}"
    );
    // Whoever wrote an e-mail has seen no code: the way to one is told instead.
    assert!(
        body.contains("/suivi/code-perdu") && !body.contains("page de confirmation"),
        "{body}"
    );
    let text = browser.get(registered.location()).await.text();
    assert!(text.contains("déclarée : non précisée"), "{text}");
    assert!(text.contains("Réponse motivée"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_by_letter_goes_to_the_customer_service() {
    let (app, browser) = desk().await;
    let request = with(LETTER, &[("nature", "information_request")]);
    let check = browser.to_check(&request).await;
    let registered = browser.register(&check, &[]).await;
    let text = browser.get(registered.location()).await.text();
    assert!(
        text.contains("Objectif interne") && !text.contains("Médiateur"),
        "{text}"
    );
    let sent = app.database.rows("SELECT purpose, body FROM outbox").await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent.first().unwrap().get::<_, &str>(0), "notice");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_on_arrival_is_said_before_and_after() {
    let (_app, browser) = desk().await;
    let late = with(
        LETTER,
        &[("written_on", "01/04/2026"), ("received_on", "29/04/2026")],
    );
    let check = browser.to_check(&late).await;
    for page in [
        browser.get(&check).await,
        browser
            .get(browser.register(&check, &[]).await.location())
            .await,
    ] {
        let text = page.texts(".callout.late").concat().replace('\u{a0}', " ");
        assert!(text.contains("L’accusé de réception était dû"), "{text}");
        assert!(text.contains("avant même l’arrivée"), "{text}");
        assert!(!text.contains("réponse motivée"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_cost_at_most_eight_statements() {
    let (counter, database) = (Counter::default(), TestDatabase::new().await);
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, super::AT, &[]);
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let check = browser.to_check(LETTER).await;
    for path in [FORM, &format!("{FORM}?canal=phone"), &check] {
        let _before = counter.take();
        assert_eq!(browser.get(path).await.status, 200);
        let n_statements = counter.take();
        assert!((1..=8).contains(&n_statements), "{path}: {n_statements}");
    }
}
