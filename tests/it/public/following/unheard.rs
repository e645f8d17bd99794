//! An objection may be among the e-mails that the mailbox does not give: silence is certain only once
//! everything that came was got.

use chrono::TimeDelta;
use reclamations::case::requalification::take_effect;
use reclamations::staff::Role;

use crate::public::following::nature::row;
use crate::public::following::person::complaint;
use crate::public::following::requalification::MOTIVE;
use crate::support::app::TestApp;

const FOLDER: &str =
    "INSERT INTO mailbox_folders (mailbox, folder, uid_validity) VALUES ('box@h.org', 'INBOX', 1)";

/// How many complaints become requests for a node that reads these folders.
async fn settled(app: &TestApp, folders: &[&str]) -> usize {
    let read = folders
        .iter()
        .map(|name| ("box@h.org".to_owned(), (*name).to_owned()));
    let read: Vec<_> = read.collect();
    let mut conn = app.database.conn().await;
    take_effect(&mut conn, (5, &read), 100, app.now())
        .await
        .unwrap()
}

/// What is known of the folder now, its times as hours before now.
async fn folder_is(app: &TestApp, reached: &str, failed: &str) {
    let now = app.now().to_rfc3339();
    let time = |hours: &str| match hours {
        "" => "NULL".to_owned(),
        hours => format!("'{now}'::timestamptz - interval '{hours} hours'"),
    };
    let cause = if failed.is_empty() {
        "NULL"
    } else {
        "'broken'"
    };
    let (reached, failed) = (time(reached), time(failed));
    app.database
        .run(&format!(
            "UPDATE mailbox_folders SET reached_at = {reached}, failed_at = {failed}, failure = {cause}"
        ))
        .await;
}

/// A complaint that is to become a request today, and its reference.
async fn due() -> (TestApp, String) {
    let (app, staff, person) = complaint().await;
    let reference = person.receipt.reference.clone();
    let motive = [("motif", MOTIVE)];
    let done = staff.act(&reference, "requalification", &motive).await;
    assert!(done.location().ends_with("fait=requalification"));
    let posted = [("lettre", "requalification"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    app.state.clock.advance(TimeDelta::days(11));
    (app, reference)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_takes_effect_while_the_mailbox_is_not_read() {
    let (app, reference) = due().await;
    assert_eq!(settled(&app, &["INBOX"]).await, 0, "not read once");
    app.database.run(FOLDER).await;
    for (reached, failed) in [("", ""), ("", "1"), ("24", ""), ("1", "0"), ("240", "239")] {
        folder_is(&app, reached, failed).await;
        assert_eq!(settled(&app, &["INBOX"]).await, 0, "{reached} {failed}");
    }
    let staff = app.browser();
    app.colleague(&staff, "Léa Petit", Role::Handler).await;
    let told = staff.case(&reference).await.text();
    assert!(
        told.contains("la boîte de courriels a été relevée en entier"),
        "{told}"
    );
    // Another node reads it, and has not today.
    folder_is(&app, "24", "").await;
    assert_eq!(settled(&app, &[]).await, 0);
    // Read today, it hides nothing.
    folder_is(&app, "0", "").await;
    assert_eq!(settled(&app, &["INBOX"]).await, 1);
    assert_eq!(row(&app).await.0, "information_request");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_nobody_reads_any_more_holds_up_nothing() {
    let (app, _) = due().await;
    app.database.run(FOLDER).await;
    folder_is(&app, "60", "59").await;
    assert_eq!(settled(&app, &[]).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_takes_effect_while_an_e_mail_of_since_is_not_given() {
    let (app, _) = due().await;
    app.database.run(FOLDER).await;
    folder_is(&app, "0", "").await;
    let refused = "INSERT INTO mailbox_refusals (mailbox, folder, uid_validity, uid, n_attempts, since, next_attempt_at)
                   SELECT 'box@h.org', 'INBOX', 1, 7, 9, decided_at + interval '1 day', now() FROM requalifications";
    app.database.run(refused).await;
    assert_eq!(settled(&app, &["INBOX"]).await, 0, "it may be an objection");
    let before = "UPDATE mailbox_refusals SET since = since - interval '2 days'";
    app.database.run(before).await;
    assert_eq!(settled(&app, &["INBOX"]).await, 1, "it had come before");
}
