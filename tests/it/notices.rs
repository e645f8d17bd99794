//! What staff are told by e-mail: one digest a day, and at once only what cannot wait.

use chrono::{DateTime, TimeDelta, Utc};
use reclamations::case::notices::{failed_sending, send_digests, tell_last_days};
use reclamations::case::{Nature, Purpose, Reference};
use reclamations::staff::absences::{self, NewAbsence};
use reclamations::staff::{Role, StaffId};

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

/// A Thursday: the acknowledgement is due on 15 May, the answer on 30 June.
const AT: &str = "2026-04-30T08:00:00Z";

/// Claire says that the case complains about Alix.
const BAR: &str = "INSERT INTO case_bars (case_id, account_id, barred_by, barred_at)
                   SELECT id, 1, 3, received_at FROM cases";

/// A complaint of Alix's (1); Idriss (2) handles cases too, Claire (3) supervises.
async fn site() -> (TestApp, Browser, String) {
    let flags = ["--compliance-email", "conformite@example.org"];
    let app = TestApp::spawn_with(AT, &flags).await;
    let alix = app.browser();
    app.colleague(&alix, "Alix Petit", Role::Handler).await;
    app.colleague(&app.browser(), "Idriss Benali", Role::Handler)
        .await;
    app.colleague(&app.browser(), "Claire Morvan", Role::Supervisor)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let handler = "UPDATE cases SET handler_id = 1";
    app.database.run(handler).await;
    (app, alix, reference)
}

/// Sends the digests of the day and returns how many.
async fn tell(app: &TestApp, at: &str) -> usize {
    let mut conn = app.database.conn().await;
    let at: DateTime<Utc> = at.parse().unwrap();
    let notices = &app.state.office.notices;
    send_digests(&mut conn, notices, at).await.unwrap()
}

