//! What is wrong in a case is corrected, and found again.

use crate::staff::persons::desk;
use crate::support::browser::Browser;

/// Writes what the person says is right: last name, telephone.
async fn correct(browser: &Browser, case: &str, (last_name, phone): (&str, &str)) {
    let fields = [
        ("prenom", "Jeanne"),
        ("nom", last_name),
        ("adresse", "2 rue Basse\n75002 Paris"),
        ("telephone", phone),
        ("contrat", ""),
    ];
    let done = browser.act(case, "correction", &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_corrected_and_the_journal_keeps_no_value() {
    let (app, browser, case, _) = desk("rectification").await;
    let before = app.snapshot(&case).await;
    correct(&browser, &case, ("Lefebvre", "01 02 03 04 05")).await;
    let changed = [
        "cases.person_name",
        "filings.contact_version",
        "filings.last_name",
        "filings.phone",
    ];
    app.assert_changed(&before, &["person.corrected"], &changed)
        .await;
    let kept = app
        .database
        .rows("SELECT FROM journal_events WHERE facts LIKE '%Lef%'")
        .await;
    assert!(kept.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_name_is_found_and_the_former_is_not() {
    let (app, browser, case, _) = desk("rectification").await;
    correct(&browser, &case, ("Quimperlé", "")).await;
    let words = "SELECT words::text FROM case_search";
    let words: String = app.database.rows(words).await[0].get(0);
    assert!(
        words.contains("quimperl") && !words.contains("lefevr"),
        "{words}"
    );
}
