//! A complaint sent by e-mail: a case, acknowledged, answered, and the person's reply in its thread.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use chrono::TimeDelta;

use crate::story::{FILED_AT, act, journal_is_whole, wait_until_answered};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::dovecot::Dovecot;
use crate::support::pdf;
use crate::support::smtp::SmtpServer;

/// Sends an e-mail with curl, as a real client does.
fn send(server: &SmtpServer, raw: &str) {
    let mut curl = Command::new("curl")
        .args([
            "--silent",
            "--show-error",
            "--max-time",
            "20",
            "--upload-file",
            "-",
        ])
        .args([
            "--mail-from",
            "jeanne@example.org",
            "--mail-rcpt",
            "contact@asekkey.fr",
        ])
        .arg(server.url())
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{error}: is curl installed? .ci/setup does it"))
        .unwrap();
    let lines = raw.replace('\n', "\r\n");
    curl.stdin
        .take()
        .unwrap()
        .write_all(lines.as_bytes())
        .unwrap();
    assert!(curl.wait().unwrap().success());
}

const COMPLAINT: &str = "From: Jeanne Lefèvre <jeanne@example.org>\nTo: contact@asekkey.fr\n\
    Subject: Résiliation\nDate: Tue, 28 Apr 2026 09:00:00 +0200\nMessage-ID: <plainte@example.org>\n\
    MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\
    Ma demande de résiliation du 2 mars est sans réponse.\n";

/// What the person writes below our answer, whose Message-ID this is.
fn reply(id: &str) -> String {
    format!(
        "From: jeanne@example.org\nSubject: Re: votre réponse\nIn-Reply-To: {id}\n\
         Content-Type: text/plain; charset=utf-8\n\nMerci, tout est réglé.\n\n\
         Le 30 avril, Asekkey a écrit :\n> Bonjour\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_by_e_mail_is_acknowledged_answered_and_replied_to_in_one_thread() {
    let mailbox = Dovecot::start().await;
    let ours = SmtpServer::start_into(&mailbox.maildir("INBOX")).await;
    let theirs = SmtpServer::start().await;
    let flags = ["--relay", &theirs.url(), "--mailbox", &mailbox.url()];
    let app = TestApp::spawn_with(FILED_AT, &flags).await;
    let background = app.start_background();

    send(&ours, COMPLAINT);
    let reference = acknowledged(&app, &theirs).await;
    let who = app.first_administrator(&app.browser()).await;
    let staff = app.browser();
    app.sign_in(&staff, &who).await;
    let case = format!("/gestion/dossiers/{reference}");
    let page = staff.get(&case).await;
    for told in [
        "sans réponse",
        "Dossier ouvert d’après un courriel",
        "28 juin 2026",
    ] {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }

    app.confirm_address(&reference).await;
    let (id, letter) = answered(&app, &staff, &theirs, &case).await;
    is_on_the_page(&app, &reference, &letter).await;
    send(&ours, &reply(&id));
    let joined = "SELECT count(*) = 1 FROM messages WHERE kind = 'from_person'";
    app.until(joined, Duration::from_secs(20)).await;
    let page = staff.get(&case).await;
    // It contests nothing by itself.
    for told in ["Merci, tout est réglé.", "Répondue"] {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }
    background.finish().await;
    app.state.clock.advance(TimeDelta::days(1));
    journal_is_whole(&app).await;
}

/// Waits for the acknowledgement, which tells nothing of what was written; the reference of the case.
async fn acknowledged(app: &TestApp, theirs: &SmtpServer) -> String {
    let mail = theirs.wait_for(1).await.remove(0);
    let subject = mail.subject();
    assert!(subject.starts_with("Accusé de réception"), "{subject}");
    assert!(!mail.body.contains("résiliation du 2 mars"));
    let status = "SELECT count(*) = 1 FROM cases WHERE status = 'acknowledged'";
    app.until(status, Duration::from_secs(20)).await;
    subject.rsplit(' ').next().unwrap().to_owned()
}

/// The person finds the letter of the answer on the page of their case, as it came: tagged and whole.
async fn is_on_the_page(app: &TestApp, reference: &str, letter: &[u8]) {
    let person = app.person(reference).await;
    let page = person.get("/suivi/dossier").await;
    let names = page.texts(".files .name");
    let links = page.attributes(".files a.name", "href");
    let mut listed = names.iter().zip(&links);
    let (_, link) = listed.find(|(name, _)| name.contains("Réponse")).unwrap();
    assert_eq!(person.download(link).await.1, letter);
    pdf::assert_sound(letter);
    let said = pdf::flat(letter);
    for part in [
        "Jeanne Lefèvre",
        "La résiliation est sans réponse.",
        "Votre lettre du 2 mars nous est bien parvenue.",
        "La Médiation de l’Assurance",
        reference,
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let tags = pdf::tags(letter);
    for tag in ["Document", "H1 ", "H2 ", "P (block)"] {
        assert!(tags.contains(tag), "{tag} in {tags}");
    }
}

/// Answers the case; the Message-ID of the e-mail that carries the answer, and the letter in it.
async fn answered(
    app: &TestApp,
    staff: &Browser,
    theirs: &SmtpServer,
    case: &str,
) -> (String, Vec<u8>) {
    act(staff, case, "prise-en-charge", &[]).await;
    let fields = [
        ("introduction", ""),
        ("grief-1", "La résiliation est sans réponse."),
        ("position-1", "accepted"),
        ("motifs-1", "Votre lettre du 2 mars nous est bien parvenue."),
        ("issue", "upheld"),
        ("faire", "envoyer"),
    ];
    let reference = case.rsplit('/').next().unwrap();
    staff.act(reference, "reponse", &fields).await.location();
    app.state.clock.advance(TimeDelta::seconds(61));
    wait_until_answered(app, staff, case).await;
    let mut mails = theirs.received().into_iter();
    let answer = mails.find(|mail| mail.subject().starts_with("Réponse"));
    let answer = answer.unwrap();
    assert!(answer.body.contains("Cette lettre est jointe en PDF"));
    let (name, letter) = answer.enclosed.clone().unwrap();
    assert!(name.starts_with("Réponse à votre réclamation"), "{name}");
    (answer.header("Message-ID").unwrap().to_owned(), letter)
}
