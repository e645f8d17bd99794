//! Who holds which row, and until when.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use chrono::TimeDelta;
use diesel_async::AsyncConnection;
use reclamations::db::{DbError, Pool};
use reclamations::mail::outbox::ledger::{Part, page};
use reclamations::mail::outbox::{
    HOLD, NewEmail, Settled, Standing, State, claim, for_case, hold, queue, settle,
};
use reclamations::mail::{Delivery, EmailAddress, Obstacle, OutboxId};

use crate::mail::{email, queue_to, start};
use crate::support::database::TestDatabase;

#[tokio::test]
async fn workers_never_take_the_same_row() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    for n in 0..100 {
        queue_to(&mut conn, &format!("p{n}@example.org"), start()).await;
    }
    let pool = database.pool().await;
    let (a, b, c) = tokio::join!(drain(&pool), drain(&pool), drain(&pool));
    let taken: Vec<OutboxId> = [a, b, c].concat();
    assert_eq!(taken.len(), 100);
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), 100);
}

/// Claims until nothing is left, and settles nothing.
async fn drain(pool: &Pool) -> Vec<OutboxId> {
    let mut conn = pool.get().await.unwrap();
    let mut taken = Vec::new();
    loop {
        let claimed = claim(&mut conn, start(), 7, true).await.unwrap();
        // A worker may find every row locked by the others for an instant: then it is done.
        if claimed.is_empty() {
            return taken;
        }
        taken.extend(claimed.iter().map(|email| email.id));
    }
}

#[tokio::test]
async fn the_rows_of_a_dead_worker_come_back() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    let queued = queue_to(&mut conn, "jeanne@example.org", start()).await;
    let dead = claim(&mut conn, start(), 10, true).await.unwrap().remove(0);
    let held = start() + HOLD - TimeDelta::seconds(1);
    assert!(claim(&mut conn, held, 10, true).await.unwrap().is_empty());

    let free = start() + HOLD;
    let second = claim(&mut conn, free, 10, true).await.unwrap().remove(0);
    assert_eq!((second.id, second.attempt), (queued, 2));

    // Back from the dead, the first may not undo what the second does …
    for delivery in [
        Delivery::PutOff(Obstacle::TimedOut),
        Delivery::Refused(Obstacle::Reply(550)),
        Delivery::Written,
    ] {
        let settled = settle(&mut conn, &dead, delivery, free).await.unwrap();
        assert_eq!(settled, Settled::NotOurs);
    }
    // … but what it handed over has left, and is told once.
    let left = Delivery::HandedOver { code: 250 };
    let settled = settle(&mut conn, &dead, left, free).await.unwrap();
    assert_eq!(settled, Settled::HandedOver);
    let settled = settle(&mut conn, &second, left, free).await.unwrap();
    assert_eq!(settled, Settled::NotOurs);
}

#[tokio::test]
async fn an_act_that_fails_queues_nothing() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    let refused: Result<(), DbError> = conn
        .transaction(async |conn| {
            queue_to(conn, "jeanne@example.org", start()).await;
            Err(DbError::RollbackTransaction)
        })
        .await;
    assert!(refused.is_err());
    let all = page(&mut conn, Part::All, None, start()).await.unwrap();
    assert!(all.is_empty());
}

#[tokio::test]
async fn the_daily_cap_delays_and_never_drops() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    let cap = NonZeroU32::new(2);
    let minute = |n| start() + TimeDelta::minutes(n);
    let day = TimeDelta::days(1);
    let mut delays = Vec::new();
    for (n, recipient) in [
        (0, "jeanne@example.org"),
        (1, "JEANNE@example.org"),
        (2, "jeanne@example.org"),
        (3, "jeanne@Example.org"),
        (4, "jeanne@example.org"),
        (5, "paul@example.org"),
    ] {
        let recipient = EmailAddress::parse(recipient).unwrap();
        let capped = NewEmail {
            daily_cap: cap,
            ..email(&recipient)
        };
        let queued = queue(&mut conn, capped, minute(n)).await.unwrap();
        delays.push(queued.delayed_until);
    }
    let expected = [
        None,
        None,
        Some(minute(0) + day),
        Some(minute(1) + day),
        Some(minute(0) + day + day),
        None,
    ];
    assert_eq!(delays, expected);

    let now = minute(6);
    assert_eq!(claim(&mut conn, now, 10, true).await.unwrap().len(), 3);
    let tracked = for_case(&mut conn, 7, now).await.unwrap();
    assert_eq!(tracked.len(), 6);
    let delayed = Standing::PutOff {
        until: minute(1) + day,
        obstacle: None,
    };
    assert_eq!(tracked[2].standing, delayed);
    assert_eq!(tracked[5].standing, Standing::Waiting);
    let in_three_days = start() + TimeDelta::days(3);
    assert_eq!(
        claim(&mut conn, in_three_days, 10, true)
            .await
            .unwrap()
            .len(),
        6
    );
}

#[tokio::test]
async fn what_waits_for_its_hour_is_not_what_the_cap_puts_off() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    let recipient = EmailAddress::parse("jeanne@example.org").unwrap();
    let morning = start() + TimeDelta::hours(10);
    for _ in 0..2 {
        let capped = NewEmail {
            about: Some(7),
            daily_cap: NonZeroU32::new(1),
            ..email(&recipient)
        };
        let queued = queue(&mut conn, capped, start()).await.unwrap();
        hold(&mut conn, queued.id, morning).await.unwrap();
    }
    let tracked = for_case(&mut conn, 7, start()).await.unwrap();
    let put_off = Standing::PutOff {
        until: morning + TimeDelta::days(1),
        obstacle: None,
    };
    let mut standings: Vec<Standing> = tracked.iter().map(|mail| mail.standing).collect();
    standings.sort_by_key(|standing| *standing == put_off);
    assert_eq!(standings, [Standing::Held(morning), put_off]);
    let tracked = for_case(&mut conn, 7, morning).await.unwrap();
    assert!(
        tracked
            .iter()
            .any(|mail| mail.standing == Standing::Waiting)
    );
}

#[tokio::test]
async fn the_list_goes_on_page_after_page() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    for n in 0..60 {
        queue_to(&mut conn, &format!("p{n}@example.org"), start()).await;
    }
    let waiting = Part::In(State::Queued);
    let first = page(&mut conn, waiting, None, start()).await.unwrap();
    let last = first.last().map(|entry| entry.mail.id);
    let second = page(&mut conn, waiting, last, start()).await.unwrap();
    assert_eq!((first.len(), second.len()), (50, 10));
    assert!(second.iter().all(|entry| Some(entry.mail.id) < last));
    let failed = page(&mut conn, Part::In(State::Failed), None, start()).await;
    assert!(failed.unwrap().is_empty());
}
