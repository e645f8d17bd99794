//! A complaint: acknowledged at once, confirmed, answered through the gate, closed.

use chrono::{NaiveDate, TimeDelta};

use crate::story::{FILED_AT, act, journal_is_whole, wait_until_answered};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::filing::{COMPLAINT, Receipt, file};
use crate::support::smtp::{Received, SmtpServer};
use crate::support::totp::Colleague;

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_is_acknowledged_confirmed_answered_and_closed() {
    let smtp = SmtpServer::start().await;
    let app = TestApp::spawn_with(FILED_AT, &["--relay", &smtp.url()]).await;
    let background = app.start_background();

    let visitor = app.browser();
    let receipt = file(&visitor, &COMPLAINT).await;
    let acknowledgement = smtp.wait_for(1).await.remove(0);
    holds_dates_and_nothing_typed(&acknowledgement, &receipt);
    confirm(&app, &visitor, &smtp, &acknowledgement).await;

    let who = app.first_administrator(&app.browser()).await;
    let case = format!("/gestion/dossiers/{}", receipt.reference);
    is_at_hand(&signed_in(&app, &who).await, &receipt, &case).await;

    app.state.clock.advance(TimeDelta::days(20));
    let staff = signed_in(&app, &who).await;
    act(&staff, &case, "prise-en-charge", &[]).await;
    answer(&staff, &case, "").await;
    is_refused_by_the_gate(&staff, &case).await;
    assert_eq!(smtp.received().len(), 2, "nothing left");

    // With its grounds it goes through; the hand-over, not the button, makes it answered.
    answer(
        &staff,
        &case,
        "Votre lettre recommandée du 2 mars nous est bien parvenue.",
    )
    .await;
    act(&staff, &case, "reponse/envoi", &[]).await;
    app.state.clock.advance(TimeDelta::seconds(61));
    let answer = smtp.wait_for(3).await.remove(2);
    for told in [
        "Point\u{a0}1",
        "lettre recommandée",
        "TSA 50110",
        "75441 Paris Cedex 09",
    ] {
        assert!(answer.body.contains(told), "{told} in {}", answer.body);
    }
    wait_until_answered(&app, &staff, &case).await;
    act(&staff, &case, "cloture", &[]).await;
    assert!(staff.get(&case).await.text().contains("Close"));

    background.finish().await;
    app.state.clock.advance(TimeDelta::days(1));
    journal_is_whole(&app).await;
    dates_are_those_of_the_vectors(&app).await;
}

/// The acknowledgement names the dates of the vectors, and nothing of what the person wrote.
fn holds_dates_and_nothing_typed(mail: &Received, receipt: &Receipt) {
    let subject = format!(
        "Accusé de réception de votre réclamation {}",
        receipt.reference
    );
    assert_eq!(mail.subject(), subject);
    for date in [
        "30\u{a0}juin\u{a0}2026",
        "29\u{a0}juin\u{a0}2026",
        "30\u{a0}avril\u{a0}2027",
    ] {
        assert!(mail.body.contains(date), "{date} in {}", mail.body);
    }
    for secret in ["résiliation", "Delorme", receipt.code.as_str()] {
        assert!(!mail.body.contains(secret), "{secret}");
    }
}

/// Opening the link does nothing, the button does: the full copy arrives.
async fn confirm(app: &TestApp, visitor: &Browser, smtp: &SmtpServer, mail: &Received) {
    let link = mail.link("/suivi/confirmation/").unwrap();
    let path = link.strip_prefix(&app.address).unwrap();
    let asked = visitor.get(path).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    assert_eq!(smtp.received().len(), 1);
    let confirmed = visitor.fill(path, &[]).await;
    assert!(confirmed.status.is_success() || confirmed.status.is_redirection());
    let copy = smtp.wait_for(2).await.remove(1);
    assert!(
        copy.body.contains("Ma demande de résiliation"),
        "{}",
        copy.body
    );
}

/// A browser of someone who has just signed in with two factors.
async fn signed_in(app: &TestApp, who: &Colleague) -> Browser {
    let browser = app.browser();
    app.sign_in(&browser, who).await;
    browser
}

/// The case is in the inbox, and its page says what matters.
async fn is_at_hand(staff: &Browser, receipt: &Receipt, case: &str) {
    let inbox = staff.get("/gestion").await;
    assert!(
        inbox.text().contains(&receipt.reference),
        "{}",
        inbox.text()
    );
    let page = staff.get(case).await;
    for told in ["30 juin 2026", "Accusé", "Ma demande de résiliation"] {
        assert!(page.text().contains(told), "{told} in {}", page.text());
    }
}

/// Without grounds the answer does not leave, and the page says what is missing.
async fn is_refused_by_the_gate(staff: &Browser, case: &str) {
    let page = staff.get(&format!("{case}/reponse")).await;
    let (csrf, version, seen) = (page.value("csrf"), page.value("version"), page.value("vu"));
    let sending = [
        ("csrf", csrf.as_str()),
        ("version", version.as_str()),
        ("vu", seen.as_str()),
    ];
    let refused = staff.post(&format!("{case}/reponse/envoi"), &sending).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("motifs"), "{}", refused.text());
}

/// Writes the answer to one grievance, granted, with these grounds.
async fn answer(staff: &Browser, case: &str, grounds: &str) {
    let address = format!("{case}/reponse");
    let page = staff.get(&address).await;
    let (csrf, version, seen) = (page.value("csrf"), page.value("version"), page.value("vu"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("version", version.as_str()),
        ("vu", seen.as_str()),
        ("faire", "enregistrer"),
        ("issue", "upheld"),
        ("introduction", ""),
        ("grief-1", "La résiliation n’a pas été traitée"),
        ("position-1", "accepted"),
        ("motifs-1", grounds),
    ];
    let saved = staff.post(&address, &fields).await;
    assert!(saved.location().starts_with(case), "{}", saved.text());
}

async fn dates_are_those_of_the_vectors(app: &TestApp) {
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    use reclamations::db::schema::legal_dates as d;

    type Row = (
        Option<NaiveDate>,
        Option<NaiveDate>,
        Option<NaiveDate>,
        Option<NaiveDate>,
    );
    let mut conn = app.database.conn().await;
    let row: Row = d::table
        .select((
            d::ack_due_on,
            d::answer_due_on,
            d::mediation_from_on,
            d::mediation_last_on,
        ))
        .first(&mut conn)
        .await
        .unwrap();
    let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
    let expected = (
        day("2026-05-15"),
        day("2026-06-30"),
        day("2026-06-29"),
        day("2027-04-30"),
    );
    assert_eq!(row, expected);
}
