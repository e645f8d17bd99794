//! Absences: recorded by oneself or by a supervisor, and who stands in on a day.

use chrono::{NaiveDate, TimeDelta};
use reclamations::case::Nature;
use reclamations::staff::{Role, StaffId, absences};
use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;

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

async fn in_charge(app: &TestApp, account: i64, on: &str) -> Option<i64> {
    let mut conn = app.database.conn().await;
    let who = absences::in_charge_of(&mut conn, StaffId(account), day(on)).await;
    who.unwrap().map(|id| id.0)
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
        ("2026-05-03", Some(1)),
        ("2026-05-04", Some(2)),
        ("2026-05-08", Some(2)),
        ("2026-05-09", Some(1)),
    ] {
        assert_eq!(in_charge(&app, 1, on).await, expected, "{on}");
    }
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
    assert_eq!(in_charge(&app, 1, "2026-04-30").await, Some(2));
    let before = app.system_lines().await;
    let fields = [("absence", "1"), ("compte", "1")];
    let back = send(&claire, ALL, "/fin", &fields).await;
    assert_eq!(back.location(), "/gestion/absences?fait=retour");
    assert_eq!(
        in_charge(&app, 1, "2026-04-30").await,
        Some(1),
        "back today"
    );
    assert_eq!(
        in_charge(&app, 1, "2026-04-29").await,
        Some(2),
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
    assert_eq!(in_charge(&app, 1, "2026-05-04").await, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_who_goes_away_or_is_disabled_leaves_the_cases_to_the_supervisors() {
    let (app, [alix, idriss, claire]) = office().await;
    let case = app.case(Nature::Complaint, By::Post).await;
    app.database
        .run("UPDATE cases SET handler_id = 1, next_due_on = '2026-04-30'")
        .await;
    let of_alix = days("30/04/2026", "08/05/2026", "2");
    send(&alix, OWN, "/absence", &of_alix).await;
    let today = "/gestion?liste=aujourd-hui";
    assert!(idriss.get(today).await.text().contains(&case));
    assert!(!claire.get(today).await.text().contains(&case));

    let of_idriss = days("30/04/2026", "01/05/2026", "3");
    let done = send(&idriss, OWN, "/absence", &of_idriss).await;
    assert_eq!(done.location(), "/gestion/mon-compte?fait=absence");
    assert!(claire.get(today).await.text().contains(&case));
    assert!(alix.get(OWN).await.text().contains("chez les responsables"));
    assert_eq!(in_charge(&app, 1, "2026-04-30").await, None);
    assert_eq!(in_charge(&app, 1, "2026-05-02").await, Some(2));

    app.state.clock.advance(TimeDelta::days(2));
    for gone in ["disabled_at = now()", "enrolled_at = NULL"] {
        let leaves = format!("UPDATE staff_accounts SET {gone} WHERE id = 2");
        app.database.run(&leaves).await;
        assert_eq!(in_charge(&app, 1, "2026-05-02").await, None, "{gone}");
        let back = "UPDATE staff_accounts SET disabled_at = NULL, enrolled_at = created_at";
        app.database.run(back).await;
        assert_eq!(in_charge(&app, 1, "2026-05-02").await, Some(2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_choose_each_other_at_once_are_not_both_away() {
    let (app, [alix, idriss, _]) = office().await;
    let [of_alix, of_idriss] = ["2", "1"].map(|deputy| days("04/05/2026", "08/05/2026", deputy));
    let (one, other) = tokio::join!(
        send(&alix, OWN, "/absence", &of_alix),
        send(&idriss, OWN, "/absence", &of_idriss)
    );
    let n_done = [one, other]
        .iter()
        .filter(|page| page.status == StatusCode::SEE_OTHER)
        .count();
    assert_eq!(n_done, 1);
    assert_eq!(app.database.rows("SELECT FROM absences").await.len(), 1);
}