/// Recipient and text of what was told, in the order of the outbox.
async fn told(app: &TestApp) -> Vec<(String, String)> {
    let mails = "SELECT recipient, subject || chr(10) || body FROM outbox
                 WHERE purpose IN ('digest', 'alert') ORDER BY id";
    let rows = app.database.rows(mails).await;
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

async fn whom(app: &TestApp) -> Vec<String> {
    let told = told(app).await;
    told.into_iter().map(|(recipient, _)| recipient).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_stage_is_told_once_to_whom_it_concerns() {
    let (app, _, reference) = site().await;
    assert_eq!(tell(&app, "2026-05-07T08:00:00Z").await, 0);
    assert_eq!(
        tell(&app, "2026-05-08T08:00:00Z").await,
        1,
        "half of 15 days"
    );
    assert_eq!(tell(&app, "2026-05-08T08:01:00Z").await, 0);
    assert_eq!(
        tell(&app, "2026-05-12T08:00:00Z").await,
        1,
        "three quarters"
    );
    assert_eq!(tell(&app, "2026-05-14T08:00:00Z").await, 1, "nine tenths");
    let expected = [
        "alix.petit@example.org",
        "claire.morvan@example.org",
        "conformite@example.org",
    ];
    assert_eq!(whom(&app).await, expected);
    for (_, text) in told(&app).await {
        assert!(text.contains(&reference), "{text}");
        assert!(
            text.contains("dernier jour le 15\u{a0}mai\u{a0}2026"),
            "{text}"
        );
        assert!(
            !text.contains("Lefèvre") && !text.contains("résiliation"),
            "{text}"
        );
    }
    let lines = "SELECT facts FROM journal_events WHERE kind = 'clock.stage_told' ORDER BY seq";
    let lines = app.database.rows(lines).await;
    let facts: Vec<&str> = lines.iter().map(|row| row.get(0)).collect();
    assert_eq!(
        facts,
        [
            "clock=acknowledgement\nstage=half",
            "clock=acknowledgement\nstage=three_quarters",
            "clock=acknowledgement\nstage=nine_tenths"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deputy_is_told_in_the_place_of_who_is_away() {
    let (app, _, _) = site().await;
    let away = NewAbsence {
        account: StaffId(1),
        deputy: StaffId(2),
        from_on: "2026-05-04".parse().unwrap(),
        until_on: "2026-05-15".parse().unwrap(),
    };
    let mut conn = app.database.conn().await;
    let actor = reclamations::journal::Actor::Staff(1);
    let today = "2026-04-30".parse().unwrap();
    absences::record(&mut conn, &away, today, actor, app.now())
        .await
        .unwrap();
    tell(&app, "2026-05-08T08:00:00Z").await;
    assert_eq!(whom(&app).await[0], "idriss.benali@example.org");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_nobody_is_the_supervisors() {
    let (app, _, _) = site().await;
    app.database.run("UPDATE cases SET handler_id = NULL").await;
    tell(&app, "2026-05-08T08:00:00Z").await;
    assert_eq!(whom(&app).await[0], "claire.morvan@example.org");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_met_is_told_no_more() {
    let (app, ..) = site().await;
    let met = "UPDATE cases SET status = 'acknowledged', acknowledged_on = '2026-05-05',
               next_due_on = '2026-06-30'";
    app.database.run(met).await;
    assert_eq!(tell(&app, "2026-05-12T08:00:00Z").await, 0);
    assert_eq!(
        tell(&app, "2026-06-01T08:00:00Z").await,
        1,
        "half of the answer's"
    );
    assert!(told(&app).await[0].1.contains("réponse motivée"));
    // Of the stages passed meanwhile, the highest; and the handler has a case that is late.
    assert_eq!(tell(&app, "2026-07-01T08:00:00Z").await, 3);
    let all = told(&app).await;
    for (who, what) in [
        ("alix.petit@example.org", "dont 1 en retard"),
        ("claire.morvan@example.org", "En retard\u{202f}: 1"),
        ("conformite@example.org", "neuf dixièmes"),
    ] {
        let is_told = |(to, text): &&(String, String)| to == who && text.contains(what);
        assert!(all.iter().any(|one| is_told(&one)), "{who}: {all:#?}");
    }
    let ended = "UPDATE cases SET status = 'closed', closed_on = '2026-07-01';
                 UPDATE postal_tasks SET dropped_at = '2026-07-01T08:00:00Z';
                 DELETE FROM stage_notices";
    app.database.run(ended).await;
    assert_eq!(tell(&app, "2026-07-02T08:00:00Z").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_tell_a_stage_once() {
    let (app, _, _) = site().await;
    let at = "2026-05-08T08:00:00Z";
    let (one, other) = tokio::join!(tell(&app, at), tell(&app, at));
    assert_eq!(one + other, 1);
    assert_eq!(told(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_background_work_tells_them_in_office_hours() {
    let (app, _, _) = site().await;
    // Saturday 9 May 2026: nobody is told before Monday.
    app.state.clock.advance(TimeDelta::days(9));
    let running = app.start_background();
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    running.finish().await;
    assert!(told(&app).await.is_empty());
    app.state.clock.advance(TimeDelta::days(2));
    let running = app.start_background();
    let mut n_told = 0;
    for _ in 0..100 {
        n_told = told(&app).await.len();
        if n_told > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    running.finish().await;
    assert!(n_told > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_the_case_complains_about_is_told_nothing() {
    let (app, _, _) = site().await;
    app.database.run(BAR).await;
    tell(&app, "2026-05-08T08:00:00Z").await;
    assert_eq!(
        whom(&app).await,
        ["claire.morvan@example.org"],
        "not the handler"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_an_administrator_names_is_told_from_then_on() {
    let (app, _, _) = site().await;
    let administrator = app.browser();
    app.colleague(&administrator, "Bruno Lescure", Role::Administrator)
        .await;
    let address = "/gestion/reglages/conformite";
    let named = [("version", "0"), ("valeur", "audit@example.org")];
    administrator.fill(address, &named).await.location();
    assert_eq!(tell(&app, "2026-05-14T08:00:00Z").await, 1);
    assert_eq!(whom(&app).await, ["audit@example.org"]);
    let nobody = [("version", "1"), ("valeur", "")];
    administrator.fill(address, &nobody).await.location();
    tell(&app, "2026-06-25T08:00:00Z").await;
    let claire = told(&app).await.into_iter().rev();
    let mut claire = claire.filter(|(who, _)| who == "claire.morvan@example.org");
    assert!(claire.next().unwrap().1.contains("neuf dixièmes"));
    let lines = "SELECT facts FROM journal_events WHERE kind = 'setting.changed' ORDER BY seq";
    let lines = app.database.rows(lines).await;
    let lines: Vec<String> = lines.iter().map(|row| row.get(0)).collect();
    let named = |version| format!("setting=compliance_email\nversion={version}");
    assert_eq!(lines, [named(1), named(2)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_digest_tells_what_is_to_be_done_that_day() {
    let (app, _, reference) = site().await;
    assert_eq!(
        tell(&app, "2026-05-04T08:00:00Z").await,
        0,
        "nothing to say"
    );
    tell(&app, "2026-05-15T08:00:00Z").await;
    let (_, text) = told(&app).await.remove(0);
    let subject = "Réclamations\u{202f}: 1 dossier à traiter aujourd’hui\n";
    assert!(text.starts_with(subject), "{text}");
    assert!(
        text.contains(&format!("- {reference}, dernier jour aujourd’hui")),
        "{text}"
    );
    // An absent handler's cases are in the digest of nobody but who stands in.
    app.database.run("UPDATE cases SET handler_id = NULL").await;
    tell(&app, "2026-05-18T08:00:00Z").await;
    let (who, text) = told(&app).await.pop().unwrap();
    assert_eq!(who, "claire.morvan@example.org");
    assert!(text.contains("dont 1 en retard"), "{text}");
    assert!(text.contains("- Sans responsable\u{202f}: 1"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_last_working_day_is_told_at_once_and_once() {
    let (app, _, reference) = site().await;
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let mut conn = app.database.conn().await;
    let notices = &app.state.office.notices;
    // Thursday 14 May is a holiday: on Wednesday one working day is left.
    for (instant, n_expected) in [
        ("2026-05-12T08:00:00Z", 0),
        ("2026-05-13T08:00:00Z", 1),
        ("2026-05-13T09:00:00Z", 0),
        ("2026-05-18T08:00:00Z", 0),
    ] {
        let n_told = tell_last_days(&mut conn, notices, 10, at(instant)).await;
        assert_eq!(n_told.unwrap(), n_expected, "{instant}");
    }
    let [(who, text)] = told(&app).await.try_into().unwrap();
    assert_eq!(who, "alix.petit@example.org");
    let subject =
        format!("{reference}\u{202f}: accusé de réception au plus tard le 15\u{a0}mai\u{a0}2026");
    assert!(text.starts_with(&subject), "{text}");
    let facts = "SELECT facts FROM journal_events WHERE kind = 'clock.stage_told'";
    let line: String = app.database.rows(facts).await[0].get(0);
    assert_eq!(line, "clock=acknowledgement\nstage=last_day");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_at_night_is_told_in_the_morning() {
    let (app, _, reference) = site().await;
    let case = Reference::parse(&reference).unwrap().case();
    let mut conn = app.database.conn().await;
    let notices = &app.state.office.notices;
    let night: DateTime<Utc> = "2026-05-04T22:00:00Z".parse().unwrap();
    let nothing = (case, Purpose::LostCode, None);
    failed_sending(&mut conn, notices, nothing, night)
        .await
        .unwrap();
    assert!(told(&app).await.is_empty(), "it is never a letter");
    let message = (case, Purpose::Message, None);
    failed_sending(&mut conn, notices, message, night)
        .await
        .unwrap();
    assert_eq!(whom(&app).await, ["alix.petit@example.org"]);
    let held = "SELECT id FROM outbox
                WHERE purpose = 'alert' AND next_attempt_at = '2026-05-05T06:30:00Z'";
    assert_eq!(app.database.rows(held).await.len(), 1);
}
