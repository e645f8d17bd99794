//! No relay: e-mails are written and wait, and nothing counts as sent.

use std::os::unix::fs::PermissionsExt;

use chrono::TimeDelta;
use reclamations::mail::outbox::{Settled, Standing, claim, settle, standing};
use reclamations::mail::{Carrier, Delivery, EmlFolder, Obstacle};

use crate::mail::{queue_to, relay_to, sender, start, words};
use crate::support::database::TestDatabase;
use crate::support::smtp::{Received, SmtpServer};

#[tokio::test]
async fn without_a_relay_it_is_written_and_leaves_when_one_comes() {
    let database = TestDatabase::new().await;
    let data = tempfile::tempdir().unwrap();
    let folder = EmlFolder::new(data.path(), sender());
    let mut conn = database.conn().await;
    let queued = queue_to(&mut conn, "jeanne@example.org", start()).await;

    let email = claim(&mut conn, start(), 10, false)
        .await
        .unwrap()
        .remove(0);
    let delivery = Carrier::Folder(folder.clone()).carry(&email, start()).await;
    assert_eq!(delivery, Delivery::Written);
    let settled = settle(&mut conn, &email, delivery, start()).await.unwrap();
    assert_eq!(settled, Settled::Written);
    let now_at = standing(&mut conn, queued, start()).await.unwrap();
    assert_eq!(now_at, Some(Standing::Written(start())));

    let path = folder.path(queued.0);
    let file = std::fs::metadata(&path).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
    let around = std::fs::metadata(path.parent().unwrap()).unwrap();
    assert_eq!(around.permissions().mode() & 0o777, 0o700);
    let written = Received::parse(&std::fs::read(&path).unwrap());
    assert_eq!(written.header("To"), Some("jeanne@example.org"));
    assert_eq!(written.body, words().body.trim_end());

    // It is not written twice …
    let tomorrow = start() + TimeDelta::days(1);
    assert!(
        claim(&mut conn, tomorrow, 10, false)
            .await
            .unwrap()
            .is_empty()
    );
    // … and leaves, the same, as soon as there is a relay.
    let server = SmtpServer::start().await;
    let email = claim(&mut conn, tomorrow, 10, true)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(email.attempt, 1);
    let delivery = relay_to(&server).carry(&email, tomorrow).await;
    let settled = settle(&mut conn, &email, delivery, tomorrow).await.unwrap();
    assert_eq!(settled, Settled::HandedOver);
    let now_at = standing(&mut conn, queued, tomorrow).await.unwrap();
    assert_eq!(now_at, Some(Standing::HandedOver(tomorrow)));
    let received = server.wait_for(1).await.remove(0);
    assert_eq!(received.header("Message-ID"), written.header("Message-ID"));
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_tried_again() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    queue_to(&mut conn, "jeanne@example.org", start()).await;
    let email = claim(&mut conn, start(), 10, false)
        .await
        .unwrap()
        .remove(0);
    let data = tempfile::tempdir().unwrap();
    // A file stands where the folder should be.
    std::fs::write(data.path().join("courriels"), "").unwrap();
    let delivery = EmlFolder::new(data.path(), sender())
        .write(&email, start())
        .await;
    assert_eq!(delivery, Delivery::PutOff(Obstacle::Unwritable));
}
