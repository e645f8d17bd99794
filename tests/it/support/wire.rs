//! The wire between the site and its database, which a test can cut and mend.

use std::path::PathBuf;

use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio_postgres::config::Host;

/// Carries a database's address over a port of its own.
pub(crate) struct Wire {
    port: u16,
    is_whole: watch::Sender<bool>,
}

impl Wire {
    /// A whole wire to the database of `url`, which is on a Unix socket.
    pub(crate) async fn to(url: &str) -> Self {
        let settings: tokio_postgres::Config = url.parse().unwrap();
        let Some(Host::Unix(folder)) = settings.get_hosts().first() else {
            panic!("the database of the tests is on a Unix socket");
        };
        let port = settings.get_ports().first().copied().unwrap_or(5432);
        let socket = folder.join(format!(".s.PGSQL.{port}"));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (is_whole, state) = watch::channel(true);
        tokio::spawn(carry(listener, socket, state));
        Self { port, is_whole }
    }

    /// The same database by way of the wire.
    pub(crate) fn url(&self, url: &str) -> String {
        let (before, after) = url.split_once('@').unwrap();
        let (_, after) = after.split_once('/').unwrap();
        let joint = if after.contains('?') { '&' } else { '?' };
        format!(
            "{before}@127.0.0.1:{}/{after}{joint}sslmode=disable",
            self.port
        )
    }

    /// Breaks every connection and refuses new ones.
    pub(crate) fn cut(&self) {
        self.is_whole.send_replace(false);
    }

    /// Lets new connections through again.
    pub(crate) fn mend(&self) {
        self.is_whole.send_replace(true);
    }
}

async fn carry(listener: TcpListener, socket: PathBuf, state: watch::Receiver<bool>) {
    while let Ok((near, _)) = listener.accept().await {
        if *state.borrow() {
            tokio::spawn(join(near, socket.clone(), state.clone()));
        }
    }
}

async fn join(mut near: TcpStream, socket: PathBuf, mut state: watch::Receiver<bool>) {
    let mut far = UnixStream::connect(socket).await.unwrap();
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
        _ = state.wait_for(|is_whole| !is_whole) => {}
    }
}
