//! The main job from end to end: a visitor files, staff answer in time, everything leaves a trace.
//! Real HTTP, a real PostgreSQL, a real SMTP server; only the clock is ours.

mod by_mail;
mod complaint;
mod no_relay;
mod request;

use std::time::Duration;

use reclamations::journal;

use crate::support::app::TestApp;
use crate::support::browser::Browser;

/// 30 April 2026, 10:00 in Paris: 1 May, 8 May and Ascension lie ahead.
const FILED_AT: &str = "2026-04-30T08:00:00Z";

/// Opens the page of an act on a case, fills its form in and expects to be led back to the case.
async fn act(staff: &Browser, case: &str, part: &str, fields: &[(&str, &str)]) {
    let path = format!("{case}/{part}");
    let page = staff.get(&path).await;
    let has_form = page.attribute("input[name=version]", "value").is_some();
    let page = if has_form {
        page
    } else {
        staff.get(case).await
    };
    let (csrf, version) = (page.value("csrf"), page.value("version"));
    let seen = page.value("vu");
    let hidden = [
        ("csrf", csrf.as_str()),
        ("version", version.as_str()),
        ("vu", seen.as_str()),
    ];
    let fields = [fields, &hidden].concat();
    let done = staff.post(&path, &fields).await;
    assert!(
        done.location().starts_with(case),
        "{part}: {}",
        done.location()
    );
}

/// Seals the day before and verifies every chain.
async fn journal_is_whole(app: &TestApp) {
    let mut conn = app.database.conn().await;
    let yesterday = app.state.today().pred_opt().unwrap();
    journal::seal(&mut conn, yesterday, app.now())
        .await
        .unwrap();
    let verified = journal::verify(&mut conn).await.unwrap();
    assert!(verified.n_lines >= 5, "{verified:?}");
}

/// The state follows the relay's answer, in the transaction that records it.
pub(crate) async fn wait_until_answered(app: &TestApp, staff: &Browser, case: &str) {
    wait_until_told(app, staff, case, "Répondue").await;
}

/// Waits until the page of the case says so.
pub(crate) async fn wait_until_told(app: &TestApp, staff: &Browser, case: &str, told: &str) {
    for _ in 0..400 {
        if staff.get(case).await.text().contains(told) {
            return;
        }
        app.state.outbox_bell.notify_one();
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("no « {told} »: {}", staff.get(case).await.text());
}
