//! What leaves by e-mail is kept as a letter, on both sides.

use std::time::Duration;

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;
use crate::support::pdf;
use crate::support::smtp::SmtpServer;

/// A Thursday; what is done leaves the same day.
const AT: &str = "2026-04-30T08:00:00Z";

/// What the staff write: the act, its fields, a sentence of the letter.
type Writing = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

const WRITINGS: [Writing; 4] = [
    (
        "demande-a-la-personne",
        &[
            ("quoi", "La copie de votre avis d’échéance."),
            ("attendu", "15/05/2026"),
        ],
        "La copie de votre avis d’échéance.",
    ),
    (
        "lettre-d-attente",
        &[
            ("motif", "L’assureur doit nous rendre son expertise."),
            ("annonce", "15/06/2026"),
        ],
        "L’assureur doit nous rendre son expertise.",
    ),
    (
        "transmission",
        &[
            ("a", "insurer"),
            ("nom", "Mutuelle du Val"),
            ("raison", "Elle seule peut revoir l’indemnité."),
            ("date", "30/04/2026"),
        ],
        "Elle seule peut revoir l’indemnité.",
    ),
    (
        "requalification",
        &[("motif", "Vous demandez un duplicata.")],
        "Vous demandez un duplicata.",
    ),
];

const ANSWER: [(&str, &str); 5] = [
    ("grief-1", "La résiliation tarde."),
    ("position-1", "accepted"),
    ("motifs-1", "Votre lettre est bien arrivée à temps."),
    ("issue", "upheld"),
    ("faire", "envoyer"),
];

/// The site with its relay, a handler, and a complaint whose acknowledgement has left.
async fn desk(smtp: &SmtpServer) -> (TestApp, Browser, String) {
    let app = TestApp::spawn_with(AT, &["--relay", &smtp.url()]).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Supervisor)
        .await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    app.confirm_address(&reference).await;
    (app, staff, reference)
}

/// Waits until so many letters are kept, and none is owed.
async fn kept(app: &TestApp, n: usize) {
    let sql = format!(
        "SELECT count(*) = {n} AND NOT EXISTS (SELECT FROM letters_owed) \
         AND NOT EXISTS (SELECT FROM outbox WHERE state = 'queued') \
         FROM case_files WHERE outbox_id IS NOT NULL"
    );
    app.state.outbox_bell.notify_one();
    app.until(&sql, Duration::from_secs(30)).await;
}

