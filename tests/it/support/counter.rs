//! Counts the statements a pool sends: a relay between the program and PostgreSQL.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reclamations::db::Pool;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio_postgres::config::Host;

use crate::support::database::TestDatabase;

/// How many statements have passed.
#[derive(Clone, Default)]
pub(crate) struct Counter(Arc<AtomicUsize>);

impl Counter {
    /// A pool whose statements are counted.
    pub(crate) async fn pool(&self, database: &TestDatabase) -> Pool {
        let url = database.url().await;
        let config: tokio_postgres::Config = url.parse().unwrap();
        let [Host::Unix(folder)] = config.get_hosts() else {
            panic!("{url} is no socket")
        };
        let socket = folder.join(".s.PGSQL.5432");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(tokio::spawn(self.clone().relay(listener, socket)));
        let (before, rest) = url.split_once('@').unwrap();
        let (_, database) = rest.split_once('/').unwrap();
        let (path, options) = database.split_once('?').unwrap();
        let url = format!("{before}@127.0.0.1:{port}/{path}?sslmode=disable&{options}");
        Pool::new(&url, 4, Duration::from_secs(10)).unwrap()
    }

    /// How many statements passed since the last time.
    pub(crate) fn take(&self) -> usize {
        self.0.swap(0, Ordering::SeqCst)
    }

    async fn relay(self, listener: TcpListener, socket: PathBuf) {
        while let Ok((program, _)) = listener.accept().await {
            let postgres = UnixStream::connect(&socket).await.unwrap();
            drop(tokio::spawn(self.clone().pass(program, postgres)));
        }
    }

    async fn pass(self, program: TcpStream, postgres: UnixStream) {
        let (mut from_program, mut to_program) = program.into_split();
        let (mut from_postgres, mut to_postgres) = postgres.into_split();
        drop(tokio::spawn(async move {
            tokio::io::copy(&mut from_postgres, &mut to_program).await
        }));
        // The first message has no type: its length, then what it says.
        let mut has_type = false;
        loop {
            let kind = if has_type {
                let Ok(kind) = from_program.read_u8().await else {
                    return;
                };
                Some(kind)
            } else {
                None
            };
            has_type = true;
            let Ok(length) = from_program.read_u32().await else {
                return;
            };
            let mut said = vec![0; usize::try_from(length).unwrap() - 4];
            from_program.read_exact(&mut said).await.unwrap();
            // Execute, and a simple query.
            if matches!(kind, Some(b'E' | b'Q')) {
                self.0.fetch_add(1, Ordering::SeqCst);
            }
            if let Some(kind) = kind {
                to_postgres.write_u8(kind).await.unwrap();
            }
            to_postgres.write_u32(length).await.unwrap();
            to_postgres.write_all(&said).await.unwrap();
        }
    }
}
