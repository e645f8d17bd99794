//! Refusals for good, and obstacles of the moment.

use chrono::{DateTime, TimeDelta, Utc};
use reclamations::db::Conn;
use reclamations::mail::outbox::{
    SECRET_MARK, Settled, Standing, TRIED_FOR, claim, retry, settle, standing,
};
use reclamations::mail::{Carrier, Composed, Delivery, Obstacle};

use crate::mail::{queue_to, queue_words, relay, relay_to, start, words};
use crate::support::database::TestDatabase;
use crate::support::smtp::{SmtpServer, free_port};

/// One round of a worker on the only row that is due.
async fn round(conn: &mut Conn, carrier: &Carrier, at: DateTime<Utc>) -> (Delivery, Settled) {
    let email = claim(conn, at, 1, carrier.is_relay())
        .await
        .unwrap()
        .remove(0);
    let delivery = carrier.carry(&email, at).await;
    let settled = settle(conn, &email, delivery, at).await.unwrap();
    (delivery, settled)
}

#[tokio::test]
async fn a_definitive_refusal_ends_the_attempts_and_is_told() {
    let database = TestDatabase::new().await;
    let server = SmtpServer::start_with(&["--size", "200"]).await;
    let mut conn = database.conn().await;
    let queued = queue_to(&mut conn, "jeanne@example.org", start()).await;

    let (delivery, settled) = round(&mut conn, &relay_to(&server), start()).await;
    let too_large = Obstacle::Reply(552);
    assert_eq!(delivery, Delivery::Refused(too_large));
    assert_eq!(settled, Settled::Failed(too_large));
    assert!(server.received().is_empty());
    let failed = Standing::Failed {
        at: start(),
        obstacle: too_large,
    };
    let now_at = standing(&mut conn, queued, start()).await.unwrap();
    assert_eq!(now_at, Some(failed));
    let in_a_year = start() + TimeDelta::days(365);
    assert!(
        claim(&mut conn, in_a_year, 1, true)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_relay_that_is_away_is_tried_again_until_it_is_back() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    let queued = queue_to(&mut conn, "jeanne@example.org", start()).await;
    let port = free_port();
    let carrier = relay(&format!("smtp://127.0.0.1:{port}"));

    let (delivery, settled) = round(&mut conn, &carrier, start()).await;
    assert_eq!(delivery, Delivery::PutOff(Obstacle::Unreachable));
    let Settled::PutOff(soon) = settled else {
        panic!("{settled:?}")
    };
    let pause = (soon - start()).num_seconds();
    assert!((60..=75).contains(&pause), "{pause}");
    let put_off = Standing::PutOff {
        until: soon,
        obstacle: Some(Obstacle::Unreachable),
    };
    let now_at = standing(&mut conn, queued, start()).await.unwrap();
    assert_eq!(now_at, Some(put_off));
    let too_soon = soon - TimeDelta::seconds(1);
    assert!(
        claim(&mut conn, too_soon, 1, true)
            .await
            .unwrap()
            .is_empty()
    );

    let back = SmtpServer::listen(port, &[]).await.unwrap();
    let (delivery, settled) = round(&mut conn, &carrier, soon).await;
    assert_eq!(delivery, Delivery::HandedOver { code: 250 });
    assert_eq!(settled, Settled::HandedOver);
    assert_eq!(back.wait_for(1).await.len(), 1);
}

#[tokio::test]
async fn attempts_end_after_two_days_and_begin_anew_when_staff_say_so() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    let queued = queue_to(&mut conn, "jeanne@example.org", start()).await;
    let obstacle = Obstacle::Reply(451);
    let mut at = start();
    for attempt in 1..=60 {
        let email = claim(&mut conn, at, 1, true).await.unwrap().remove(0);
        assert_eq!(email.attempt, attempt);
        let settled = settle(&mut conn, &email, Delivery::PutOff(obstacle), at)
            .await
            .unwrap();
        if let Settled::PutOff(next) = settled {
            at = next;
        } else {
            assert_eq!(settled, Settled::Failed(obstacle));
            break;
        }
    }
    let tried_for = at - start();
    assert!(tried_for >= TRIED_FOR, "{tried_for}");
    assert!(
        tried_for <= TRIED_FOR + TimeDelta::minutes(75),
        "{tried_for}"
    );

    let monday = at + TimeDelta::days(3);
    assert!(retry(&mut conn, queued, monday).await.unwrap());
    assert!(!retry(&mut conn, queued, monday).await.unwrap(), "once");
    let email = claim(&mut conn, monday, 1, true).await.unwrap().remove(0);
    assert_eq!((email.id, email.attempt), (queued, 1));
    let put_off = settle(&mut conn, &email, Delivery::PutOff(obstacle), monday).await;
    assert!(matches!(put_off.unwrap(), Settled::PutOff(_)));
}

#[tokio::test]
async fn a_relay_that_does_not_speak_times_out() {
    // The system accepts the connection; nobody ever answers it.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    queue_to(&mut conn, "jeanne@example.org", start()).await;
    let url = format!("smtp://{}", silent.local_addr().unwrap());
    let timeout = std::time::Duration::from_millis(300);
    let relay = reclamations::mail::Relay::new(&url, crate::mail::sender(), timeout).unwrap();
    let (delivery, _) = round(&mut conn, &Carrier::Relay(relay), start()).await;
    assert_eq!(delivery, Delivery::PutOff(Obstacle::TimedOut));
}

#[tokio::test]
async fn a_relay_without_encryption_gets_nothing_when_encryption_is_asked() {
    let (database, server) = (TestDatabase::new().await, SmtpServer::start().await);
    let mut conn = database.conn().await;
    queue_to(&mut conn, "jeanne@example.org", start()).await;
    let carrier = relay(&format!("{}?tls=required", server.url()));
    let (delivery, _) = round(&mut conn, &carrier, start()).await;
    assert_eq!(delivery, Delivery::PutOff(Obstacle::Tls));
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_email_whose_secret_went_with_its_failure_is_not_tried_anew() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    let words = Composed {
        body: format!("Votre lien\u{202f}: {SECRET_MARK}\n"),
        ..words()
    };
    let queued = queue_words(&mut conn, "jeanne@example.org", words, start()).await;
    let email = claim(&mut conn, start(), 1, true).await.unwrap().remove(0);
    let refused = Delivery::Refused(Obstacle::Reply(550));
    let settled = settle(&mut conn, &email, refused, start()).await.unwrap();
    assert_eq!(settled, Settled::Failed(Obstacle::Reply(550)));
    assert!(!retry(&mut conn, queued, start()).await.unwrap());
}
