//! Whoever a case is kept from reads no e-mail that may be about it, whatever tells that it may be.

use reclamations::case::Nature;
use reclamations::case::incoming::{self, Fetched, Position, State, Stored};
use reclamations::staff::Role;

use crate::incoming::desk::{DESK, desk};
use crate::incoming::writing::mail;
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

const BAR: &str = "INSERT INTO case_bars (case_id, account_id, barred_by, barred_at)
                   SELECT min(cases.id), max(staff_accounts.id), max(staff_accounts.id), now()
                   FROM cases, staff_accounts";

impl TestApp {
    /// Receives an e-mail of which the mailbox gives the beginning alone; the address of its page.
    async fn arrives_cut(&self, raw: &[u8]) -> String {
        let fetched = Fetched {
            position: Position {
                mailbox: "box@127.0.0.1",
                folder: "INBOX",
                uid_validity: 1,
                uid: 1,
            },
            nature: None,
            raw,
            size: 40 * 1024 * 1024,
            received_at: self.now(),
        };
        let mut conn = self.database.conn().await;
        let stored = incoming::store(&mut conn, &fetched, self.now()).await;
        let Stored::Now(mail) = stored.unwrap() else {
            panic!("kept before");
        };
        let way = (10 * 1024 * 1024, self.now());
        let taken = incoming::take(&self.state.pool, &self.state.office, mail, way).await;
        assert_eq!(taken.unwrap(), Some(State::NotUnderstood));
        format!("{DESK}/{}", mail.0)
    }
}

impl Browser {
    /// Nothing tells of an e-mail.
    async fn finds_no(&self, address: &str) {
        assert_eq!(self.get(address).await.status, 404, "{address}");
        let original = self.get(&format!("{address}/original")).await;
        assert_eq!(original.status, 404, "{address}");
        for list in ["", "?liste=dossiers", "?liste=cote"] {
            let list = self.get(&format!("{DESK}{list}")).await;
            let links = list.attributes("tbody a", "href");
            assert!(!links.iter().any(|link| link == address), "{links:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_too_large_to_be_understood_is_of_the_case_that_it_answers() {
    let (app, browser) = desk().await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let headers = format!("Subject: Photos\n{}", app.last_token().await);
    let raw = mail("mari@example.net", &headers, "Voici tout.");
    let address = app.arrives_cut(&raw).await;
    let page = browser.get(&address).await;
    for told in [
        "Trop volumineux",
        &reference,
        "répond à un courriel envoyé pour ce dossier",
    ] {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }
    app.database.run(BAR).await;
    browser.finds_no(&address).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_a_person_with_two_cases_may_be_of_either() {
    let (app, browser) = desk().await;
    app.case(Nature::Complaint, By::Email).await;
    app.case(Nature::Complaint, By::Email).await;
    app.database.run(BAR).await;
    let raw = mail("jeanne@example.org", "Subject: Suite\n", "Bonjour.");
    let address = app.arrives(&raw, State::Held).await;
    browser.finds_no(&address).await;
    // A case that is over is still about whom it was.
    let over = "UPDATE cases SET status = 'withdrawn', closed_on = '2026-05-04' WHERE id = (SELECT min(id) FROM cases)";
    app.database.run(over).await;
    browser.finds_no(&address).await;
    let lifted = "UPDATE case_bars SET lifted_by = account_id, lifted_at = now()";
    app.database.run(lifted).await;
    assert_eq!(browser.get(&address).await.status, 200);
    // What sensitive data the older one holds is for its handler.
    let sensitive = "UPDATE cases SET is_sensitive = TRUE WHERE id = (SELECT min(id) FROM cases)";
    app.database.run(sensitive).await;
    browser.finds_no(&address).await;
    let handled = "UPDATE cases SET handler_id = (SELECT max(id) FROM staff_accounts)";
    app.database.run(handled).await;
    assert_eq!(browser.get(&address).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_not_understood_yet_is_listed_and_not_opened() {
    let (app, browser) = desk().await;
    let raw = mail("jeanne@example.org", "Subject: Secret\n", "Bonjour.");
    let mail = app.keeps(&raw, None).await.unwrap();
    browser.finds_no(&format!("{DESK}/{}", mail.0)).await;
    let list = browser.get(DESK).await.text();
    assert!(list.contains("En cours de lecture"), "{list}");
    assert!(!list.contains("Secret"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_answers_two_cases_is_for_whoever_sees_both() {
    let (app, browser) = desk().await;
    app.case(Nature::Complaint, By::Email).await;
    let hidden = app.last_token().await.replace("In-Reply-To", "References");
    let reference = app.case(Nature::Complaint, By::Email).await;
    let both = format!("{}{hidden}", app.last_token().await);
    let machine = format!("Subject: Absente\nAuto-Submitted: auto-replied\n{both}");
    let machine = mail("jeanne@example.org", &machine, "Absente.");
    let machine = app.arrives(&machine, State::SetAside).await;
    let reply = mail(
        "jeanne@example.org",
        &format!("Subject: Suite\n{both}"),
        "Voici la suite.",
    );
    let reply = app.arrives(&reply, State::Filed).await;
    let case = browser.case(&reference).await;
    for address in [&machine, &reply] {
        assert_eq!(browser.get(address).await.status, 200, "{address}");
        assert!(case.attributes("a", "href").contains(address), "{address}");
    }
    app.database.run(BAR).await;
    let case = browser.case(&reference).await;
    for address in [&machine, &reply] {
        browser.finds_no(address).await;
        assert!(!case.attributes("a", "href").contains(address), "{address}");
    }
    // What the person said in the thread of the case is of that case.
    assert!(case.text().contains("Voici la suite."), "{}", case.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_which_nothing_is_known_is_for_those_from_whom_nothing_is_kept() {
    let (app, claire) = desk().await;
    let paul = app.browser();
    app.case(Nature::Complaint, By::Email).await;
    let address = app.arrives(&[0, 255, 13, 10], State::NotUnderstood).await;
    assert_eq!(claire.get(&address).await.status, 200);
    app.database.run(BAR).await;
    // Nobody else is there to read it: it would be lost.
    assert_eq!(claire.get(&address).await.status, 200);
    app.colleague(&paul, "Paul Roy", Role::Handler).await;
    claire.finds_no(&address).await;
    assert_eq!(paul.get(&address).await.status, 200);
    // Nor once it is set aside.
    let motive = [("motif", "Rien à y lire.")];
    paul.decide(&address, "mise-de-cote", &motive)
        .await
        .location();
    claire.finds_no(&address).await;
    assert_eq!(paul.get(&address).await.status, 200);
    // One that names its sender is kept from whoever is barred from their case alone.
    let levels = "Content-Type: message/rfc822\r\n\r\n".repeat(50);
    let signed = format!("From: a@example.net\r\nSubject: Boum\r\n{levels}");
    let signed = app.arrives(signed.as_bytes(), State::NotUnderstood).await;
    assert_eq!(claire.get(&signed).await.status, 200);
}
