//! Counts the statements that a pool sends: a relay between the program and its PostgreSQL reads
//! what goes by. Nothing is configured, nothing is logged, and another test's statements are not
//! counted.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reclamations::db::Pool;
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::unix::OwnedWriteHalf;
use tokio::net::{UnixListener, UnixStream};
use tokio_postgres::Config;
use tokio_postgres::config::Host;

use crate::support::database::TestDatabase;

/// A counting relay before the database of a test.
pub(crate) struct Statements {
    count: Arc<AtomicU64>,
    url: String,
    _folder: TempDir,
}

impl Statements {
    /// A relay before `database`.
    pub(crate) async fn of(database: &TestDatabase) -> Self {
        let url = database.url().await;
        let config: Config = url.parse().unwrap();
        let socket = match config.get_hosts() {
            [Host::Unix(folder)] => folder.join(".s.PGSQL.5432"),
            hosts => panic!("not one Unix socket: {hosts:?}"),
        };
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
        let count = Arc::new(AtomicU64::new(0));
        tokio::spawn(relay(listener, socket, Arc::clone(&count)));
        let (before, after) = url.split_once('@').unwrap();
        let (_, after) = after.split_once('/').unwrap();
        let host = folder.path().to_str().unwrap().replace('/', "%2F");
        Self {
            count,
            url: format!("{before}@{host}/{after}"),
            _folder: folder,
        }
    }

    /// A pool whose statements are counted.
    pub(crate) fn pool(&self) -> Pool {
        Pool::new(&self.url, 4, Duration::from_secs(10)).unwrap()
    }

    /// Statements sent until now, `BEGIN` and `COMMIT` among them.
    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}

async fn relay(listener: UnixListener, socket: PathBuf, count: Arc<AtomicU64>) {
    while let Ok((program, _)) = listener.accept().await {
        let database = UnixStream::connect(&socket).await.unwrap();
        let (mut from_database, to_database) = database.into_split();
        let (from_program, mut to_program) = program.into_split();
        tokio::spawn(async move { copy(&mut from_database, &mut to_program).await });
        tokio::spawn(forward(from_program, to_database, Arc::clone(&count)));
    }
}

/// Forwards the program's messages one by one and counts those that execute something; ends when
/// either side hangs up.
async fn forward(
    mut from: impl AsyncRead + Unpin,
    mut to: OwnedWriteHalf,
    count: Arc<AtomicU64>,
) -> std::io::Result<()> {
    // The first message has no letter before its length.
    let mut message = Vec::new();
    read_message(&mut from, &mut message).await?;
    loop {
        to.write_all(&message).await?;
        message.clear();
        let letter = from.read_u8().await?;
        message.push(letter);
        read_message(&mut from, &mut message).await?;
        // Execute of a prepared statement, or a simple query.
        if matches!(letter, b'E' | b'Q') {
            count.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Appends a length, itself included, and the bytes that follow.
async fn read_message(
    from: &mut (impl AsyncRead + Unpin),
    message: &mut Vec<u8>,
) -> std::io::Result<()> {
    let length = from.read_u32().await?;
    message.extend(length.to_be_bytes());
    let mut rest = vec![0; usize::try_from(length).unwrap() - 4];
    from.read_exact(&mut rest).await?;
    message.extend(rest);
    Ok(())
}
