//! The journal against a real database: append-only, sealed daily, and every tampering found.

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::{AsyncConnection, SimpleAsyncConnection};
use reclamations::db::{Conn, DbError, connect};
use reclamations::journal::{self, Actor, Broken, Entry, SYSTEM_CHAIN};

use crate::support::database::TestDatabase;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_777_500_000 + second, 0).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Two cases of two and one lines, and a line of the system.
async fn written(conn: &mut Conn) {
    conn.transaction(async |conn| {
        journal::open(
            conn,
            1,
            Entry::new("case.filed").id("n", 1),
            Actor::Person,
            at(0),
        )
        .await?;
        journal::append(conn, 1, Entry::new("case.closed"), Actor::Staff(7), at(1)).await?;
        journal::open(
            conn,
            2,
            Entry::new("case.filed").id("n", 2),
            Actor::Person,
            at(2),
        )
        .await?;
        journal::append(
            conn,
            SYSTEM_CHAIN,
            Entry::new("signin"),
            Actor::Staff(7),
            at(3),
        )
        .await?;
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Does to the journal what only a superuser can, with its triggers switched off.
async fn tamper(database: &TestDatabase, sql: &str) {
    let mut conn = connect(&database.superuser_url().await).await.unwrap();
    conn.batch_execute("SET session_replication_role = replica")
        .await
        .unwrap();
    conn.batch_execute(sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_journal_is_verified_and_counted() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    written(&mut conn).await;
    let sealed = journal::seal(&mut conn, day("2026-04-30"), at(10))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((sealed.id, sealed.n_leaves), (1, 3));
    assert_eq!(
        journal::seal(&mut conn, day("2026-04-30"), at(11))
            .await
            .unwrap(),
        None
    );

    journal::append(
        &mut conn,
        2,
        Entry::new("case.closed"),
        Actor::System,
        at(12),
    )
    .await
    .unwrap();
    let next = journal::seal(&mut conn, day("2026-05-01"), at(13))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((next.id, next.n_leaves), (2, 1));

    let verified = journal::verify(&mut conn).await.unwrap();
    assert_eq!(
        (verified.n_chains, verified.n_lines, verified.n_seals),
        (3, 5, 2)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_rewrites_the_journal() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    written(&mut conn).await;
    journal::seal(&mut conn, day("2026-04-30"), at(10))
        .await
        .unwrap();
    for table in ["journal_events", "seals", "seal_leaves"] {
        for act in [
            "UPDATE # SET hash = hash",
            "DELETE FROM #",
            "TRUNCATE # CASCADE",
        ] {
            let refused = conn
                .batch_execute(&act.replace('#', table))
                .await
                .unwrap_err();
            assert!(
                refused.to_string().contains("append-only"),
                "{act} {table}: {refused}"
            );
        }
    }
    journal::verify(&mut conn).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_broken_line_is_named() {
    let changed = "UPDATE journal_events SET facts = 'n=9' WHERE chain = 1 AND seq = 1";
    let moved = "UPDATE journal_events SET at = at + interval '1 day' WHERE chain = 2";
    let removed = "DELETE FROM journal_events WHERE chain = 1 AND seq = 1";
    let cut = "DELETE FROM journal_events WHERE chain = 1 AND seq = 2";
    let reseal = "UPDATE seals SET n_leaves = 4";
    let unleaf = "DELETE FROM seal_leaves WHERE chain = 2";
    for (sql, expected) in [
        (
            changed,
            "chain 1, line 1: the content does not match its hash",
        ),
        (
            moved,
            "chain 2, line 1: the content does not match its hash",
        ),
        (
            removed,
            "chain 1: line 1 is missing (the next one is line 2)",
        ),
        (cut, "chain 1, line 2: not the line that seal 1 covers"),
        (reseal, "seal 1: the content does not match its hash"),
        (unleaf, "seal 1: the content does not match its hash"),
    ] {
        let database = TestDatabase::new().await;
        let mut conn = database.conn().await;
        written(&mut conn).await;
        journal::seal(&mut conn, day("2026-04-30"), at(10))
            .await
            .unwrap();
        tamper(&database, sql).await;
        let broken: Broken = journal::verify(&mut conn).await.unwrap_err();
        assert_eq!(broken.to_string(), expected, "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_rewritten_from_its_start_is_betrayed_by_its_seal() {
    let database = TestDatabase::new().await;
    let mut conn = database.conn().await;
    written(&mut conn).await;
    journal::seal(&mut conn, day("2026-04-30"), at(10))
        .await
        .unwrap();
    tamper(&database, "DELETE FROM journal_events WHERE chain = 2").await;
    journal::open(
        &mut conn,
        2,
        Entry::new("case.filed").id("n", 3),
        Actor::Person,
        at(2),
    )
    .await
    .unwrap();
    let broken = journal::verify(&mut conn).await.unwrap_err();
    assert_eq!(
        broken.to_string(),
        "chain 2, line 1: not the line that seal 1 covers"
    );
}