/// The letters that the page of a case leads to from what was exchanged, newest first.
fn led_to(page: &Page) -> Vec<String> {
    page.attributes(".message a[href*=pieces]", "href")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_letter_that_left_is_kept_once_and_given_to_both_sides() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference) = desk(&smtp).await;
    let background = app.start_background();
    kept(&app, 1).await;
    // A word of a conversation is no letter.
    let words = [("message", "Nous nous sommes parlé ce matin.")];
    staff.act(&reference, "message", &words).await.location();
    for (act, fields, _) in WRITINGS {
        staff.act(&reference, act, fields).await.location();
    }
    kept(&app, 5).await;
    background.finish().await;

    let page = staff.case(&reference).await;
    let links = led_to(&page);
    assert_eq!(links.len(), 5, "{}", page.text());
    let person = app.person(&reference).await;
    let theirs = person.get("/suivi/dossier").await;
    let theirs = theirs.attributes(".files a", "href");
    let mut all = Vec::new();
    for link in &links {
        let (headers, letter) = staff.download(link).await;
        assert_eq!(headers["content-type"], "application/pdf");
        pdf::assert_sound(&letter);
        let own = format!("/suivi/dossier/pieces/{}", link.rsplit('/').next().unwrap());
        assert!(theirs.contains(&own), "{own} in {theirs:?}");
        assert_eq!(person.download(&own).await.1, letter);
        all.push(pdf::flat(&letter));
    }
    let first = "cette lettre en est l’accusé de réception";
    let sentences = WRITINGS.map(|(.., sentence)| sentence);
    for sentence in [first].into_iter().chain(sentences) {
        let n_saying = all.iter().filter(|said| said.contains(sentence)).count();
        assert_eq!(n_saying, 1, "{sentence} in {all:?}");
    }
    let is_whole = |said: &String| said.contains("le 30 avril 2026") && said.contains(&reference);
    assert!(all.iter().all(is_whole), "{all:?}");
    let told = "SELECT count(*) FROM journal_events WHERE kind = 'letter.kept' \
                AND facts LIKE '%pdf=%'";
    assert_eq!(app.database.row(told).await.get::<_, i64>(0), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_not_left_is_no_letter_and_one_that_left_late_bears_its_day() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference) = desk(&smtp).await;
    let owed = "SELECT count(*) = 0 FROM letters_owed";
    assert!(app.database.row(owed).await.get::<_, bool>(0));
    assert!(led_to(&staff.case(&reference).await).is_empty());
    app.state.clock.advance(TimeDelta::days(4));
    let background = app.start_background();
    kept(&app, 1).await;
    background.finish().await;
    let staff = app.browser();
    app.colleague(&staff, "Idriss Benali", Role::Handler).await;
    let links = led_to(&staff.case(&reference).await);
    let said = pdf::flat(&staff.download(&links[0]).await.1);
    assert!(said.contains("le 4 mai 2026"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_keep_one_letter_and_a_failure_holds_up_no_other() {
    let smtp = SmtpServer::start().await;
    let (app, _, _) = desk(&smtp).await;
    // The letter of the first cannot be kept.
    let other = app.case(Nature::Complaint, By::Email).await;
    app.confirm_address(&other).await;
    let refuse = "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         IF NEW.case_id = (SELECT min(id) FROM cases) THEN RAISE 'refused'; END IF; \
         RETURN NEW; END $$; \
         CREATE TRIGGER refuse BEFORE INSERT ON case_files FOR EACH ROW EXECUTE FUNCTION refuse()";
    app.database.run(refuse).await;
    let (one, two) = (app.database.pool().await, app.database.pool().await);
    let (first, second) = (app.start_background_on(one), app.start_background_on(two));
    let sql = "SELECT (SELECT count(*) FROM case_files WHERE outbox_id IS NOT NULL) = 1 \
         AND (SELECT count(*) FROM letters_owed WHERE not_before > left_at) = 1";
    app.until(sql, Duration::from_secs(30)).await;
    app.database.run("DROP TRIGGER refuse ON case_files").await;
    app.state.clock.advance(TimeDelta::minutes(61));
    kept(&app, 2).await;
    first.finish().await;
    second.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_of_the_answer_encloses_nothing() {
    let smtp = SmtpServer::start().await;
    let app = TestApp::spawn_with(AT, &["--relay", &smtp.url()]).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let unconfirmed = app.case(Nature::Complaint, By::Email).await;
    staff.act(&unconfirmed, "reponse", &ANSWER).await.location();
    app.state.clock.advance(TimeDelta::seconds(61));
    let background = app.start_background();
    let left = "SELECT count(*) = 1 FROM answers WHERE state = 'handed_over'";
    app.until(left, Duration::from_secs(20)).await;
    background.finish().await;
    let received = smtp.received();
    let mut answers = received.iter();
    let answer = answers.find(|mail| mail.subject().starts_with("Réponse"));
    let answer = answer.unwrap();
    assert!(answer.body.contains("vous attend sur la page"));
    assert!(answer.enclosed.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_whose_letter_cannot_be_read_waits_and_the_others_leave() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference) = desk(&smtp).await;
    staff.act(&reference, "reponse", &ANSWER).await.location();
    app.database
        .run("ALTER TABLE file_chunks RENAME TO away")
        .await;
    app.state.clock.advance(TimeDelta::seconds(61));
    let background = app.start_background();
    // The acknowledgement and the copy leave.
    let waits = "SELECT count(*) = 1 FROM outbox WHERE state = 'queued' AND n_attempts = 1 \
                 AND enclosed IS NOT NULL AND 2 <= (SELECT count(*) FROM outbox AS left_already \
                 WHERE left_already.state = 'handed_over')";
    app.until(waits, Duration::from_secs(20)).await;
    app.database
        .run("ALTER TABLE away RENAME TO file_chunks")
        .await;
    app.state.clock.advance(TimeDelta::minutes(16));
    app.state.outbox_bell.notify_one();
    let left = "SELECT count(*) = 1 FROM outbox WHERE state = 'handed_over' \
                AND enclosed IS NOT NULL";
    app.until(left, Duration::from_secs(20)).await;
    background.finish().await;
    let received = smtp.received();
    let mut enclosed = received.iter().filter_map(|mail| mail.enclosed.as_ref());
    let (_, letter) = enclosed.next().unwrap();
    assert!(pdf::flat(letter).contains("Votre lettre est bien arrivée à temps."));
}
