//! No date slips: what staff follow beside the legal dates, the cases of nobody, what is opened again.

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;

/// A Thursday; the acknowledgement of what is filed on it is due on Friday 15 May.
const AT: &str = "2026-04-30T08:00:00Z";

async fn list(browser: &Browser, code: &str) -> Page {
    browser.get(&format!("/gestion?liste={code}")).await
}

async fn on(browser: &Browser, code: &str) -> Vec<String> {
    list(browser, code).await.texts(".inbox .reference")
}

/// What the only line says is due, spaces made plain.
async fn due(browser: &Browser, code: &str) -> String {
    let due = list(browser, code).await.texts(".inbox .due").concat();
    due.replace('\u{a0}', " ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_followed_date_comes_up_at_its_handlers_although_the_case_is_over() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    let claire = app
        .colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    browser.act(&reference, "prise-en-charge", &[]).await;
    assert!(on(&browser, "a-suivre").await.is_empty());
    let referral = [
        ("par", "person"),
        ("date", "30/04/2026"),
        ("connue", "30/04/2026"),
        ("numero", "2026-04512"),
    ];
    let noted = browser.act(&reference, "mediation", &referral).await;
    noted.location();
    app.database
        .run("UPDATE cases SET status = 'closed', closed_on = '2026-04-30', answered_on = '2026-04-30'")
        .await;
    assert_eq!(on(&browser, "a-suivre").await, [reference.as_str()]);
    assert!(on(&browser, "aujourd-hui").await.is_empty());
    let line = due(&browser, "a-suivre").await;
    assert!(
        line.contains("documents pour le médiateur · jeu. 4 juin"),
        "{line}"
    );

    app.state.clock.advance(TimeDelta::days(35));
    app.sign_in(&browser, &claire).await;
    assert_eq!(on(&browser, "aujourd-hui").await, [reference.as_str()]);
    let line = due(&browser, "aujourd-hui").await;
    assert!(line.contains("dernier jour aujourd’hui"), "{line}");
    let other = app.browser();
    app.colleague(&other, "Paul Roy", Role::Handler).await;
    assert!(on(&other, "aujourd-hui").await.is_empty());

    let sent = [("date", "04/06/2026")];
    let sent = browser.act(&reference, "mediation-documents", &sent).await;
    sent.location();
    for code in ["aujourd-hui", "a-suivre"] {
        assert!(on(&browser, code).await.is_empty(), "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_could_act_on_comes_up_at_the_supervisors() {
    let app = TestApp::spawn_at(AT).await;
    let (browser, desk) = (app.browser(), app.browser());
    let boss = app
        .colleague(&browser, "Hélène Roy", Role::Supervisor)
        .await;
    let paul = app.colleague(&desk, "Paul Roy", Role::Handler).await;
    let mut filed = Vec::new();
    for name in ["Claire Un", "Claire Deux", "Claire Trois", "Claire Quatre"] {
        let handler = app.browser();
        app.colleague(&handler, name, Role::Handler).await;
        let reference = app.case(Nature::Complaint, By::Email).await;
        handler.act(&reference, "prise-en-charge", &[]).await;
        filed.push(reference);
    }
    let kept = filed.remove(3);
    filed.push(app.case(Nature::InformationRequest, By::Email).await);
    app.database
        .run(
            "UPDATE staff_accounts SET disabled_at = now() WHERE display_name = 'Claire Un';
             UPDATE staff_accounts SET enrolled_at = NULL WHERE display_name = 'Claire Deux';
             INSERT INTO absences (account_id, deputy_id, from_on, until_on)
             SELECT a.id, d.id, '2026-05-01', '2026-05-31' FROM staff_accounts a, staff_accounts d
             WHERE a.display_name = 'Claire Trois' AND d.display_name = 'Claire Un'",
        )
        .await;
    assert!(on(&browser, "aujourd-hui").await.is_empty(), "not yet due");
    app.state.clock.advance(TimeDelta::days(15));
    app.sign_in(&browser, &boss).await;
    app.sign_in(&desk, &paul).await;
    let mut shown = on(&browser, "aujourd-hui").await;
    shown.sort_unstable();
    assert_eq!(shown, filed);
    assert!(!shown.contains(&kept), "its handler sees to it");
    assert!(on(&desk, "aujourd-hui").await.is_empty(), "not a handler's");
    let counts = browser.get("/gestion").await.texts(".lists.wide .count");
    assert_eq!(counts.first().map(String::as_str), Some("4"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_open_again_waits_for_an_answer_and_is_not_contested() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let answered = |nature| {
        let (app, browser) = (&app, &browser);
        async move {
            let reference = app.case(nature, By::Email).await;
            app.database
                .run("UPDATE cases SET status = 'closed', closed_on = '2026-04-30', answered_on = '2026-04-30'
                      WHERE status = 'received' AND answered_on IS NULL")
                .await;
            let fields = [("date", "15/05/2026"), ("motif", "Illisible.")];
            let done = browser.act(&reference, "reouverture", &fields).await;
            done.location();
            reference
        }
    };
    let complaint = answered(Nature::Complaint).await;
    let request = answered(Nature::InformationRequest).await;
    assert_eq!(on(&browser, "a-repondre").await, [&*complaint, &*request]);
    assert!(on(&browser, "desaccords").await.is_empty());
    let lines = list(&browser, "a-repondre").await.texts(".inbox tbody tr");
    for line in lines {
        assert!(line.contains("Rouvert"), "{line}");
        assert!(line.contains("nouvelle réponse"), "{line}");
        assert!(!line.contains("Désaccord"), "{line}");
    }
    let page = browser.case(&complaint).await.text();
    assert!(!page.contains("après son désaccord"), "{page}");

    // Contested afterwards, it is.
    app.database
        .run(
            "INSERT INTO messages (case_id, kind, body, written_at)
             SELECT id, 'disagreement', 'Non.', now() + interval '1 day' FROM cases
             WHERE nature = 'complaint'",
        )
        .await;
    assert_eq!(on(&browser, "desaccords").await, [complaint.as_str()]);
    assert_eq!(on(&browser, "a-repondre").await, [request.as_str()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_of_the_first_ten_thousand_says_so_whatever_the_order_of_the_list() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let second = app.case(Nature::InformationRequest, By::Post).await;
    app.database
        .run(
            "UPDATE cases SET next_due_on = '2026-04-01' WHERE nature = 'complaint';
             UPDATE cases SET next_due_on = '2026-04-02' WHERE nature = 'information_request';
             INSERT INTO cases (reference_year, submission_id, nature_declared, channel, person_name,
                 procedure_version, received_at, entered_at, next_due_on, last_event_at, touched_on)
             SELECT 2026, gen_random_uuid(), 'complaint', 'web', 'Ana Roux', '2025-10-11', now(), now(),
                 '2026-06-01', now(), '2026-05-20' FROM generate_series(1, 10000);
             UPDATE cases SET touched_on = '2026-04-01' WHERE id <= 2",
        )
        .await;
    for (query, expected, words) in [
        // A range of the index of the list: all of it is known.
        ("echeance=passee", vec![&reference, &second], "2 dossiers"),
        // A filter that drops lines, on a page that is full and on one that is not.
        (
            "nature=reclamation&canal=site",
            vec![],
            "Plus de 999 dossiers parmi les 10 000 premiers de la liste",
        ),
        (
            "nature=demande",
            vec![&second],
            "1 dossier parmi les 10 000 premiers de la liste",
        ),
        // Newest first: a date is one more condition, and looks no further.
        (
            "liste=tous&echeance=passee",
            vec![],
            "Aucun dossier parmi les 10 000 premiers de la liste",
        ),
    ] {
        let page = browser.get(&format!("/gestion?{query}")).await;
        let text = page.text().replace(['\u{a0}', '\u{202f}'], " ");
        assert!(
            text.contains(words),
            "{query}: {}",
            page.texts("[role=status]").concat()
        );
        let shown = page.texts(".inbox .reference");
        if shown.len() < 50 {
            assert_eq!(shown.iter().collect::<Vec<_>>(), expected, "{query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_followed_dates_says_when_it_does_not_hold_them_all() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.first_administrator(&browser).await;
    app.database
        .run(
            "INSERT INTO cases (reference_year, submission_id, nature_declared, channel, person_name,
                 procedure_version, received_at, entered_at, next_due_on, last_event_at, touched_on)
             SELECT 2026, gen_random_uuid(), 'complaint', 'web', 'Ana Roux', '2025-10-11', now(), now(),
                 '2026-06-01', now(), '2026-05-20' FROM generate_series(1, 2000)",
        )
        .await;
    let follow = async |kind: &str, n_cases: i32| {
        let follow = format!(
            "INSERT INTO follow_ups (case_id, kind, due_on, created_at)
             SELECT id, '{kind}', '2026-05-04', now() FROM cases LIMIT {n_cases}"
        );
        app.database.run(&follow).await;
    };
    let warning = async || {
        let page = browser.get("/gestion?liste=a-suivre").await;
        assert_eq!(page.texts("h1"), ["Dates à suivre"]);
        page.texts(".callout.warning").concat()
    };
    follow("ask", 2_000).await;
    assert_eq!(warning().await, "");
    follow("holding_letter", 1).await;
    let said = warning().await;
    assert!(said.contains("aux 2 000 premières dates"), "{said}");
}
