//! The person writes to us from their page.

use reclamations::case::Nature;

use crate::public::following::TODAY;
use crate::public::following::person::{CASE, Person, answer, complaint, count, journal};
use crate::support::app::TestApp;
use crate::support::cases::By;
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;

const HOW_MANY: &str = "SELECT count(*) FROM messages WHERE kind = 'from_person'";

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_kept_once_and_staff_are_told() {
    let (app, staff, person) = complaint().await;
    let form = person.page().await.value("envoi");
    let fields = [
        ("envoi", form.as_str()),
        ("message", "Voici le n° : 42.\r\nMerci !"),
    ];
    for _ in 0..10 {
        let sent = person.send("message", &fields).await;
        assert_eq!(sent.location(), "/suivi/dossier?fait=message");
    }
    assert_eq!(count(&app, HOW_MANY).await, 1);
    let page = person.browser.get("/suivi/dossier?fait=message").await;
    let told = page.texts(".callout[role=status]").concat();
    assert!(told.contains("Votre message est enregistré"), "{told}");
    assert_eq!(page.texts(".thread .text"), ["Voici le n° : 42. Merci !"]);
    assert_eq!(page.texts("textarea#message"), [""]);

    // Other words from the very same form, as after the browser's back button, are not lost.
    let other = [("envoi", form.as_str()), ("message", "Et le 43.")];
    person.send("message", &other).await.location();
    assert_eq!(count(&app, HOW_MANY).await, 2);

    let inbox = staff.get("/gestion").await;
    assert!(inbox.text().contains("Nouveau message"), "{}", inbox.text());
    let case = staff.case(&person.receipt.reference).await;
    let thread = case.texts(".thread").concat();
    assert!(thread.contains("Jeanne Lefèvre") && thread.contains("Et le 43."));
    assert!(
        case.text().contains("La personne a écrit"),
        "{}",
        case.text()
    );
    let kinds = journal(&app, &person).await;
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| *kind == "message.received")
            .count(),
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sendings_at_once_make_one_message() {
    let (app, _staff, person) = complaint().await;
    let page = person.page().await;
    let (csrf, form) = (page.value("csrf"), page.value("envoi"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("envoi", form.as_str()),
        ("message", "Une seule fois."),
    ];
    let path = format!("{CASE}/message");
    let post = || person.browser.post(&path, &fields);
    let (a, b, c, d) = tokio::join!(post(), post(), post(), post());
    for page in [a, b, c, d] {
        assert_eq!(page.location(), "/suivi/dossier?fait=message");
    }
    assert_eq!(count(&app, HOW_MANY).await, 1);
    journal(&app, &person).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_too_much_and_nonsense_are_refused_beside_the_box_and_nothing_is_lost() {
    let (app, _staff, person) = complaint().await;
    let long = "é".repeat(100_000);
    for (typed, told) in [
        ("", "Écrivez votre message, ou joignez d’abord une pièce."),
        (
            " \r\n\t ",
            "Écrivez votre message, ou joignez d’abord une pièce.",
        ),
        (long.as_str(), "Rien n’est perdu"),
        ("a\u{0}b", "un caractère invisible"),
    ] {
        let page = person.write(typed).await;
        assert_eq!(page.status, 422, "{}", page.text());
        let error = page.texts("#message-erreur").concat();
        assert!(error.contains(told), "{told}: {error}");
        assert_eq!(page.texts(".error-summary a").len(), 1);
        assert_eq!(
            page.attribute("textarea#message", "aria-invalid")
                .as_deref(),
            Some("true")
        );
        if typed == long {
            assert_eq!(page.texts("textarea#message"), [long.as_str()]);
        }
        assert!(page.texts("title").concat().starts_with("Erreur"));
    }
    assert_eq!(count(&app, HOW_MANY).await, 0);
    let exact = "a".repeat(5_000);
    person.write(&exact).await.location();
    assert_eq!(count(&app, HOW_MANY).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_who_decided_before_reading_it_are_told_first() {
    let (_app, staff, person) = complaint().await;
    let reference = &person.receipt.reference;
    let shown = staff.shown(reference).await;
    person
        .write("Attendez, j’ai retrouvé la lettre.")
        .await
        .location();
    let typed = [("message", "Nous vous répondons non.")];
    let late = staff.act_on(&shown, reference, "message", &typed).await;
    assert_eq!(late.status, 409);
    assert!(
        late.text().contains("j’ai retrouvé la lettre"),
        "{}",
        late.text()
    );
    assert_eq!(late.texts("textarea#message"), ["Nous vous répondons non."]);

    // And what staff do never stands in the person's way.
    let csrf = person.page().await;
    staff
        .act(reference, "note", &[("note", "Vu.")])
        .await
        .location();
    let (token, form) = (csrf.value("csrf"), csrf.value("envoi"));
    let fields = [
        ("csrf", token.as_str()),
        ("envoi", form.as_str()),
        ("message", "Et la preuve."),
    ];
    let sent = person.browser.post("/suivi/dossier/message", &fields).await;
    assert_eq!(sent.location(), "/suivi/dossier?fait=message");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_unanswered_until_staff_write_or_note_it_as_read() {
    let (_app, staff, person) = complaint().await;
    let reference = &person.receipt.reference;
    person.write("Avez-vous reçu ma lettre ?").await.location();
    let waits = || async {
        let listed = staff.get("/gestion?liste=messages").await.text();
        listed.contains(reference.as_str())
    };
    assert!(waits().await);
    staff
        .act(reference, "message", &[("message", "Oui.")])
        .await
        .location();
    assert!(!waits().await);
    person.write("Merci.").await.location();
    assert!(waits().await);
    let read = staff.act(reference, "lecture", &[]).await;
    assert!(read.location().ends_with("?fait=lecture"));
    assert!(!waits().await);
    let case = staff.case(reference).await.text();
    assert!(!case.contains("La personne a écrit"), "{case}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_case_still_takes_messages_and_stays_closed() {
    let (_app, staff, person) = complaint().await;
    let reference = &person.receipt.reference;
    answer(
        &staff,
        reference,
        "Votre lettre est bien arrivée à temps.",
        "30/04/2026",
    )
    .await;
    staff.act(reference, "cloture", &[]).await.location();
    let page = person.page().await;
    assert!(
        page.text().contains("sans qu’il rouvre le dossier"),
        "{}",
        page.text()
    );
    person.write("Merci à tous.").await.location();
    assert_eq!(
        person.page().await.texts("h1"),
        ["Votre réclamation est clôturée"]
    );
    let listed = staff.get("/gestion?liste=messages").await.text();
    assert!(listed.contains(reference.as_str()), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_and_its_acts_take_few_statements() {
    let database = TestDatabase::new().await;
    let counter = Counter::default();
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, TODAY, &[]);
    let person = Person::of_case(&app, Nature::Complaint, By::Post).await;
    person.write("Un message.").await.location();
    counter.take();
    person.page().await;
    let n = counter.take();
    assert!(n <= 8, "{n} statements");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_cannot_write() {
    let (app, _staff, person) = complaint().await;
    let stranger = app.browser();
    let csrf = stranger.get("/suivi").await.value("csrf");
    let fields = [("csrf", csrf.as_str()), ("message", "Bonjour")];
    let asked = stranger.post("/suivi/dossier/message", &fields).await;
    assert_eq!(asked.status, 403, "asks for the reference and the code");
    let forged = person
        .browser
        .post("/suivi/dossier/message", &[("message", "x")])
        .await;
    assert_eq!(forged.status, 400, "no token");
    assert_eq!(count(&app, HOW_MANY).await, 0);
}
