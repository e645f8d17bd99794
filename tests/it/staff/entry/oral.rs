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

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn what_was_said_and_is_confirmed_in_writing_starts_the_clocks() {
    let (app, browser) = desk().await;
    let check = browser.to_check(&call(&[])).await;
    let reference = reference(&browser.register(&check, &[]).await, "enregistrement");
    let before = app.snapshot(&reference).await;
    for (date, status) in [
        ("29/04/2026", 422),
        ("05/05/2026", 422),
        ("x", 422),
        ("30/04/2026", 303),
    ] {
        let done = browser
            .act(&reference, "invitation-a-ecrire", &[("date", date)])
            .await;
        assert_eq!(done.status, status, "{date}");
    }
    let changed = ["oral_complaints.invited_on"];
    app.assert_changed(&before, &["oral.invited"], &changed)
        .await;

    let before = app.snapshot(&reference).await;
    let dates = [("envoye", "02/05/2026"), ("recu", "04/05/2026")];
    let shown = browser.act(&reference, "confirmation-ecrite", &dates).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    let text = shown.text().replace('\u{a0}', " ");
    assert!(text.contains("jeudi 2 juillet 2026"), "{text}");
    let (csrf, version) = (shown.value("csrf"), shown.value("version"));
    let (seen, previewed) = (shown.value("vu"), shown.value("apercu"));
    let hidden = [
        ("csrf", csrf.as_str()),
        ("version", &version),
        ("vu", &seen),
        ("apercu", &previewed),
    ];
    let path = format!("/gestion/dossiers/{reference}/confirmation-ecrite");
    let done = browser.post(&path, &[&hidden[..], &dates].concat()).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let columns = [
        "cases.next_due_on",
        "cases.target_on",
        "legal_dates.ack_due_from_reception_on",
        "legal_dates.ack_due_on",
        "legal_dates.answer_due_from_reception_on",
        "legal_dates.answer_due_on",
        "legal_dates.first_written_on",
        "legal_dates.mediation_from_on",
        "legal_dates.mediation_last_on",
        "legal_dates.mediation_open_on",
        "legal_dates.received_on",
        "oral_complaints.confirmed_on",
        "+ postal_tasks",
    ];
    app.assert_changed(&before, &["oral.confirmed", "letter.asked"], &columns)
        .await;
    let page = browser.get(done.location()).await;
    assert!(
        page.text()
            .contains("L’accusé de réception doit partir par courrier")
    );
    // It is written now: none of these acts suits it any more.
    let again = browser
        .act(&reference, "satisfaction", &[("comment", "Réglé.")])
        .await;
    assert_eq!(again.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_satisfied_later_is_noted_and_the_case_closed() {
    let (app, browser) = desk().await;
    let check = browser.to_check(&call(&[])).await;
    let reference = reference(&browser.register(&check, &[]).await, "enregistrement");
    let before = app.snapshot(&reference).await;
    let empty = browser
        .act(&reference, "satisfaction", &[("comment", " ")])
        .await;
    assert_eq!(empty.status, 422);
    let done = browser
        .act(
            &reference,
            "satisfaction",
            &[("comment", "Frais remboursés.")],
        )
        .await;
    assert_eq!(done.status, 303);
    let changed = [
        "cases.closed_on",
        "cases.status",
        "oral_complaints.how_satisfied",
        "oral_complaints.satisfied_at_once",
    ];
    app.assert_changed(&before, &["oral.satisfied"], &changed)
        .await;
}
