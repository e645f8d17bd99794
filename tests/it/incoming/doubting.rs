//! What says to be a machine's and may not be: staff see it, and nothing moves by it.

use reclamations::case::incoming::State;

use crate::incoming::bouncing::{acknowledged, returned};
use crate::incoming::desk::desk;
use crate::incoming::writing::mail;
use crate::support::app::TestApp;
use crate::support::smtp::SmtpServer;

const STRANGER: &str = "Paul Martin <paul@example.org>";

/// A report of a failure to deliver that e-mail, below these headers, with one part of it replaced.
fn forged(id: &str, headers: &str, (part, by): (&str, &str)) -> Vec<u8> {
    let report = String::from_utf8(returned(id, ("failed", "5.1.1"))).unwrap();
    assert!(report.contains(part));
    format!("{headers}{}", report.replace(part, by)).into_bytes()
}

impl TestApp {
    /// Why the last e-mail is held, and whether it answers an e-mail about a case.
    async fn last_reason(&self) -> (String, bool) {
        let last =
            "SELECT reason, EXISTS (SELECT FROM incoming_leads WHERE mail_id = id AND is_answered)
                    FROM incoming_mails ORDER BY id DESC";
        let row = self.database.row(last).await;
        (row.get(0), row.get(1))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_is_believed_from_nobody_and_of_the_address_we_wrote_to() {
    let smtp = SmtpServer::start().await;
    let (app, browser, reference, id) = acknowledged(&smtp).await;
    let before = app.snapshot(&reference).await;
    let address = "Final-Recipient: rfc822; jeanne@example.org\r\n";
    for doubtful in [
        // The topmost is our server's; the one below is the sender's.
        forged(
            &id,
            "Return-Path: <mari@example.net>\r\nReturn-Path: <>\r\n",
            ("Sorry", "One"),
        ),
        forged(&id, "", (address, "")),
        forged(
            &id,
            "",
            (address, "Final-Recipient: rfc822; mari@example.net\r\n"),
        ),
    ] {
        assert_eq!(app.receives(&doubtful, None).await, Some(State::Held));
        let reason = ("doubtful_return".to_owned(), true);
        assert_eq!(app.last_reason().await, reason);
    }
    let after = app.snapshot(&reference).await;
    assert_eq!(after.new_lines(&before), Vec::<String>::new());
    let moved =
        "SELECT status, (SELECT count(*) FROM outbox WHERE bounced_at IS NOT NULL) FROM cases";
    let row = app.database.row(moved).await;
    assert_eq!(row.get::<_, String>(0), "acknowledged");
    assert_eq!(row.get::<_, i64>(1), 0);
    let list = browser.get("/gestion/courriels/recus").await.text();
    assert!(list.contains("Avis de non-distribution douteux"), "{list}");

    // A server that forwarded it names both addresses.
    let both = "Original-Recipient: rfc822;Jeanne@example.org\r\nFinal-Recipient: rfc822;\r\n j@example.net\r\n";
    let believed = forged(&id, "Return-Path: <>\r\n", (address, both));
    assert_eq!(app.receives(&believed, None).await, Some(State::SetAside));
    let row = app.database.row(moved).await;
    assert_eq!(row.get::<_, String>(0), "received");
    assert_eq!(row.get::<_, i64>(1), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_a_persons_is_never_set_aside_unseen() {
    let (app, browser) = desk().await;
    let polite = mail(STRANGER, "X-Auto-Response-Suppress: All\n", "Rien ne va.");
    assert_eq!(app.receives(&polite, None).await, Some(State::Filed));
    for precedence in ["bulk", "junk"] {
        let headers = format!("Subject: Plainte\nPrecedence: {precedence}\n");
        let raw = mail("lea@example.org", &headers, precedence);
        assert_eq!(app.receives(&raw, None).await, Some(State::Held));
        assert_eq!(app.last_reason().await, ("bulk".to_owned(), false));
    }
    let headers = "List-Id: <news.example.org>\nPrecedence: bulk\n";
    let news = mail("lea@example.org", headers, "Lisez.");
    assert_eq!(app.receives(&news, None).await, Some(State::SetAside));
    let lost = mail("MAILER-DAEMON@example.org", "Return-Path: <>\n", "550 no");
    let page = browser.get(&app.arrives(&lost, State::Held).await).await;
    let reason = ("unknown_return".to_owned(), false);
    assert_eq!(app.last_reason().await, reason);
    assert!(
        page.text().contains("ne cite aucun de ceux"),
        "{}",
        page.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_case_is_opened_in_the_name_of_a_colleague_or_of_a_server() {
    let (app, browser) = desk().await;
    for raw in [
        mail(
            "Alix <alix@asekkey.fr>",
            "Subject: Transmis\n",
            "Une lettre.",
        ),
        mail("MAILER-DAEMON@example.org", "Return-Path: <>\n", "550 no"),
    ] {
        let address = app.arrives(&raw, State::Held).await;
        let page = browser.get(&address).await;
        let links = page.attributes("#ouvrir ~ p a", "href");
        assert_eq!(links, ["/gestion/dossiers/nouveau"], "{}", page.text());
        assert!(page.text().contains("au nom de la personne"));
        let forms = page.attributes("form", "action");
        assert!(!forms.iter().any(|form| form.ends_with("/ouverture")));
        let refused = browser.decide(&address, "ouverture", &[]).await;
        assert_eq!(refused.status, 422);
        let told = refused.text();
        assert!(told.contains("n’irait pas à la personne"), "{told}");
    }
    assert_eq!(
        (app.count("cases").await, app.count("outbox").await),
        (0, 0)
    );
}
