//! Without a relay nothing is sent, nothing is pretended, and the clock runs.

use chrono::TimeDelta;

use crate::story::{FILED_AT, act, journal_is_whole, wait_until_told};
use crate::support::app::TestApp;
use crate::support::filing::{COMPLAINT, file};
use crate::support::smtp::Received;

#[tokio::test(flavor = "multi_thread")]
async fn without_a_relay_the_acknowledgement_waits_and_the_clock_runs() {
    let app = TestApp::spawn_at(FILED_AT).await;
    let background = app.start_background();
    let receipt = file(&app.browser(), &COMPLAINT).await;

    let staff = app.browser();
    let who = app.first_administrator(&staff).await;
    let case = format!("/gestion/dossiers/{}", receipt.reference);
    wait_until_told(&app, &staff, &case, "Non envoyé, aucun relais configuré").await;
    let page = staff.get(&case).await;
    for told in ["vendredi 15 mai 2026", "Reçue, accusé à remettre"] {
        assert!(page.text().contains(told), "{told} in {}", page.text());
    }
    let folder = app.data_dir.path().join("courriels");
    let files: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    let [eml] = files.as_slice() else {
        panic!("{files:?}")
    };
    let written = Received::parse(&std::fs::read(eml).unwrap());
    assert!(
        written.body.contains(&receipt.reference),
        "{}",
        written.body
    );

    // The tenth day passes: late, and posted by hand at last.
    app.state.clock.advance(TimeDelta::days(16));
    let staff = app.browser();
    app.sign_in(&staff, &who).await;
    let late = staff.get("/gestion").await.text();
    assert!(late.contains("en retard"), "{late}");
    act(
        &staff,
        &case,
        "accuse-par-courrier",
        &[("date", "16/05/2026")],
    )
    .await;
    let page = staff.get(&case).await;
    assert!(
        page.text().contains("avec 1 jour de retard"),
        "{}",
        page.text()
    );
    background.finish().await;
    journal_is_whole(&app).await;
}
