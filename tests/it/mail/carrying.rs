//! What arrives, as the relay got it.

use chrono::TimeDelta;
use reclamations::calendar::Promise;
use reclamations::mail::outbox::{Settled, Standing, claim, settle, standing};
use reclamations::mail::words::{
    Acknowledgement, ConfirmLink, FollowWay, MediationRight, MediatorBlock, Occasion,
};
use reclamations::mail::{Composed, Delivery, Desk, Obstacle, Origin};

use crate::mail::{queue_to, queue_words, relay_to, start, words};
use crate::support::database::TestDatabase;
use crate::support::smtp::SmtpServer;

#[tokio::test]
async fn an_email_arrives_whole_with_its_headers() {
    let (database, server) = (TestDatabase::new().await, SmtpServer::start().await);
    let mut conn = database.conn().await;
    let queued = queue_to(&mut conn, "jeanne@example.org", start()).await;
    let later = start() + TimeDelta::seconds(3);

    let claimed = claim(&mut conn, later, 10, true).await.unwrap();
    assert_eq!(claimed.len(), 1);
    let email = &claimed[0];
    assert_eq!((email.id, email.about), (queued, Some(7)));
    assert_eq!(
        (email.purpose.as_str(), email.attempt),
        ("acknowledgement", 1)
    );
    let delivery = relay_to(&server).carry(email, later).await;
    assert_eq!(delivery, Delivery::HandedOver { code: 250 });
    let settled = settle(&mut conn, email, delivery, later).await.unwrap();
    assert_eq!(settled, Settled::HandedOver);
    let now_at = standing(&mut conn, queued, later).await.unwrap();
    assert_eq!(now_at, Some(Standing::HandedOver(later)));

    let received = server.wait_for(1).await.remove(0);
    let header = |name: &str| received.header(name).unwrap_or_default();
    assert_eq!(
        header("From"),
        "Asekkey – Service Réclamations <contact@asekkey.fr>"
    );
    assert_eq!(header("To"), "jeanne@example.org");
    assert_eq!(header("Reply-To"), "reclamation@asekkey.fr");
    assert_eq!(received.subject(), words().subject);
    assert_eq!(header("Date"), "Thu, 30 Apr 2026 08:00:03 +0000");
    assert_eq!(header("Auto-Submitted"), "auto-replied");
    assert_eq!(header("MIME-Version"), "1.0");
    let kind = header("Content-Type");
    assert!(kind.starts_with("multipart/alternative;"), "{kind}");
    assert_eq!(header("X-MailFrom"), "contact@asekkey.fr");
    assert_eq!(header("X-RcptTo"), "jeanne@example.org");
    let id = header("Message-ID");
    assert!(id.starts_with('<') && id.ends_with("@asekkey.fr>"), "{id}");
    assert_eq!(received.body, words().body.trim_end());
}

#[tokio::test]
async fn a_message_of_staff_is_not_marked_automatic() {
    let (database, server) = (TestDatabase::new().await, SmtpServer::start().await);
    let mut conn = database.conn().await;
    let words = Composed {
        origin: Origin::Person,
        desk: Desk::Customer,
        ..words()
    };
    queue_words(&mut conn, "jeanne@example.org", words, start()).await;
    let claimed = claim(&mut conn, start(), 10, true).await.unwrap();
    relay_to(&server).carry(&claimed[0], start()).await;
    let received = server.wait_for(1).await.remove(0);
    assert_eq!(received.header("Auto-Submitted"), None);
    let from = "Asekkey – Service client <contact@asekkey.fr>";
    assert_eq!(received.header("From"), Some(from));
}

#[tokio::test]
async fn an_accented_address_is_reached_where_the_relay_knows_how() {
    let (database, server) = (TestDatabase::new().await, SmtpServer::start().await);
    let mut conn = database.conn().await;
    queue_to(&mut conn, "andré@société.example.org", start()).await;
    let email = claim(&mut conn, start(), 1, true).await.unwrap().remove(0);
    let delivery = relay_to(&server).carry(&email, start()).await;
    assert_eq!(delivery, Delivery::HandedOver { code: 250 });
    let received = server.wait_for(1).await.remove(0);
    let sent_to = received.header("X-RcptTo");
    assert_eq!(sent_to, Some("andré@xn--socit-esab.example.org"));
    assert_eq!(received.body, words().body.trim_end());
}

#[tokio::test]
async fn an_accented_address_that_the_relay_refuses_asks_for_a_letter() {
    let server = SmtpServer::start_with(&[]).await;
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    let queued = queue_to(&mut conn, "andré@example.org", start()).await;
    queue_to(&mut conn, "contact@société.example.org", start()).await;
    let emails = claim(&mut conn, start(), 2, true).await.unwrap();

    let delivery = relay_to(&server).carry(&emails[0], start()).await;
    assert_eq!(delivery, Delivery::Refused(Obstacle::NoSmtpUtf8));
    let settled = settle(&mut conn, &emails[0], delivery, start())
        .await
        .unwrap();
    assert_eq!(settled, Settled::Failed(Obstacle::NoSmtpUtf8));
    let failed = Standing::Failed {
        at: start(),
        obstacle: Obstacle::NoSmtpUtf8,
    };
    let now_at = standing(&mut conn, queued, start()).await.unwrap();
    assert_eq!(now_at, Some(failed));

    // Only the part before the @ needs SMTPUTF8: a domain has an ASCII form.
    let delivery = relay_to(&server).carry(&emails[1], start()).await;
    assert_eq!(delivery, Delivery::HandedOver { code: 250 });
    assert_eq!(server.wait_for(1).await.len(), 1);
}

#[tokio::test]
async fn an_acknowledgement_arrives_readable_with_its_link_unbroken() {
    let (database, server) = (TestDatabase::new().await, SmtpServer::start().await);
    let mut conn = database.conn().await;
    let url = format!(
        "https://site.example.org/suivi/adresse/{}",
        "aB3-".repeat(40)
    );
    let today = start().date_naive();
    let words = Acknowledgement {
        reference: "ASK-2026-000123-T",
        received_on: today,
        sent_on: today,
        answer: Promise::OnOrBefore(today),
        answer_why: &[],
        mediation_why: &[],
        mediator: MediatorBlock {
            occasion: Occasion::Procedure,
            right: MediationRight::Professional,
        },
        converted_on: None,
        confirm: Some(ConfirmLink {
            url: &url,
            valid_until: today,
        }),
        follow: FollowWay {
            url: "https://site.example.org/suivi",
            opens_until: None,
            has_code: true,
        },
    };
    let words = words.compose().unwrap();
    queue_words(&mut conn, "jeanne@example.org", words.clone(), start()).await;
    let email = claim(&mut conn, start(), 1, true).await.unwrap().remove(0);
    relay_to(&server).carry(&email, start()).await;
    let received = server.wait_for(1).await.remove(0);
    assert_eq!(received.link("/suivi/adresse/"), Some(url.as_str()));
    assert_eq!(received.body, words.body.trim_end());
}
