//! Absences: recorded by oneself or by a supervisor, and who stands in on a day.

use chrono::NaiveDate;
use reclamations::staff::{Role, StaffId, absences};
use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};

const AT: &str = "2026-04-30T08:00:00Z";
const OWN: &str = "/gestion/mon-compte";
const ALL: &str = "/gestion/absences";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Alix (1) and Idriss (2) handle cases, Claire (3) supervises, Nora (4) audits.
async fn office() -> (TestApp, [Browser; 3]) {
    let app = TestApp::spawn_at(AT).await;
    let [alix, idriss, claire] = [app.browser(), app.browser(), app.browser()];
    app.colleague(&alix, "Alix Petit", Role::Handler).await;
    app.colleague(&idriss, "Idriss Benali", Role::Handler).await;
    app.colleague(&claire, "Claire Morvan", Role::Supervisor)
        .await;
    app.colleague(&app.browser(), "Nora Diallo", Role::Auditor)
        .await;
    (app, [alix, idriss, claire])
}

async fn send(browser: &Browser, page: &str, part: &str, fields: &[(&str, &str)]) -> Page {
    let csrf = browser.get(page).await.value("csrf");
    let fields = [&[("csrf", csrf.as_str())], fields].concat();
    browser.post(&format!("{page}{part}"), &fields).await
}

fn days<'a>(du: &'a str, au: &'a str, deputy: &'a str) -> [(&'a str, &'a str); 3] {
    [("du", du), ("au", au), ("suppleant", deputy)]
}

async fn stands_in(app: &TestApp, deputy: i64, on: &str) -> Vec<i64> {
    let mut conn = app.database.conn().await;
    let away = absences::standing_in_for(&mut conn, StaffId(deputy), day(on)).await;
    away.unwrap().into_iter().map(|id| id.0).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_stands_in_from_the_first_day_to_the_last() {
    let (app, [alix, ..]) = office().await;
    let before = app.system_lines().await;
    let fields = days("04/05/2026", "08/05/2026", "2");
    let done = send(&alix, OWN, "/absence", &fields).await;
    assert_eq!(done.location(), "/gestion/mon-compte?fait=absence");
    assert_eq!(
        app.added_lines(&before).await,
        ["staff:1 absence.recorded absence=1 account=1 deputy=2 from=2026-05-04 until=2026-05-08"]
    );
    for (on, expected) in [
        ("2026-05-03", vec![]),
        ("2026-05-04", vec![1]),
        ("2026-05-08", vec![1]),
        ("2026-05-09", vec![]),
    ] {
        assert_eq!(stands_in(&app, 2, on).await, expected, "{on}");
    }
    let mut conn = app.database.conn().await;
    let deputy = absences::deputy_of(&mut conn, StaffId(1), day("2026-05-06")).await;
    assert_eq!(deputy.unwrap(), Some(StaffId(2)));
    assert!(alix.get(OWN).await.text().contains("Idriss Benali"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_at_its_field() {
    let (app, [alix, idriss, _]) = office().await;
    send(
        &idriss,
        OWN,
        "/absence",
        &days("06/05/2026", "07/05/2026", "1"),
    )
    .await;
    let before = app.system_lines().await;
    for (fields, field) in [
        (days("", "08/05/2026", "2"), "du"),
        (days("04/05/2026", "31/02/2026", "2"), "au"),
        (days("08/05/2026", "04/05/2026", "2"), "au"),
        (days("01/04/2026", "29/04/2026", "2"), "au"),
        (days("04/05/2026", "08/05/2026", ""), "suppleant"),
        (days("04/05/2026", "08/05/2026", "1"), "suppleant"),
        (days("04/05/2026", "08/05/2026", "4"), "suppleant"),
        (days("04/05/2026", "08/05/2026", "99"), "suppleant"),
        (days("04/05/2026", "08/05/2026", "2"), "suppleant"),
    ] {
        let page = send(&alix, OWN, "/absence", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        let told = page.texts(&format!("#{field}-erreur"));
        assert_eq!(told.len(), 1, "{fields:?}");
        assert_eq!(page.value("du"), fields[0].1, "nothing typed is lost");
    }
    assert!(app.added_lines(&before).await.is_empty());

    let fields = days("04/05/2026", "05/05/2026", "3");
    send(&alix, OWN, "/absence", &fields).await;
    let twice = send(&alix, OWN, "/absence", &fields).await;
    assert!(
        twice
            .texts("#du-erreur")
            .concat()
            .contains("déjà enregistrée")
    );
    assert_eq!(app.added_lines(&before).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_is_taken_back_or_cut_short() {
    let (app, [alix, _, claire]) = office().await;
    send(
        &alix,
        OWN,
        "/absence",
        &days("29/04/2026", "08/05/2026", "2"),
    )
    .await;
    assert_eq!(stands_in(&app, 2, "2026-04-30").await, [1]);
    let before = app.system_lines().await;
    let fields = [("absence", "1"), ("compte", "1")];
    let back = send(&claire, ALL, "/fin", &fields).await;
    assert_eq!(back.location(), "/gestion/absences?fait=retour");
    assert!(
        stands_in(&app, 2, "2026-04-30").await.is_empty(),
        "back today"
    );
    assert_eq!(
        stands_in(&app, 2, "2026-04-29").await,
        [1],
        "what was stays"
    );
    send(&claire, ALL, "/fin", &fields).await;
    let line = "staff:3 absence.ended absence=1 account=1";
    assert_eq!(
        app.added_lines(&before).await,
        [line],
        "sent twice, done once"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_records_for_others_and_a_handler_for_nobody_else() {
    let (app, [alix, idriss, claire]) = office().await;
    let absent = [("absent", "1")];
    let fields = [&absent[..], &days("04/05/2026", "08/05/2026", "2")].concat();
    let done = send(&claire, ALL, "", &fields).await;
    assert_eq!(done.location(), "/gestion/absences?fait=absence");
    assert!(claire.get(ALL).await.text().contains("Alix Petit"));
    assert_eq!(alix.get(ALL).await.status, StatusCode::FORBIDDEN);
    let csrf = alix.get(OWN).await.value("csrf");
    let fields = [&[("csrf", csrf.as_str())], &fields[..]].concat();
    let refused = alix.post(ALL, &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    // Someone else's absence is not one's own to take back, whatever the form says.
    let theirs = [("absence", "1"), ("compte", "1")];
    send(&idriss, OWN, "/absence/fin", &theirs).await;
    assert_eq!(stands_in(&app, 2, "2026-05-04").await, [1]);
}
