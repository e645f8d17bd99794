//! A database that has been used goes back too: what an older schema has no word for is converted.

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::db::migrations;

use crate::public::following::person::{Person, answer, complaint, count};
use crate::support::cases::By;

/// Rows that only the latest schema allows.
const TELLING: [&str; 5] = [
    "SELECT count(*) FROM messages WHERE kind IN ('disagreement', 'withdrawal')",
    "SELECT count(*) FROM cases WHERE status = 'acknowledged' AND acknowledged_on IS NULL",
    "SELECT count(*) FROM postal_tasks WHERE dropped_at IS NOT NULL",
    "SELECT count(*) FROM postal_tasks WHERE kind = 'requalification'",
    "SELECT count(*) FROM postal_tasks WHERE kind = 'conversion'",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_database_in_use_goes_back_to_nothing() {
    let (app, staff, contested) = complaint().await;
    let grounds = "Votre lettre est bien arrivée à temps.";
    let reference = contested.receipt.reference.clone();
    answer(&staff, &reference, grounds, "30/04/2026").await;
    let reason = [("motif", "Ce n’est pas ce que j’ai demandé.")];
    let disagrees = [("motif", reason[0].1), ("envoi", "1")];
    contested.send("desaccord", &disagrees).await.location();
    let withdrawn = Person::of_case(&app, Nature::Complaint, By::Post).await;
    withdrawn.send("retrait", &reason).await.location();
    for is_posted in [true, false] {
        let reference = app.case(Nature::Complaint, By::Post).await;
        let motive = [("motif", "C’est une question.")];
        let decided = staff.act(&reference, "requalification", &motive).await;
        decided.location();
        if is_posted {
            let posted = [("lettre", "requalification"), ("date", "30/04/2026")];
            staff.act(&reference, "courrier", &posted).await.location();
        }
    }
    app.state.clock.advance(TimeDelta::days(1));
    // A word of the last migration, on a case that also has a dropped letter of its kind.
    let letters = "INSERT INTO postal_tasks (case_id, kind, created_at, due_on, dropped_at) \
                   SELECT id, 'conversion', now(), '2026-05-04', dropped_at \
                   FROM cases, (VALUES (now()), (NULL)) AS dropped (dropped_at)";
    app.database.run(letters).await;
    for rows in TELLING {
        assert!(count(&app, rows).await > 0, "{rows}");
    }
    let url = app.database.url().await;
    let n_undone = migrations::revert_all(&url).await.unwrap();
    assert_eq!(migrations::apply(&url).await.unwrap(), n_undone);
}
