//! A real `clamd` on a free port, whose only signature is the test's own.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::support::smtp::free_port;

/// What the signature finds, wherever it stands in a file.
pub(crate) const MARK: &[u8] = b"reclamations-test-infected-mark";

/// Longest wait for the daemon.
const PATIENCE: Duration = Duration::from_mins(1);

/// A scanner until it is dropped.
pub(crate) struct ClamdServer {
    port: u16,
    process: Child,
    /// Ends the daemon when this process ends without dropping anything.
    watchdog: Child,
    _folder: TempDir,
}

impl ClamdServer {
    /// A scanner on a free port.
    pub(crate) async fn start() -> Self {
        loop {
            if let Some(server) = Self::listen(free_port()).await {
                return server;
            }
        }
    }

    /// A scanner on this port; none when it is taken.
    pub(crate) async fn listen(port: u16) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("db");
        std::fs::create_dir(&database).unwrap();
        let signature = format!(
            "Reclamations.Test:0:*:{}\n",
            data_encoding::HEXLOWER.encode(MARK)
        );
        std::fs::write(database.join("test.ndb"), signature).unwrap();
        let settings = folder.path().join("clamd.conf");
        let lines = format!(
            "Foreground yes\nTCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {}\n\
             TemporaryDirectory {}\nMaxThreads 4\n",
            database.display(),
            folder.path().display()
        );
        std::fs::write(&settings, lines).unwrap();
        let process = Command::new(program())
            .arg("--config-file")
            .arg(&settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{error}: is clamd installed? .ci/setup does it"))
            .unwrap();
        let watchdog = watch(process.id());
        let mut server = Self {
            port,
            process,
            watchdog,
            _folder: folder,
        };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if server.process.try_wait().unwrap().is_some() {
                return None;
            }
            assert!(started.elapsed() < PATIENCE, "clamd does not answer");
            sleep(Duration::from_millis(50)).await;
        }
        Some(server)
    }

    /// Where it listens.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// For the settings.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }
}

impl Drop for ClamdServer {
    fn drop(&mut self) {
        for process in [&mut self.watchdog, &mut self.process] {
            process.kill().unwrap_or_default();
            drop(process.wait());
        }
    }
}

/// Debian keeps it where an ordinary user does not look.
fn program() -> &'static str {
    [
        "/usr/sbin/clamd",
        "/opt/homebrew/sbin/clamd",
        "/usr/local/sbin/clamd",
    ]
    .into_iter()
    .find(|path| std::path::Path::new(path).exists())
    .unwrap_or("clamd")
}

/// Kills `process` when the pipe from this process closes.
fn watch(process: u32) -> Child {
    Command::new("/bin/sh")
        .args(["-c", r#"cat > /dev/null; kill -KILL "$1""#, "watchdog"])
        .arg(process.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
