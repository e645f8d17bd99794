//! Calls and visits: no legal clock, an internal target, and what became of it on the day.

use crate::staff::entry::{LETTER, desk, journal, reference, with};

fn call(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let call = with(
        LETTER,
        &[
            ("channel", "phone"),
            ("expressed_on", "30/04/2026"),
            ("written_on", ""),
            ("received_on", ""),
            ("postal_address", ""),
            ("phone", "01 02 03 04 05"),
            ("satisfied", "no"),
        ],
    );
    with(&call, more)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_starts_no_clock_and_a_number_is_enough() {
    let (app, browser) = desk().await;
    let check = browser
        .to_check(&call(&[("invited_on", "30/04/2026")]))
        .await;
    let page = browser.get(&check).await;
    assert_eq!(
        page.texts("#dates ~ .dates .when").len(),
        1,
        "{}",
        page.text()
    );
    assert!(page.text().contains("n’appelle pas d’accusé"));
    let registered = browser.register(&check, &[]).await;
    let reference = reference(&registered, "enregistrement");
    let lines = journal(&app, &reference).await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines.first().unwrap().2.contains("expressed=2026-04-30"));
    assert!(app.database.rows("SELECT FROM outbox").await.is_empty());
    assert!(
        app.database
            .rows("SELECT FROM postal_tasks")
            .await
            .is_empty()
    );
    let rows = app
        .database
        .rows("SELECT ack_due_on::text, expressed_on::text, target_on::text, invited_on::text
               FROM legal_dates JOIN cases ON cases.id = case_id JOIN oral_complaints USING (case_id)")
        .await;
    let row = rows.first().unwrap();
    assert_eq!(row.get::<_, Option<&str>>(0), None);
    assert_eq!(row.get::<_, &str>(1), "2026-04-30");
    assert_eq!(row.get::<_, &str>(2), "2026-05-07");
    assert_eq!(row.get::<_, &str>(3), "2026-04-30");
    let text = browser.get(registered.location()).await.text();
    assert!(
        text.contains("Objectif interne") && text.contains("01 02 03 04 05"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_satisfied_at_once_is_owed_nothing_more() {
    let (app, browser) = desk().await;
    let missing = browser
        .type_in(&call(&[("satisfied", "yes")]), "continuer")
        .await;
    assert_eq!(missing.status, 422);
    assert_eq!(
        missing.texts("#how_satisfied-erreur"),
        ["Indiquez ce qui a donné satisfaction à la personne."]
    );
    let satisfied = call(&[
        ("satisfied", "yes"),
        ("how_satisfied", "Frais remboursés pendant l’appel."),
    ]);
    let check = browser.to_check(&satisfied).await;
    let registered = browser.register(&check, &[]).await;
    let reference = reference(&registered, "enregistrement");
    let kinds: Vec<String> = journal(&app, &reference)
        .await
        .into_iter()
        .map(|line| line.0)
        .collect();
    assert_eq!(kinds, ["case.filed", "case.closed"]);
    let text = browser.get(registered.location()).await.text();
    assert!(text.contains("Close"), "{text}");
}
