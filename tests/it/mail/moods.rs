//! A relay that is busy for a while, refuses a recipient, or dies with an e-mail in hand.

use chrono::TimeDelta;
use reclamations::mail::outbox::{Settled, claim, settle};
use reclamations::mail::{Delivery, Obstacle};

use crate::mail::{queue_to, relay_to, start};
use crate::support::database::TestDatabase;
use crate::support::smtp::{SmtpServer, free_port};

#[tokio::test]
async fn a_relay_that_is_busy_gets_the_email_later() {
    let (database, server) = (TestDatabase::new().await, SmtpServer::moody().await);
    let mut conn = database.conn().await;
    queue_to(&mut conn, "jeanne@example.org", start()).await;
    server.tell("busy");
    let email = claim(&mut conn, start(), 1, true).await.unwrap().remove(0);
    let delivery = relay_to(&server).carry(&email, start()).await;
    assert_eq!(delivery, Delivery::PutOff(Obstacle::Reply(421)));
    let settled = settle(&mut conn, &email, delivery, start()).await.unwrap();
    assert!(matches!(settled, Settled::PutOff(_)), "{settled:?}");

    server.untell("busy");
    let later = start() + TimeDelta::minutes(2);
    let email = claim(&mut conn, later, 1, true).await.unwrap().remove(0);
    let delivery = relay_to(&server).carry(&email, later).await;
    assert_eq!(delivery, Delivery::HandedOver { code: 250 });
    assert_eq!(server.wait_for(1).await.len(), 1);
}

#[tokio::test]
async fn a_recipient_that_the_relay_refuses_is_refused_for_good_and_the_others_are_not() {
    let (database, server) = (TestDatabase::new().await, SmtpServer::moody().await);
    let mut conn = database.conn().await;
    queue_to(&mut conn, "refused@example.org", start()).await;
    queue_to(&mut conn, "jeanne@example.org", start()).await;
    let relay = relay_to(&server);
    let mut deliveries = Vec::new();
    for email in claim(&mut conn, start(), 2, true).await.unwrap() {
        deliveries.push(relay.carry(&email, start()).await);
    }
    let refused = Delivery::Refused(Obstacle::Reply(550));
    assert_eq!(deliveries, [refused, Delivery::HandedOver { code: 250 }]);
    assert_eq!(server.wait_for(1).await.len(), 1);
}

#[tokio::test]
async fn a_relay_that_dies_with_an_email_in_hand_gets_it_again_under_its_message_id() {
    let port = free_port();
    let (database, server) = (
        TestDatabase::new().await,
        SmtpServer::moody_on(port).await.unwrap(),
    );
    let mut conn = database.conn().await;
    queue_to(&mut conn, "jeanne@example.org", start()).await;
    server.tell("dying");
    let email = claim(&mut conn, start(), 1, true).await.unwrap().remove(0);
    let delivery = relay_to(&server).carry(&email, start()).await;
    assert!(matches!(delivery, Delivery::PutOff(_)), "{delivery:?}");
    let settled = settle(&mut conn, &email, delivery, start()).await.unwrap();
    assert!(matches!(settled, Settled::PutOff(_)), "{settled:?}");
    drop(server);

    let back = SmtpServer::moody_on(port).await.unwrap();
    let later = start() + TimeDelta::minutes(2);
    let again = claim(&mut conn, later, 1, true).await.unwrap().remove(0);
    let delivery = relay_to(&back).carry(&again, later).await;
    assert_eq!(delivery, Delivery::HandedOver { code: 250 });
    let rows = database.rows("SELECT message_id FROM outbox").await;
    let id: &str = rows.first().unwrap().get(0);
    let received = back.wait_for(1).await.remove(0);
    assert_eq!(
        received.header("Message-ID"),
        Some(format!("<{id}>").as_str())
    );
}
