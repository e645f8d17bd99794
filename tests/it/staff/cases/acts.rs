//! Every act on a case, once done and once refused.

use std::time::Duration;

use reclamations::case::Nature;
use reclamations::db::Pool;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::database::TestDatabase;

const AT: &str = "2026-04-30T08:00:00Z";

/// The site, someone who works, and a complaint that can be answered by post only.
async fn desk(role: Role) -> (TestApp, Browser, String) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", role).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    (app, browser, reference)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_taken_and_given() {
    let (app, browser, reference) = desk(Role::Supervisor).await;
    let taken = browser.act(&reference, "prise-en-charge", &[]).await;
    let page = browser.get(taken.location()).await;
    assert!(page.text().contains("Vous avez pris ce dossier en charge"));
    assert!(page.text().contains("Gestionnaire : Claire Morvan"));

    let other = app.browser();
    app.colleague(&other, "Idriss Benali", Role::Handler).await;
    let page = browser
        .get(&format!("/gestion/dossiers/{reference}/affectation"))
        .await;
    let idriss = page
        .texts("#gestionnaire option")
        .iter()
        .position(|name| name == "Idriss Benali");
    assert!(idriss.is_some());
    let choices = format!("#gestionnaire option:nth-child({})", idriss.unwrap() + 1);
    let id = page.attribute(&choices, "value").unwrap();
    let given = browser
        .act(&reference, "affectation", &[("gestionnaire", &id)])
        .await;
    assert!(given.location().ends_with("?fait=affectation"));
    let text = other.case(&reference).await.text();
    assert!(text.contains("Gestionnaire : Idriss Benali"));
    assert!(text.contains("Dossier attribué à Idriss Benali (Claire Morvan)"));

    // A handler takes, but gives to nobody; nor is a case given to nobody.
    let path = format!("/gestion/dossiers/{reference}/affectation");
    assert_eq!(other.post(&path, &[]).await.status, 403);
    for nobody in ["", "999", "x"] {
        let page = browser
            .act(&reference, "affectation", &[("gestionnaire", nobody)])
            .await;
        assert_eq!(page.status, 422, "{nobody}");
        assert!(page.text().contains("Choisissez qui traitera le dossier."));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_stays_between_us() {
    let (app, browser, reference) = desk(Role::Handler).await;
    let before = app.snapshot(&reference).await;
    let done = browser
        .act(
            &reference,
            "note",
            &[("note", "J’ai appelé\r\nle cabinet.")],
        )
        .await;
    let page = browser.get(done.location()).await;
    let notes = page.texts(".message.note");
    assert_eq!(notes.len(), 1);
    assert!(notes.concat().contains("Note interne Claire Morvan"));
    assert!(notes.concat().contains("J’ai appelé le cabinet."));
    assert!(page.text().contains("Note interne ajoutée (Claire Morvan)"));
    app.assert_changed(&before, &["note.written"], &["+ notes"])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_cannot_be_kept_comes_back_in_its_form() {
    let (_app, browser, reference) = desk(Role::Handler).await;
    let long = "é".repeat(10_001);
    for (part, field, typed, message) in [
        ("note", "note", " ", "Écrivez la note."),
        ("note", "note", long.as_str(), "Raccourcissez la note"),
        (
            "note",
            "note",
            "a\0b",
            "caractère invisible en position\u{a0}2",
        ),
        ("message", "message", "", "Écrivez le message."),
        (
            "message",
            "message",
            long.as_str(),
            "Raccourcissez le message",
        ),
        ("message", "message", "\u{1b}[0m", "caractère invisible"),
    ] {
        let page = browser.act(&reference, part, &[(field, typed)]).await;
        assert_eq!(page.status, 422, "{part} {message}");
        let errors = page.texts(&format!("#{field}-erreur")).concat();
        assert!(
            errors
                .replace('\u{a0}', " ")
                .contains(&message.replace('\u{a0}', " ")),
            "{message}: {errors}"
        );
        let kept = page.texts(&format!("textarea#{field}")).concat();
        let wanted: Vec<&str> = typed.split_whitespace().collect();
        if !typed.contains('\0') {
            assert_eq!(kept, wanted.join(" "));
        }
        assert!(page.texts("title").concat().starts_with("Erreur"));
    }
    assert!(
        browser
            .case(&reference)
            .await
            .texts(".message.note")
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_goes_by_post_without_an_email_address() {
    let (_app, browser, reference) = desk(Role::Handler).await;
    let done = browser
        .act(&reference, "message", &[("message", "Quelle date ?")])
        .await;
    let page = browser.get(done.location()).await;
    assert!(page.text().contains("ce texte part par courrier"));
    let task = page.texts(".task").concat();
    assert!(task.contains("Message à la personne"), "{task}");

    let posted = [("lettre", "message"), ("date", "30/04/2026")];
    let done = browser.act(&reference, "courrier", &posted).await;
    let page = browser.get(done.location()).await;
    assert!(page.texts(".task").is_empty(), "{:?}", page.texts(".task"));
    let again = browser.act(&reference, "courrier", &posted).await;
    assert_eq!(again.status, 409);
    assert!(again.text().contains("Aucun courrier à noter"));
    assert_eq!(
        browser
            .act(&reference, "courrier", &[("lettre", "x")])
            .await
            .status,
        400
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_by_post_stops_its_clock_on_its_day() {
    let (_app, browser, reference) = desk(Role::Handler).await;
    for (typed, message) in [
        ("", "Indiquez le jour de l’envoi"),
        ("hier", "Indiquez le jour de l’envoi"),
        ("01/05/2026", "Indiquez une date comprise"),
        ("2026-04-29", "Indiquez une date comprise"),
    ] {
        let page = browser
            .act(&reference, "accuse-par-courrier", &[("date", typed)])
            .await;
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.text().contains(message), "{typed}: {}", page.text());
        assert_eq!(page.value("date"), typed);
    }
    let done = browser
        .act(&reference, "accuse-par-courrier", &[("date", "2026-04-30")])
        .await;
    let page = browser.get(done.location()).await;
    let clock = page.texts(".clock:first-child").concat();
    assert!(
        clock
            .replace('\u{a0}', " ")
            .contains("tenu le 30 avril 2026")
    );
    assert!(page.text().contains("Accusé remis, réponse à rédiger"));

    let again = browser
        .act(&reference, "accuse-par-courrier", &[("date", "30/04/2026")])
        .await;
    assert_eq!(again.status, 409);
    assert!(
        again
            .text()
            .contains("L’accusé de réception est déjà remis")
    );
    assert_eq!(again.value("date"), "30/04/2026");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_case_is_not_closed() {
    let (_app, browser, reference) = desk(Role::Handler).await;
    let refused = browser.act(&reference, "cloture", &[]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("Cet acte n’est plus possible"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_answered_by_a_message() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::InformationRequest, By::Post).await;
    let fields = [("role", "reponse"), ("message", " ")];
    let empty = browser.act(&reference, "message", &fields).await;
    assert_eq!(empty.status, 422);
    assert_eq!(empty.texts("#message-erreur"), ["Écrivez le message."]);
    assert_eq!(empty.texts("label[for=message]"), ["Votre réponse"]);

    let fields = [("role", "reponse"), ("message", "Une copie suffit.")];
    let done = browser.act(&reference, "message", &fields).await;
    let page = browser.get(done.location()).await;
    assert!(
        page.texts(".next")
            .concat()
            .contains("La réponse part par courrier")
    );
    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    let done = browser.act(&reference, "courrier", &posted).await;
    let page = browser.get(done.location()).await;
    assert!(page.text().contains("Répondue, à clôturer"));
    let closed = browser.act(&reference, "cloture", &[]).await;
    assert!(
        browser
            .get(closed.location())
            .await
            .text()
            .contains("Close")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_its_token_does_nothing() {
    let (_app, browser, reference) = desk(Role::Handler).await;
    let path = format!("/gestion/dossiers/{reference}/note");
    let page = browser
        .post(&path, &[("version", "1"), ("note", "x")])
        .await;
    assert_eq!(page.status, 400);
    let page = browser.act(&reference, "note", &[("version", "x")]).await;
    assert!([400, 422].contains(&page.status.as_u16()));
    assert!(
        browser
            .case(&reference)
            .await
            .texts(".message.note")
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_the_text_comes_back_and_can_be_sent_again() {
    let database = TestDatabase::new().await;
    let pool = Pool::new(&database.url().await, 1, Duration::from_secs(1)).unwrap();
    let app = TestApp::spawn_on(database, pool, AT, &[]);
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let shown = browser.shown(&reference).await;
    let taken = app.state.pool.get().await.unwrap();
    let typed = "Une longue note\n<b>rédigée</b> avec soin.";
    let away = browser
        .act_on(&shown, &reference, "note", &[("note", typed)])
        .await;
    assert_eq!(away.status, 503);
    assert!(away.headers.contains_key("retry-after"));
    assert_eq!(
        away.texts("textarea#note"),
        ["Une longue note <b>rédigée</b> avec soin."]
    );
    let action = away.attribute("main form", "action").unwrap();
    drop(taken);

    let (csrf, version) = (away.value("csrf"), away.value("version"));
    let again = [("csrf", &*csrf), ("version", &version), ("note", typed)];
    let done = browser.post(&action, &again).await;
    let page = browser.get(done.location()).await;
    assert_eq!(page.texts(".message.note").len(), 1);
}
