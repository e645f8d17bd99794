//! An answer that comes back when the case has moved on: its letter is posted, and nothing else moves.

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::case::incoming::State;
use reclamations::staff::Role;

use crate::incoming::bouncing::{GRANTED, acknowledged, answered, returned};
use crate::incoming::returning::{gives_postal_address, plain};
use crate::staff::post::{DESK, print};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::pdf;
use crate::support::smtp::SmtpServer;

const WAITING: &str = "SELECT coalesce(string_agg(kind, ',' ORDER BY kind), '') FROM postal_tasks
                       WHERE done_on IS NULL AND dropped_at IS NULL";
/// What an answer that has left settled.
const SETTLED: &str =
    "SELECT status || ' ' || answered_on || ' ' || coalesce(string_agg(state, ','), '')
                       FROM cases LEFT JOIN answers ON case_id = cases.id GROUP BY cases.id";

/// A text of the database, on one line.
async fn text(app: &TestApp, sql: &str) -> String {
    let text: String = app.database.row(sql).await.get(0);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines that the return of this e-mail adds to the journal.
async fn lines_of_return(app: &TestApp, reference: &str, id: &str) -> Vec<String> {
    let before = app.snapshot(reference).await;
    let failed = returned(id, ("failed", "5.1.1"));
    assert_eq!(app.receives(&failed, None).await, Some(State::SetAside));
    let after = app.snapshot(reference).await;
    let lines = after.new_lines(&before);
    lines.into_iter().map(str::to_owned).collect()
}

async fn retries(app: &TestApp, staff: &Browser) {
    app.state.clock.advance(TimeDelta::minutes(20));
    let csrf = staff.get("/gestion/courriels").await.value("csrf");
    let first = "SELECT id FROM outbox WHERE purpose = 'answer' ORDER BY id LIMIT 1";
    let id: i64 = app.database.row(first).await.get(0);
    let action = format!("/gestion/courriels/{id}/essai");
    staff.post(&action, &[("csrf", &csrf)]).await.location();
}

/// A complaint that was answered and closed, and the Message-ID of its answer.
async fn closed(smtp: &SmtpServer) -> (TestApp, Browser, String, String) {
    let (app, staff, reference, _) = acknowledged(smtp).await;
    let id = answered(smtp, &app, &staff, &reference).await;
    staff.act(&reference, "cloture", &[]).await.location();
    (app, staff, reference, id)
}

/// The person contests the answer.
async fn contests(person: &Browser) {
    let form = person.get("/suivi/dossier/desaccord").await;
    let (csrf, envoi) = (form.value("csrf"), form.value("envoi"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("envoi", envoi.as_str()),
        ("motif", "Ce n’est pas ce que j’ai demandé."),
    ];
    person
        .post("/suivi/dossier/desaccord", &fields)
        .await
        .location();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_of_a_closed_case_is_posted_and_nothing_moves() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, id) = closed(&smtp).await;
    app.colleague(&app.browser(), "Odile Renard", Role::Supervisor)
        .await;
    let settled = text(&app, SETTLED).await;
    assert_eq!(settled, "closed 2026-04-30 handed_over");
    let lines = lines_of_return(&app, &reference, &id).await;
    assert_eq!(lines, ["mail.bounced", "letter.asked"]);
    assert_eq!(text(&app, WAITING).await, "answer");
    assert_eq!(text(&app, SETTLED).await, settled);
    let alert = text(&app, "SELECT body FROM outbox WHERE purpose = 'alert'").await;
    assert!(alert.contains("Une lettre est demandée"), "{alert}");

    let person = app.person(&reference).await;
    let page = plain(&person.get("/suivi/dossier").await.text());
    let told = "Notre courriel ne vous est pas parvenu : la réponse est à envoyer par lettre";
    assert!(page.contains(told), "{page}");
    gives_postal_address(&person).await;
    let run = print(&staff, &[0]).await.location().to_owned();
    let file = staff.download(&format!("{run}/fichier")).await.1;
    let said = pdf::flat(&file);
    assert!(said.contains("fait double emploi"), "{said}");
    let path = format!("/gestion/dossiers/{reference}/courrier?lettre=answer");
    let form = staff.get(&path).await.text();
    assert!(!form.contains("devient répondu"), "{form}");

    let before = app.snapshot(&reference).await;
    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    let after = app.snapshot(&reference).await;
    assert_eq!(after.new_lines(&before), ["letter.posted"]);
    assert_eq!(text(&app, SETTLED).await, settled);
    assert_eq!(text(&app, WAITING).await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_of_a_closed_case_that_leaves_after_all_drops_its_letter() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, id) = closed(&smtp).await;
    let settled = text(&app, SETTLED).await;
    lines_of_return(&app, &reference, &id).await;
    retries(&app, &staff).await;
    app.sends_until("SELECT bool_and(state = 'handed_over') FROM outbox WHERE purpose = 'answer'")
        .await;
    assert_eq!(text(&app, WAITING).await, "");
    assert_eq!(text(&app, SETTLED).await, settled);
    let told = app.database.row("SELECT failed_sending FROM cases").await;
    assert!(!told.get::<_, bool>(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_message_that_answered_a_closed_request_is_posted() {
    let smtp = SmtpServer::start().await;
    let app = TestApp::spawn_with("2026-04-30T08:00:00Z", &["--relay", &smtp.url()]).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let reference = app.case(Nature::InformationRequest, By::Email).await;
    let answer = [("role", "reponse"), ("message", "Une facture suffit.")];
    staff.act(&reference, "message", &answer).await.location();
    app.sends_until("SELECT status = 'answered' FROM cases")
        .await;
    staff.act(&reference, "cloture", &[]).await.location();
    let id = text(
        &app,
        "SELECT message_id FROM outbox WHERE purpose = 'answer'",
    )
    .await;
    let lines = lines_of_return(&app, &reference, &id).await;
    assert_eq!(lines, ["mail.bounced", "letter.asked"]);
    assert_eq!(text(&app, WAITING).await, "message");
    gives_postal_address(&app.person(&reference).await).await;
    let run = print(&staff, &[0]).await.location().to_owned();
    let file = staff.download(&format!("{run}/fichier")).await.1;
    assert!(pdf::flat(&file).contains("Une facture suffit"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_another_is_written_after_asks_for_no_letter() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, id) = closed(&smtp).await;
    app.colleague(&app.browser(), "Odile Renard", Role::Supervisor)
        .await;
    let person = app.person(&reference).await;
    contests(&person).await;
    let mut draft = GRANTED;
    draft[7] = ("faire", "enregistrer");
    staff.act(&reference, "reponse", &draft).await;
    app.database
        .run("DELETE FROM outbox WHERE purpose = 'alert'")
        .await;
    let lines = lines_of_return(&app, &reference, &id).await;
    assert_eq!(lines, ["mail.bounced"]);
    assert_eq!(text(&app, WAITING).await, "");
    let page = plain(&person.get("/suivi/dossier").await.text());
    assert!(page.contains("parvenu : c’était la réponse"), "{page}");
    let alert = text(&app, "SELECT body FROM outbox WHERE purpose = 'alert'").await;
    assert!(alert.contains("Aucune lettre n’est demandée"), "{alert}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_tried_anew_does_not_pass_for_the_next_one() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, id) = closed(&smtp).await;
    contests(&app.person(&reference).await).await;
    let lines = lines_of_return(&app, &reference, &id).await;
    assert_eq!(lines, ["mail.bounced", "letter.asked"]);
    let due = "SELECT due_on::text FROM postal_tasks WHERE kind = 'answer'";
    assert_eq!(text(&app, due).await, "2026-05-02", "it stops no clock");
    let page = staff.case(&reference).await.text();
    assert!(!page.contains("La réponse part par courrier"), "{page}");
    retries(&app, &staff).await;
    let rows = staff.get(DESK).await.texts("tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    staff.act(&reference, "reponse", &GRANTED).await.location();
    assert_eq!(
        text(&app, WAITING).await,
        "",
        "the next answer stands for it"
    );
    app.sends_until(
        "SELECT count(*) = 1 FROM outbox WHERE purpose = 'answer' AND state = 'handed_over'",
    )
    .await;
    let states = "SELECT string_agg(state, ',' ORDER BY id) FROM answers";
    assert_eq!(text(&app, states).await, "handed_over,leaving");
    assert_eq!(text(&app, "SELECT status FROM cases").await, "acknowledged");
}
