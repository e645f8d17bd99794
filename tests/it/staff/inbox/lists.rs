//! The lists of the inbox: a case is on those, and only those, that its next step puts it on.

use chrono::TimeDelta;
use reclamations::case::{CaseId, Nature, Purpose, Reference, hand_over};
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

/// A Thursday; the acknowledgement of what is filed on it is due on Friday 15 May.
const AT: &str = "2026-04-30T08:00:00Z";

const WATCHED: [&str; 11] = [
    "aujourd-hui",
    "a-qualifier",
    "accuse",
    "a-repondre",
    "a-relire",
    "attente",
    "echecs",
    "retard",
    "sans-responsable",
    "non-touches",
    "a-traiter",
];

/// The lists on which the only case is.
async fn lists(browser: &Browser) -> Vec<&'static str> {
    let mut found = Vec::new();
    for list in WATCHED {
        let page = browser.get(&format!("/gestion?liste={list}")).await;
        assert_eq!(page.status, 200);
        let n_rows = page.texts(".inbox .reference").len();
        assert_eq!(page.texts(".lists.wide [aria-current]").len(), 1, "{list}");
        if n_rows > 0 {
            found.push(list);
        }
    }
    found
}

fn case(reference: &str) -> CaseId {
    Reference::parse(reference).unwrap().case()
}

/// Writes to the person by an e-mail that cannot be delivered.
async fn write_in_vain(app: &TestApp, browser: &Browser, reference: &str) {
    let said = [("message", "Votre lettre vous est-elle revenue ?")];
    browser.act(reference, "message", &said).await.location();
    let failed = "UPDATE outbox SET state = 'failed', failed_at = now() WHERE purpose = 'message' \
                  RETURNING id";
    let id: i64 = app.database.row(failed).await.get(0);
    let mut conn = app.database.conn().await;
    hand_over::email_failed(&mut conn, case(reference), Purpose::Message, id, app.now())
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_moves_from_list_to_list_as_its_next_step_does() {
    let app = TestApp::spawn_at(AT).await;
    let (claire, idriss) = (app.browser(), app.browser());
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    app.colleague(&idriss, "Idriss Benali", Role::Supervisor)
        .await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let new = ["a-qualifier", "accuse", "sans-responsable", "a-traiter"];
    assert_eq!(lists(&claire).await, new);

    claire.act(&reference, "prise-en-charge", &[]).await;
    let mut conn = app.database.conn().await;
    let by = (case(&reference), Purpose::Acknowledgement, 1);
    hand_over::email_handed_over(&mut conn, by.0, by.1, by.2, app.now())
        .await
        .unwrap();
    let to_answer = ["a-qualifier", "a-repondre", "a-traiter"];
    assert_eq!(lists(&claire).await, to_answer);

    let refusal = [
        ("grief-1", "La résiliation tarde."),
        ("position-1", "refused"),
        ("motifs-1", "Votre lettre est arrivée après l’échéance."),
        ("issue", "rejected"),
        ("faire", "enregistrer"),
    ];
    claire.act(&reference, "reponse", &refusal).await;
    let to_read = ["a-qualifier", "a-relire", "a-traiter"];
    assert_eq!(lists(&claire).await, to_read);
    idriss.act(&reference, "reponse/relecture", &[]).await;
    assert_eq!(lists(&claire).await, to_answer);

    app.database
        .run("UPDATE cases SET waiting_since = '2026-04-30'")
        .await;
    let waiting = ["a-qualifier", "attente", "a-traiter"];
    assert_eq!(lists(&claire).await, waiting);
    write_in_vain(&app, &claire, &reference).await;
    // The letter that replaces it is to be posted today.
    let failed = [
        "aujourd-hui",
        "a-qualifier",
        "attente",
        "echecs",
        "a-traiter",
    ];
    assert_eq!(lists(&claire).await, failed);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_on_its_handlers_desk_that_day_and_late_the_day_after() {
    let app = TestApp::spawn_at(AT).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let browser = app.browser();
    let claire = app
        .colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    browser.act(&reference, "prise-en-charge", &[]).await;
    let with = |more: &[&'static str]| {
        let mut all = vec!["a-qualifier", "accuse", "a-traiter"];
        all.extend(more);
        all.sort_by_key(|list| WATCHED.iter().position(|one| one == list));
        all
    };
    // Monday 4 May: Thursday was touched, Saturday and Monday have begun (the first is a holiday).
    for (days, name, more) in [
        (4, "Lundi", [].as_slice()),
        (1, "Mardi", &["non-touches"]),
        (9, "Ascension", &["non-touches"]),
        (1, "Vendredi", &["aujourd-hui", "non-touches"]),
        (1, "Samedi", &["aujourd-hui", "retard", "non-touches"]),
    ] {
        app.state.clock.advance(TimeDelta::days(days));
        let browser = app.browser();
        app.sign_in(&browser, &claire).await;
        assert_eq!(lists(&browser).await, with(more), "{name}");
        let other = app.browser();
        app.colleague(&other, name, Role::Handler).await;
        let theirs = other.get("/gestion?liste=aujourd-hui").await;
        assert!(theirs.texts(".inbox .reference").is_empty(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_information_request_has_a_target_and_is_never_legally_late() {
    let app = TestApp::spawn_at(AT).await;
    app.case(Nature::InformationRequest, By::Post).await;
    app.state.clock.advance(TimeDelta::days(30));
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let page = browser.get("/gestion?liste=a-repondre").await;
    assert_eq!(page.texts(".inbox tr.late").len(), 1);
    let late = browser.get("/gestion?liste=retard").await;
    assert!(late.texts(".inbox .reference").is_empty());
    assert!(late.text().contains("Aucune date légale n’est passée."));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cases_of_the_absent_come_up_at_their_deputys_that_day() {
    let app = TestApp::spawn_at(AT).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let (claire, paul) = (app.browser(), app.browser());
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    let deputy = app.colleague(&paul, "Paul Roy", Role::Handler).await;
    claire.act(&reference, "prise-en-charge", &[]).await;
    app.database
        .run(
            "INSERT INTO absences (account_id, deputy_id, from_on, until_on)
             SELECT a.id, d.id, '2026-05-10', '2026-05-15' FROM staff_accounts a, staff_accounts d
             WHERE a.display_name = 'Claire Morvan' AND d.display_name = 'Paul Roy';
             UPDATE cases SET is_sensitive = TRUE",
        )
        .await;
    let today = async |browser: &Browser, list: &str| {
        let page = browser.get(&format!("/gestion?liste={list}")).await;
        page.texts(".inbox .reference").len()
    };
    assert_eq!(today(&paul, "a-traiter").await, 0, "sensitive");
    app.state.clock.advance(TimeDelta::days(15));
    app.sign_in(&paul, &deputy).await;
    assert_eq!(today(&paul, "aujourd-hui").await, 1);
    assert_eq!(today(&paul, "mes-dossiers").await, 0);
    assert_eq!(today(&paul, "a-traiter").await, 1, "a deputy reads it");
    app.state.clock.advance(TimeDelta::days(1));
    app.sign_in(&paul, &deputy).await;
    for list in ["aujourd-hui", "a-traiter", "tous", "retard"] {
        assert_eq!(today(&paul, list).await, 0, "{list}");
    }
    let counts = paul.get("/gestion").await.texts(".lists.wide .count");
    assert!(counts.iter().all(|count| count == "0"), "{counts:?}");
}
