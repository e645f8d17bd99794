//! The daily work: one part that fails does not keep the others from being done.

use std::time::Duration;

use chrono::TimeDelta;

use crate::support::app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_fails_does_not_keep_old_drafts() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let begun = app
        .browser()
        .fill("/deposer", &[("intent", "complaint")])
        .await;
    assert_eq!(begun.status, 303);
    app.state.clock.advance(TimeDelta::days(8));
    app.database
        .run("ALTER TABLE seals RENAME TO seals_away")
        .await;
    let running = app.start_background();
    let mut n_left = 1;
    for _ in 0..200 {
        let rows = app.database.rows("SELECT count(*) FROM drafts").await;
        n_left = rows[0].get::<_, i64>(0);
        if n_left == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    running.finish().await;
    assert_eq!(n_left, 0, "the expired draft was kept");
}
