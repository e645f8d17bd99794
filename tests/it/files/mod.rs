//! Files: received piece by piece, inspected, read back.

mod archives;
mod memory;
mod receiving;
mod scanning;

use std::time::{Duration, Instant};

use chrono::DateTime;
use reclamations::db::Pool;
use reclamations::files::{FileName, Incoming, ReceiveError, Received, Refused};

use crate::support::database::TestDatabase;

/// Most bytes of a file in these tests.
const MAX: u64 = 10_000_000;

/// Sends bytes under a name, some thousands at a time.
async fn send(pool: &Pool, name: &str, bytes: &[u8]) -> Result<Received, ReceiveError> {
    let mut incoming = Incoming::begin(pool, FileName::parse(name), MAX, DateTime::UNIX_EPOCH)?;
    for piece in bytes.chunks(10_007) {
        incoming.push(piece).await?;
    }
    incoming.finish().await
}

/// Why bytes under a name are refused.
async fn refusal(pool: &Pool, name: &str, bytes: &[u8]) -> Refused {
    match send(pool, name, bytes).await {
        Err(ReceiveError::Refused(refused)) => refused,
        other => panic!("{name}: {other:?}"),
    }
}

/// Waits until nothing is left of any file.
async fn nothing_is_left(database: &TestDatabase) {
    let started = Instant::now();
    loop {
        let left = database
            .rows("SELECT 1 FROM uploads UNION ALL SELECT 1 FROM file_chunks")
            .await;
        if left.is_empty() {
            return;
        }
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "{} rows",
            left.len()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
