//! What arrives is kept byte for byte; what is refused or broken off leaves nothing.

use chrono::{DateTime, TimeDelta};
use futures_util::TryStreamExt;
use reclamations::files::{
    self, CHUNK, FileName, Format, Incoming, ReceiveError, Refused, chunks, erase_unfinished,
};
use sha2::{Digest, Sha256};

use crate::files::{MAX, nothing_is_left, refusal, send};
use crate::support::database::TestDatabase;
use crate::support::samples::{jpeg, pdf, program};

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_back_byte_for_byte_whatever_its_size() {
    let database = TestDatabase::new().await;
    let pool = database.pool().await;
    let mut conn = database.conn().await;
    for size in [10, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 1_000_000] {
        let bytes = pdf(size);
        let received = send(&pool, "pièce.pdf", &bytes).await.unwrap();
        let file = received.file();
        received
            .record(&mut conn, DateTime::UNIX_EPOCH)
            .await
            .unwrap();
        received.kept();
        let read: Vec<Vec<u8>> = chunks(pool.clone(), file).try_collect().await.unwrap();
        assert!(read.iter().all(|piece| piece.len() <= CHUNK));
        assert_eq!(read.concat(), bytes, "{size}");
        let row = &database
            .rows(&format!(
                "SELECT size, sha256, name FROM uploads WHERE id = {}",
                file.0
            ))
            .await[0];
        assert_eq!(row.get::<_, i64>(0), i64::try_from(size).unwrap());
        assert_eq!(row.get::<_, Vec<u8>>(1), Sha256::digest(&bytes).to_vec());
        assert_eq!(row.get::<_, &str>(2), "pièce.pdf");
        let part = files::range(&mut conn, file, 5, 3).await.unwrap();
        assert_eq!(part, bytes[5..8]);
        let end = u64::try_from(size).unwrap() - 4;
        let tail = files::range(&mut conn, file, end, 100).await.unwrap();
        assert_eq!(tail, bytes[size - 4..]);
        assert_eq!(files::erase(&mut conn, &[file]).await.unwrap(), 1);
    }
    nothing_is_left(&database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_what_its_name_says_is_refused_and_leaves_nothing() {
    let database = TestDatabase::new().await;
    let pool = database.pool().await;
    let found = |announced, found| Refused::NotWhatItSays { announced, found };
    for (name, bytes, why) in [
        ("facture.exe", program(), Refused::UnknownFormat),
        ("facture.pdf.exe", pdf(100), Refused::UnknownFormat),
        ("facture", pdf(100), Refused::UnknownFormat),
        ("lettre.docm", program(), Refused::UnknownFormat),
        ("facture.pdf", program(), found(Format::Pdf, None)),
        (
            "facture.jpg",
            pdf(100),
            found(Format::Jpeg, Some(Format::Pdf)),
        ),
        ("lettre.txt", program(), found(Format::Txt, None)),
        ("lettre.txt", jpeg(), found(Format::Txt, Some(Format::Jpeg))),
        (
            "lettre.txt",
            b"#!/bin/sh\nrm -rf /".to_vec(),
            found(Format::Txt, None),
        ),
        (
            "courriel.eml",
            b"Bonjour".to_vec(),
            found(Format::Eml, Some(Format::Txt)),
        ),
        ("vide.pdf", Vec::new(), Refused::Empty),
        ("long.pdf", pdf(10_000_001), Refused::TooLarge { max: MAX }),
    ] {
        assert_eq!(refusal(&pool, name, &bytes).await, why, "{name}");
    }
    // A text that turns out to be none after its first piece.
    let mut late = vec![b'a'; CHUNK + 10];
    late.push(0);
    assert_eq!(
        refusal(&pool, "long.txt", &late).await,
        found(Format::Txt, None)
    );
    nothing_is_left(&database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_broken_off_leaves_nothing() {
    let database = TestDatabase::new().await;
    let pool = database.pool().await;
    let name = FileName::parse("a.pdf");
    let mut incoming = Incoming::begin(&pool, name, MAX, DateTime::UNIX_EPOCH).unwrap();
    incoming.push(&pdf(600_000)).await.unwrap();
    assert_eq!(database.rows("SELECT 1 FROM file_chunks").await.len(), 2);
    drop(incoming);
    nothing_is_left(&database).await;
    // Received, but nobody took it.
    drop(send(&pool, "a.pdf", &pdf(600_000)).await.unwrap());
    nothing_is_left(&database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stopped_program_left_is_erased_later() {
    let database = TestDatabase::new().await;
    database
        .rows(
            "INSERT INTO uploads (name, format, begun_at, next_scan_at)
             VALUES ('a.pdf', 'pdf', 'epoch', 'epoch')",
        )
        .await;
    let mut conn = database.conn().await;
    let at = DateTime::UNIX_EPOCH;
    assert_eq!(
        erase_unfinished(&mut conn, at + TimeDelta::hours(1))
            .await
            .unwrap(),
        0
    );
    assert_eq!(
        erase_unfinished(&mut conn, at + TimeDelta::hours(3))
            .await
            .unwrap(),
        1
    );
    nothing_is_left(&database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_is_told_from_a_refusal() {
    let database = TestDatabase::new().await;
    let wire = crate::support::wire::Wire::to(&database.url().await).await;
    let url = wire.url(&database.url().await);
    let pool = reclamations::db::Pool::new(&url, 2, std::time::Duration::from_secs(1)).unwrap();
    let name = FileName::parse("a.pdf");
    let mut incoming = Incoming::begin(&pool, name, MAX, DateTime::UNIX_EPOCH).unwrap();
    incoming.push(&pdf(CHUNK)).await.unwrap();
    wire.cut();
    let error = incoming.push(&pdf(CHUNK)).await.unwrap_err();
    assert!(!matches!(error, ReceiveError::Refused(_)), "{error}");
    drop(incoming);
    let mut conn = database.conn().await;
    let later = DateTime::UNIX_EPOCH + TimeDelta::hours(3);
    erase_unfinished(&mut conn, later).await.unwrap();
    nothing_is_left(&database).await;
}
