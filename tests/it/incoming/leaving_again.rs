//! An e-mail that came back leaves again when staff ask for it: a full mailbox has been emptied.

use chrono::TimeDelta;
use reclamations::case::incoming::State;

use crate::incoming::bouncing::{GRANTED, acknowledged, returned, until};
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::smtp::SmtpServer;

const LEDGER: &str = "/gestion/courriels";

impl TestApp {
    /// The e-mail for this purpose comes back.
    pub(super) async fn comes_back(&self, message_id: &str) {
        let failed = returned(message_id, ("failed", "5.2.2"));
        let state = self.receives(&failed, None).await;
        assert_eq!(state, Some(State::SetAside));
    }

    /// Everything that waits leaves, and what is owed of it is made.
    pub(super) async fn sends_until(&self, sql: &str) {
        let background = self.start_background();
        until(self, sql).await;
        until(self, "SELECT NOT EXISTS (SELECT FROM letters_owed)").await;
        background.finish().await;
    }

    pub(super) async fn tries_anew(&self, browser: &Browser, purpose: &str) -> Page {
        let id = format!("SELECT id FROM outbox WHERE purpose = '{purpose}'");
        let id: i64 = self.database.row(&id).await.get(0);
        let csrf = browser.get(LEDGER).await.value("csrf");
        let action = format!("{LEDGER}/{id}/essai");
        browser.post(&action, &[("csrf", csrf.as_str())]).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_that_came_back_leaves_again_and_meets_its_clock() {
    let smtp = SmtpServer::start().await;
    let (app, browser, reference, id) = acknowledged(&smtp).await;
    app.sends_until("SELECT TRUE").await;
    app.comes_back(&id).await;
    app.state.clock.advance(TimeDelta::minutes(20));
    let returns = browser.get(&format!("{LEDGER}?etat=revenus")).await;
    assert!(returns.text().contains("Réessayer"), "{}", returns.text());
    let before = app.snapshot(&reference).await;
    let sent = app.tries_anew(&browser, "acknowledgement").await;
    assert_eq!(sent.location(), "/gestion/courriels?fait=essai");
    let moved = [
        "outbox.state",
        "outbox.handed_over_at",
        "outbox.bounced_at",
        "outbox.came_back_at",
        "outbox.n_attempts",
        "outbox.tried_since",
        "outbox.next_attempt_at",
    ];
    app.assert_changed(&before, &["mail.retried"], &moved).await;
    // Once.
    let again = app.tries_anew(&browser, "acknowledgement").await;
    assert_eq!(again.status, 409);

    app.sends_until("SELECT status = 'acknowledged' FROM cases")
        .await;
    let told = "SELECT acknowledged_on::text, failed_sending,
                (SELECT count(*) FROM postal_tasks WHERE dropped_at IS NULL AND done_on IS NULL),
                (SELECT count(*) FROM case_files WHERE letter = 'acknowledgement') FROM cases";
    let row = app.database.row(told).await;
    assert_eq!(row.get::<_, String>(0), "2026-04-30");
    assert!(!row.get::<_, bool>(1));
    let (n_to_post, n_letters): (i64, i64) = (row.get(2), row.get(3));
    assert_eq!((n_to_post, n_letters), (0, 1));
    let ids: Vec<String> = smtp
        .received()
        .iter()
        .filter_map(|mail| mail.header("Message-ID").map(str::to_owned))
        .collect();
    assert_eq!(ids, [id.clone(), id], "one e-mail for ever");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_came_back_leaves_again_with_its_letter() {
    let smtp = SmtpServer::start().await;
    let (app, browser, reference, _) = acknowledged(&smtp).await;
    app.confirm_address(&reference).await;
    for (act, fields) in [("prise-en-charge", [].as_slice()), ("reponse", &GRANTED)] {
        browser.act(&reference, act, fields).await.location();
    }
    app.state.clock.advance(TimeDelta::seconds(61));
    let answered = "SELECT status = 'answered' FROM cases";
    app.sends_until(answered).await;
    let answers = |smtp: &SmtpServer| {
        let mut mails = smtp.received();
        mails.retain(|mail| mail.subject().starts_with("Réponse"));
        mails
    };
    let first = answers(&smtp).remove(0);
    let id = first.header("Message-ID").unwrap();
    app.comes_back(id).await;
    app.state.clock.advance(TimeDelta::minutes(20));

    let sent = app.tries_anew(&browser, "answer").await;
    assert_eq!(sent.location(), "/gestion/courriels?fait=essai");
    app.sends_until(answered).await;
    let row = app
        .database
        .row("SELECT answered_on::text, state FROM cases JOIN answers ON case_id = cases.id")
        .await;
    assert_eq!(row.get::<_, String>(0), "2026-04-30");
    assert_eq!(row.get::<_, String>(1), "handed_over");
    let both = answers(&smtp);
    assert_eq!(both.len(), 2);
    assert!(both[0].enclosed.is_some());
    assert_eq!(both[0].enclosed, both[1].enclosed);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_letter_took_the_place_of_does_not_leave_again() {
    let smtp = SmtpServer::start().await;
    let (app, browser, reference, id) = acknowledged(&smtp).await;
    app.comes_back(&id).await;
    let posted = [("lettre", "acknowledgement"), ("date", "30/04/2026")];
    browser
        .act(&reference, "courrier", &posted)
        .await
        .location();
    let before = app.snapshot(&reference).await;
    let refused = app.tries_anew(&browser, "acknowledgement").await;
    assert_eq!(refused.status, 409);
    assert!(
        refused.text().contains("une lettre est partie à sa place"),
        "{}",
        refused.text()
    );
    app.assert_changed(&before, &[], &[]).await;
}
