//! An e-mail that came back and leaves again: what is told of its first sending, and what the case has
//! become meanwhile.

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::case::incoming::State;
use reclamations::staff::Role;

use crate::incoming::bouncing::{acknowledged, answered, returned};
use crate::staff::post::print;
use crate::support::app::TestApp;
use crate::support::cases::By;
use crate::support::smtp::SmtpServer;

const HANDED_OVER: &str =
    "SELECT bool_and(state = 'handed_over') FROM outbox WHERE purpose <> 'alert'";

/// The same report, of an e-mail that had reached its server then.
fn arrived(report: &[u8], at: &str) -> Vec<u8> {
    let text = String::from_utf8(report.to_vec()).unwrap();
    let mta = "Reporting-MTA: dns; relay.example\r\n";
    assert!(text.contains(mta));
    text.replace(mta, &format!("{mta}Arrival-Date: {at}\r\n"))
        .into_bytes()
}

/// Its letter waits to be posted.
async fn waits(app: &TestApp, kind: &str) -> bool {
    let waits = format!(
        "SELECT EXISTS (SELECT FROM postal_tasks
                        WHERE kind = '{kind}' AND done_on IS NULL AND dropped_at IS NULL)"
    );
    app.database.row(&waits).await.get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_report_of_the_first_sending_undoes_nothing() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, id) = acknowledged(&smtp).await;
    app.comes_back(&id).await;
    app.state.clock.advance(TimeDelta::minutes(20));
    app.tries_anew(&staff, "acknowledgement").await.location();
    app.sends_until("SELECT status = 'acknowledged' FROM cases")
        .await;
    app.state.clock.advance(TimeDelta::days(4));
    let given_up = returned(&id, ("failed", "4.4.7"));
    let of_the_first = arrived(&given_up, "Thu, 30 Apr 2026 10:00:00 +0200");
    let before = app.snapshot(&reference).await;
    let set_aside = app.receives(&of_the_first, None).await;
    assert_eq!(set_aside, Some(State::SetAside));
    let after = app.snapshot(&reference).await;
    assert!(after.new_lines(&before).is_empty());
    assert!(!waits(&app, "acknowledgement").await);

    let of_the_second = arrived(&given_up, "Thu, 30 Apr 2026 10:21:00 +0200 (CEST)");
    app.receives(&of_the_second, None).await;
    assert!(waits(&app, "acknowledgement").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_tried_anew_carries_nothing_of_a_case_that_is_sensitive_by_now() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, _) = acknowledged(&smtp).await;
    let id = answered(&smtp, &app, &staff, &reference).await;
    app.comes_back(&id).await;
    let copy = "SELECT message_id FROM outbox WHERE purpose = 'copy'";
    let copy: String = app.database.row(copy).await.get(0);
    app.comes_back(&copy).await;
    let why = [("motif", "Un arrêt de travail est joint.")];
    staff
        .act(&reference, "donnees-sensibles", &why)
        .await
        .location();
    app.state.clock.advance(TimeDelta::minutes(20));
    let refused = app.tries_anew(&staff, "copy").await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("ne part que par lettre"));

    app.tries_anew(&staff, "answer").await.location();
    app.sends_until("SELECT state = 'handed_over' FROM outbox WHERE purpose = 'answer'")
        .await;
    let mails = smtp.received();
    let answers: Vec<_> = mails
        .iter()
        .filter(|mail| mail.header("Message-ID") == Some(id.as_str()))
        .collect();
    assert_eq!(answers.len(), 2);
    let told = "double emploi";
    assert!(answers[0].enclosed.is_some() && answers[0].body.contains(told));
    assert!(answers[1].enclosed.is_none() && !answers[1].body.contains(told));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_leaves_again_is_not_given_up() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, _) = acknowledged(&smtp).await;
    let id = answered(&smtp, &app, &staff, &reference).await;
    app.comes_back(&id).await;
    let person = app.person(&reference).await;
    let csrf = person.get("/suivi/dossier").await.value("csrf");
    person
        .post("/suivi/dossier/retrait", &[("csrf", &csrf)])
        .await
        .location();
    app.state.clock.advance(TimeDelta::minutes(20));
    app.tries_anew(&staff, "answer").await.location();
    let refused = staff.act(&reference, "reponse-non-postee", &[]).await;
    assert_eq!(refused.status, 409);
    app.sends_until(HANDED_OVER).await;
    let row = app
        .database
        .row("SELECT state, answered_on::text FROM answers JOIN cases ON cases.id = case_id")
        .await;
    assert_eq!(row.get::<_, String>(0), "handed_over");
    assert_eq!(row.get::<_, String>(1), "2026-04-30");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_letter_left_while_its_e_mail_was_tried_anew_is_not_posted_twice() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, _) = acknowledged(&smtp).await;
    app.database
        .run("UPDATE filings SET postal_address = '2 rue Basse, 75002 Paris'")
        .await;
    let said = [("message", "Quelle est la date de votre courrier ?")];
    staff.act(&reference, "message", &said).await.location();
    app.sends_until(HANDED_OVER).await;
    let id = "SELECT message_id FROM outbox WHERE purpose = 'message'";
    let id: String = app.database.row(id).await.get(0);
    app.comes_back(&id).await;
    print(&staff, &[0]).await.location();
    app.state.clock.advance(TimeDelta::minutes(20));
    app.tries_anew(&staff, "message").await.location();
    let posted = [("lettre", "message"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    app.sends_until(HANDED_OVER).await;
    app.state.clock.advance(TimeDelta::minutes(20));
    let again = returned(&id, ("failed", "5.1.1"));
    assert_eq!(app.receives(&again, None).await, Some(State::SetAside));
    assert!(!waits(&app, "message").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_returned_answer_of_a_request_that_becomes_a_complaint_is_told_until_it_is_posted() {
    let smtp = SmtpServer::start().await;
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &["--relay", &smtp.url()]).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let reference = app.case(Nature::InformationRequest, By::Email).await;
    let answer = [("role", "reponse"), ("message", "Une facture suffit.")];
    staff.act(&reference, "message", &answer).await.location();
    app.sends_until("SELECT status = 'answered' FROM cases")
        .await;
    let id = "SELECT message_id FROM outbox WHERE purpose = 'answer'";
    let id: String = app.database.row(id).await.get(0);
    app.comes_back(&id).await;
    assert!(waits(&app, "answer").await);
    let motive = [("cause", "dissatisfaction"), ("motif", "Elle se plaint.")];
    staff
        .act(&reference, "reclamation", &motive)
        .await
        .location();
    assert!(waits(&app, "message").await);
    let told = app.database.row("SELECT failed_sending FROM cases").await;
    assert!(told.get::<_, bool>(0));
}
