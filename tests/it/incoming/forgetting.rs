//! What is kept of e-mails goes: with their case, or once it was kept long enough.

use chrono::{NaiveDate, TimeDelta};
use reclamations::case::incoming::{self, State};
use reclamations::case::{CaseId, StaffId, erase};
use reclamations::staff::Role;

use crate::incoming::writing::with_pieces;
use crate::support::app::TestApp;
use crate::support::samples;

const AT: &str = "2026-05-04T08:00:00Z";

/// An e-mail with a piece, from this address.
fn of(from: &str) -> Vec<u8> {
    let pdf = samples::pdf(2_000);
    with_pieces(
        from,
        "Subject: Plainte\n",
        "Rien ne va.",
        &[("application/pdf", "a.pdf", &pdf)],
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_of_no_case_goes_once_it_was_kept_long_enough() {
    let app = TestApp::spawn_at(AT).await;
    assert_eq!(
        app.receives(&of("root@localhost"), None).await,
        Some(State::Held)
    );
    assert_eq!(
        app.receives(&of("jeanne@example.org"), None).await,
        Some(State::Filed)
    );
    let mut conn = app.database.conn().await;
    let on = |day: &str| day.parse::<NaiveDate>().unwrap();
    assert_eq!(
        incoming::forget(&mut conn, on("2026-05-04"), 10)
            .await
            .unwrap(),
        0
    );
    assert_eq!(
        incoming::forget(&mut conn, on("2026-05-05"), 10)
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        app.count("incoming_mails").await,
        1,
        "that of the case stays"
    );
    assert_eq!(
        (
            app.count("incoming_pieces").await,
            app.count("uploads").await
        ),
        (1, 2)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_a_case_erases_the_e_mail_it_began_with() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Supervisor)
        .await;
    assert_eq!(
        app.receives(&of("jeanne@example.org"), None).await,
        Some(State::Filed)
    );
    app.database
        .run("UPDATE cases SET status = 'withdrawn', closed_on = '2026-05-04'; UPDATE postal_tasks SET dropped_at = now()")
        .await;
    app.state.clock.advance(TimeDelta::minutes(1));
    let row = app
        .database
        .row("SELECT max(cases.id), max(staff_accounts.id) FROM cases, staff_accounts")
        .await;
    let (case, by) = (CaseId(row.get(0)), StaffId(row.get(1)));
    let mut conn = app.database.conn().await;
    erase::erase_for_person(&mut conn, case, (by, app.now()))
        .await
        .unwrap();
    for table in [
        "incoming_mails",
        "incoming_pieces",
        "uploads",
        "file_chunks",
    ] {
        assert_eq!(app.count(table).await, 0, "{table}");
    }
}
