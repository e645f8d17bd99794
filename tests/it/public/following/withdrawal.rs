//! The person withdraws: told first what follows, and nothing is taken from them.

use reclamations::case::{Nature, Purpose};
use reclamations::staff::Role;

use crate::public::following::nature::mail;
use crate::public::following::person::{Person, answer, carry, complaint, count, journal, letters};
use crate::public::following::{TODAY, confirm};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::filing::{COMPLAINT, file};
use crate::support::smtp::SmtpServer;

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_is_withdrawn_in_two_steps_and_its_letters_fall_away() {
    let (app, staff, person) = complaint().await;
    let said = [("message", "Bonjour.")];
    let wrote = staff.act(&person.receipt.reference, "message", &said);
    wrote.await.location();
    assert_eq!(
        count(&app, OPEN_LETTERS).await,
        2,
        "acknowledgement, message"
    );

    let asked = person.browser.get("/suivi/dossier/retrait").await.text();
    for told in ["Rien n’est encore fait", "pas de réponse motivée"] {
        assert!(asked.contains(told), "{told} in {asked}");
    }
    assert_eq!(title(&person).await, "Votre réclamation est bien reçue");
    let reason = [("motif", "Tout est réglé.")];
    for _ in 0..10 {
        let done = person.send("retrait", &reason).await;
        assert_eq!(done.location(), "/suivi/dossier?fait=retrait");
    }
    assert_eq!(count(&app, OPEN_LETTERS).await, 0);
    assert_eq!(count(&app, WITHDRAWALS).await, 1);
    assert_eq!(title(&person).await, "Votre réclamation est retirée");
    let text = person.page().await.text();
    for told in ["Retrait Tout est réglé.", "TSA 50110"] {
        assert!(text.contains(told), "{told} in {text}");
    }
    staff_see_it(&app, &staff, &person).await;

    // It can still be written to; it is not withdrawn twice, nor contested.
    person.write("Merci.").await.location();
    let again = person.browser.get("/suivi/dossier/retrait").await;
    assert_eq!(again.location(), "/suivi/dossier");
    let contested = person.send("desaccord", &reason).await;
    assert_eq!(contested.status, 422);
}

const OPEN_LETTERS: &str =
    "SELECT count(*) FROM postal_tasks WHERE done_on IS NULL AND dropped_at IS NULL";
const WITHDRAWALS: &str = "SELECT count(*) FROM messages WHERE kind = 'withdrawal'";

/// The title of the person's page.
async fn title(person: &Person) -> String {
    person.page().await.texts("h1").concat()
}

