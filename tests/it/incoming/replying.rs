//! A reply joins the thread of its case only with our token, from the address of the case.

use reclamations::case::Nature;
use reclamations::case::incoming::State;

use crate::incoming::writing::{mail, with_pieces};
use crate::support::app::TestApp;
use crate::support::cases::By;
use crate::support::samples;

const AT: &str = "2026-05-04T08:00:00Z";

impl TestApp {
    /// The header by which a reply names the last e-mail we wrote about a case.
    async fn token(&self) -> String {
        let row = self
            .database
            .row("SELECT message_id FROM outbox ORDER BY id DESC")
            .await;
        format!(
            "References: <x@example.org>\nIn-Reply-To: <{}>\n",
            row.get::<_, String>(0)
        )
    }

    async fn reason(&self) -> Option<String> {
        let row = self
            .database
            .row("SELECT reason FROM incoming_mails ORDER BY id DESC")
            .await;
        row.get(0)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_from_the_address_of_the_case_is_its_persons_message() {
    let app = TestApp::spawn_at(AT).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let token = app.token().await;
    let before = app.snapshot(&reference).await;
    let raw = with_pieces(
        "J <JEANNE@example.org>",
        &token,
        "Voici la pièce.\n\nLe lun. 4 mai 2026, Asekkey a écrit :\n> Bonjour,\n> merci.",
        &[("application/pdf", "releve.pdf", &samples::pdf(2_000))],
    );
    assert_eq!(app.receives(&raw, None).await, Some(State::Filed));
    let added = [
        "+ messages",
        "+ incoming_mails",
        "+ incoming_pieces",
        "+ case_files",
        "+ uploads",
        "+ incoming_leads",
    ];
    let changed = [&added[..], &["cases.person_wrote_at"]].concat();
    app.assert_changed(&before, &["message.received", "file.added"], &changed)
        .await;
    let row = app.database.row("SELECT kind, body FROM messages").await;
    assert_eq!(row.get::<_, String>(0), "from_person");
    assert_eq!(row.get::<_, String>(1), "Voici la pièce.");
    // Once, however it comes.
    let before = app.snapshot(&reference).await;
    assert_eq!(app.receives(&raw, None).await, None);
    app.assert_changed(&before, &[], &[]).await;
    assert_eq!(
        app.count("outbox").await,
        1,
        "nobody is answered by a machine"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_else_names_a_case_is_a_hint_for_staff() {
    let app = TestApp::spawn_at(AT).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let token = app.token().await;
    let before = app.snapshot(&reference).await;
    let named = format!("Subject: Re: votre dossier {reference}\n");
    for (from, headers, reason) in [
        ("mari@example.org", token.as_str(), "other_sender"),
        (
            "jeanne@example.org",
            "Subject: Bonjour\n",
            "sender_has_cases",
        ),
        ("jeanne@example.org", named.as_str(), "sender_has_cases"),
        ("fraude@example.net", named.as_str(), "reference_named"),
    ] {
        let raw = mail(from, headers, "Changez le RIB, merci.");
        assert_eq!(
            app.receives(&raw, None).await,
            Some(State::Held),
            "{reason}"
        );
        assert_eq!(app.reason().await.as_deref(), Some(reason));
    }
    app.assert_changed(&before, &[], &["+ incoming_leads"])
        .await;
    assert_eq!(
        (app.count("cases").await, app.count("outbox").await),
        (1, 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_answers_for_the_person_is_set_aside() {
    let app = TestApp::spawn_at(AT).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let headers = format!("{}Auto-Submitted: auto-replied\n", app.token().await);
    let before = app.snapshot(&reference).await;
    let raw = mail("jeanne@example.org", &headers, "Je suis absente.");
    assert_eq!(app.receives(&raw, None).await, Some(State::SetAside));
    let changed = ["+ incoming_leads", "+ incoming_mails"];
    app.assert_changed(&before, &[], &changed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn once_its_cases_are_over_a_person_opens_another() {
    let app = TestApp::spawn_at(AT).await;
    app.case(Nature::Complaint, By::Email).await;
    app.database
        .run("UPDATE cases SET status = 'withdrawn', closed_on = '2026-05-04'")
        .await;
    let raw = mail(
        "jeanne@example.org",
        "Subject: Autre chose\n",
        "Une autre affaire.",
    );
    assert_eq!(app.receives(&raw, None).await, Some(State::Filed));
    assert_eq!(app.count("cases").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_its_new_words_and_a_first_e_mail_is_whole() {
    let app = TestApp::spawn_at(AT).await;
    app.case(Nature::Complaint, By::Email).await;
    let quoted = "De : Asekkey <contact@asekkey.fr>\nEnvoyé : lundi 4 mai 2026 09:00\n\
                  À : Jeanne\nObjet : Accusé de réception\n\nBonjour,";
    let text = format!("Oui.\n\n________________________________\n{quoted}");
    let raw = mail("jeanne@example.org", &app.token().await, &text);
    assert_eq!(app.receives(&raw, None).await, Some(State::Filed));
    let kept = "SELECT m.body, i.body, encode(c.bytes, 'escape') FROM messages m, incoming_mails i
                JOIN file_chunks c USING (upload)";
    let row = app.database.row(kept).await;
    assert_eq!(row.get::<_, String>(0), "Oui.");
    // Staff read the whole of it on its page, and the e-mail is kept as it came.
    assert_eq!(row.get::<_, String>(1), text);
    assert!(row.get::<_, String>(2).contains("Bonjour,"));

    let first = mail("paul@example.org", "Subject: Contrat\n", &text);
    assert_eq!(app.receives(&first, None).await, Some(State::Filed));
    let row = app
        .database
        .row("SELECT facts FROM filings ORDER BY case_id DESC")
        .await;
    assert_eq!(row.get::<_, String>(0), format!("Contrat\n\n{text}"));
}
