//! An e-mail that cannot be understood now is tried again, and shown as it came in the end.

use std::time::Duration;

use chrono::TimeDelta;
use reclamations::case::incoming::{self, IncomingId, State, TakeError};

use crate::incoming::desk::{DESK, desk};
use crate::incoming::writing::mail;
use crate::support::app::TestApp;

impl TestApp {
    async fn takes(&self, mail: IncomingId) -> Result<Option<State>, TakeError> {
        let way = (10 * 1024 * 1024, self.now());
        incoming::take(&self.state.pool, &self.state.office, mail, way).await
    }

    async fn kept(&self, n_attempts: i32) -> IncomingId {
        let subject = format!("Subject: Essai {n_attempts}\n");
        let raw = mail("jeanne@example.org", &subject, "Rien ne va.");
        let mail = self.keeps(&raw, None).await.unwrap();
        let tried = format!("UPDATE incoming_mails SET n_attempts = {n_attempts}");
        self.database
            .run(&format!("{tried} WHERE id = {}", mail.0))
            .await;
        mail
    }

    /// The database goes away as soon as a case is to be opened, or answers again.
    async fn falls(&self, falls: bool) {
        let way = if falls {
            "CREATE FUNCTION fall() RETURNS trigger LANGUAGE plpgsql AS
                 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';
             CREATE TRIGGER falls BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION fall()"
        } else {
            "DROP FUNCTION fall CASCADE"
        };
        self.database.run(way).await;
    }

    async fn n_waiting(&self) -> usize {
        let mut conn = self.database.conn().await;
        let waiting = incoming::waiting(&mut conn, 20, self.now()).await;
        waiting.unwrap().len()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_waits_for_a_while_on_every_node_and_is_taken_then() {
    let (app, _browser) = desk().await;
    let mail = app.kept(0).await;
    app.falls(true).await;
    app.takes(mail).await.unwrap_err();
    // Another node, or another folder, finds nothing to do.
    assert_eq!(app.n_waiting().await, 0);
    assert_eq!(app.takes(mail).await.unwrap(), None);
    // An outage of an hour is no fault of the e-mail.
    for _ in 0..12 {
        app.state.clock.advance(TimeDelta::minutes(5));
        assert_eq!(app.n_waiting().await, 1);
        app.takes(mail).await.unwrap_err();
    }

    app.falls(false).await;
    app.state.clock.advance(TimeDelta::minutes(5));
    assert_eq!(app.takes(mail).await.unwrap(), Some(State::Filed));
    assert_eq!(app.count("cases").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_by_itself_or_for_more_than_a_day_is_shown() {
    let (app, browser) = desk().await;
    let broken = "ALTER TABLE cases ADD CONSTRAINT broken CHECK (FALSE) NOT VALID";
    let mended = "ALTER TABLE cases DROP CONSTRAINT broken";
    let old = "UPDATE incoming_mails SET stored_at = stored_at - interval '1 day'";
    for is_outage in [false, true] {
        let mail = app.kept(0).await;
        if is_outage {
            app.database.run(mended).await;
            app.falls(true).await;
            app.database.run(old).await;
        } else {
            app.database.run(broken).await;
        }
        for _ in 0..4 {
            app.takes(mail).await.unwrap_err();
            app.state.clock.advance(TimeDelta::minutes(5));
        }
        let taken = app.takes(mail).await.unwrap();
        assert_eq!(taken, Some(State::NotUnderstood), "{is_outage}");
        let page = browser.get(&format!("{DESK}/{}", mail.0)).await;
        assert!(page.text().contains("Essai 0"), "{}", page.text());
        app.database.run("DELETE FROM incoming_mails").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_more_than_an_hour_is_counted() {
    let (app, browser) = desk().await;
    app.kept(0).await;
    for (minutes, is_counted) in [(58, false), (60, true)] {
        let at = app.now() - TimeDelta::minutes(minutes);
        let stored = format!(
            "UPDATE incoming_mails SET stored_at = '{}'",
            at.to_rfc3339()
        );
        app.database.run(&stored).await;
        // What the inbox counts is kept for five seconds.
        app.state.clock.advance(TimeDelta::seconds(16));
        let inbox = browser.get("/gestion").await.texts(".callout").concat();
        assert_eq!(inbox.contains("Courriels reçus"), is_counted, "{inbox}");
        let tabs = browser.get(DESK).await.texts(".tabs .count");
        assert_eq!(tabs, [if is_counted { "1" } else { "0" }]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_taken_though_no_mailbox_answers() {
    let (app, _browser) = desk().await;
    app.kept(0).await;
    let background = app.start_background();
    let taken = "SELECT count(*) = 1 FROM cases";
    app.until(taken, Duration::from_secs(20)).await;
    background.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_the_program_is_known_by_its_headers_then_shown_as_it_came() {
    let (app, browser) = desk().await;
    for (n_attempts, state) in [
        (3, State::Filed),
        (4, State::NotUnderstood),
        (7, State::NotUnderstood),
    ] {
        let mail = app.kept(n_attempts).await;
        assert_eq!(app.takes(mail).await.unwrap(), Some(state), "{n_attempts}");
        let page = browser.get(&format!("{DESK}/{}", mail.0)).await.text();
        for told in ["jeanne@example.org", &format!("Essai {n_attempts}")] {
            assert!(page.contains(told), "{told}: {page}");
        }
        app.database
            .run("UPDATE cases SET status = 'withdrawn', closed_on = '2026-05-04'")
            .await;
    }
    // A case can be opened of what the headers say.
    let mail = app.kept(6).await;
    app.takes(mail).await.unwrap();
    let address = format!("{DESK}/{}", mail.0);
    let opened = browser.decide(&address, "ouverture", &[]).await;
    assert!(opened.location().starts_with("/gestion/dossiers/ASK-"));

    let mail = app.kept(8).await;
    let taken = app.takes(mail).await.unwrap();
    assert_eq!(taken, Some(State::NotUnderstood));
    let page = browser.get(&format!("{DESK}/{}", mail.0)).await;
    assert!(
        page.text().contains("Expéditeur inconnu"),
        "{}",
        page.text()
    );
    let (_, original) = browser
        .download(&format!("{DESK}/{}/original", mail.0))
        .await;
    let original = String::from_utf8(original).unwrap();
    assert!(original.contains("Rien ne va."), "{original}");
}