/// The case has ended in its list, and what the person said waits to be read.
async fn staff_see_it(app: &TestApp, staff: &Browser, person: &Person) {
    let reference = &person.receipt.reference;
    let case = staff.case(reference).await;
    for told in [
        "Retirée par la personne",
        "Tout est réglé.",
        "Lettre devenue inutile",
    ] {
        assert!(case.text().contains(told), "{told} in {}", case.text());
    }
    for list in ["closes", "messages"] {
        let listed = staff.get(&format!("/gestion?liste={list}")).await.text();
        assert!(listed.contains(reference.as_str()), "{list}: {listed}");
    }
    let kinds = journal(app, person).await;
    let n_of = |wanted| kinds.iter().filter(|kind| *kind == wanted).count();
    assert_eq!((n_of("case.withdrawn"), n_of("letter.dropped")), (1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answered_complaint_too_but_not_a_closed_one() {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    answer(
        &staff,
        &reference,
        "Votre lettre est bien arrivée à temps.",
        "30/04/2026",
    )
    .await;
    let asked = person.browser.get("/suivi/dossier/retrait").await.text();
    assert!(asked.contains("Notre réponse y reste lisible"), "{asked}");
    let other = Person::of_case(&app, Nature::Complaint, By::Post).await;
    answer(
        &staff,
        &other.receipt.reference,
        "Votre lettre est bien arrivée à temps.",
        "30/04/2026",
    )
    .await;
    staff
        .act(&other.receipt.reference, "cloture", &[])
        .await
        .location();
    person.send("retrait", &[]).await.location();
    assert_eq!(
        person.page().await.texts("h1"),
        ["Votre réclamation est retirée"]
    );
    let refused = other.send("retrait", &[]).await;
    assert_eq!(refused.location(), "/suivi/dossier", "nothing was done");
    assert_eq!(
        other.page().await.texts("h1"),
        ["Votre réclamation est clôturée"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn too_long_a_reason_is_kept_to_be_shortened() {
    let (_app, _staff, person) = complaint().await;
    let long = "a".repeat(2_001);
    let page = person.send("retrait", &[("motif", &long)]).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.texts("textarea#motif"), [long]);
    assert_eq!(
        person.page().await.texts("h1"),
        ["Votre réclamation est bien reçue"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_confirms_it_without_a_word_of_the_person() {
    let smtp = SmtpServer::start().await;
    let app = TestApp::spawn_with(TODAY, &["--relay", &smtp.url()]).await;
    let background = app.start_background();
    let receipt = file(&app.browser(), &COMPLAINT).await;
    smtp.wait_for(1).await;
    confirm(&app, &receipt).await;
    smtp.wait_for(2).await;
    let person = Person::opening(&app, receipt).await;
    person
        .send("retrait", &[("motif", "Un motif secret.")])
        .await
        .location();
    let mail = smtp.wait_for(3).await.remove(2);
    assert_eq!(
        mail.subject(),
        format!("Votre réclamation {} est retirée", person.receipt.reference)
    );
    assert!(
        !mail.body.contains("secret") && mail.body.contains("TSA 50110"),
        "{}",
        mail.body
    );
    background.finish().await;
    journal(&app, &person).await;
}

/// Everything the gate asks for.
const WHOLE: [(&str, &str); 5] = [
    ("grief-1", "La résiliation tarde."),
    ("position-1", "accepted"),
    ("motifs-1", "Votre lettre est bien arrivée à temps."),
    ("issue", "upheld"),
    ("faire", "envoyer"),
];

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_posted_before_can_be_noted_after() {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    staff.act(&reference, "reponse", &WHOLE).await.location();
    let asked = person.browser.get("/suivi/dossier/retrait").await.text();
    assert!(
        asked.contains("Notre réponse est déjà prête à partir"),
        "{asked}"
    );
    assert!(!asked.contains("pas de réponse motivée"), "{asked}");
    person.send("retrait", &[]).await.location();
    assert_eq!(letters(&app).await, ["answer"], "it may be in the post");
    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    let row = "SELECT count(*) FROM cases JOIN answers ON case_id = cases.id \
               WHERE status = 'withdrawn' AND answered_on = '2026-04-30' AND state = 'handed_over'";
    assert_eq!(count(&app, row).await, 1);
    let kinds = journal(&app, &person).await;
    assert!(kinds.iter().any(|kind| kind == "answer.handed_over"));
    assert_eq!(title(&person).await, "Votre réclamation est retirée");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_leaves_by_e_mail_is_not_denied() {
    let app = TestApp::spawn_at(TODAY).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Supervisor)
        .await;
    let person = Person::of_case(&app, Nature::Complaint, By::Email).await;
    let reference = person.receipt.reference.clone();
    staff.act(&reference, "reponse", &WHOLE).await.location();
    person.send("retrait", &[]).await.location();
    let mail = mail(&app, "withdrawal").await;
    let mail = mail.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(mail.contains("elle peut encore vous parvenir"), "{mail}");
    assert!(!mail.contains("pas de réponse motivée"), "{mail}");
    carry(&app, &person.receipt, Purpose::Answer).await;
    let leaving = "SELECT count(*) FROM answers WHERE state = 'leaving'";
    assert_eq!(count(&app, leaving).await, 0);
    assert_eq!(title(&person).await, "Votre réclamation est retirée");
}
