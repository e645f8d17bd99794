//! The program itself, working apart on the database of a test.

use std::ffi::OsStr;
use std::process::{Child, Command, Stdio};

use crate::support::authority::Authority;
use crate::support::database::TestDatabase;
use crate::support::smtp::watch;

/// The program, working apart on the same database.
pub(crate) struct Worker {
    process: Child,
    watchdog: Child,
    folder: tempfile::TempDir,
}

impl Worker {
    /// Starts it, with these flags beside.
    pub(crate) async fn start(database: &TestDatabase, flags: &[&str]) -> Self {
        Self::launch(database, flags, &[]).await
    }

    /// The same, trusting this authority alone.
    pub(crate) async fn trusting(
        authority: &Authority,
        database: &TestDatabase,
        flags: &[&str],
    ) -> Self {
        let root = authority.root();
        let trusted = ("SSL_CERT_FILE", root.as_os_str());
        Self::launch(database, flags, &[trusted]).await
    }

    async fn launch(
        database: &TestDatabase,
        flags: &[&str],
        environment: &[(&str, &OsStr)],
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("key");
        std::fs::write(&key, [42; 32]).unwrap();
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let process = Command::new(env!("CARGO_BIN_EXE_reclamations"))
            .args(["worker", "--database-url", &database.url().await])
            .args(flags)
            .arg("--secret-key-file")
            .arg(key)
            .arg("--data-dir")
            .arg(folder.path())
            .env("RUST_LOG", "info")
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let watchdog = watch(process.id());
        Self {
            process,
            watchdog,
            folder,
        }
    }

    /// What it wrote in its log.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// The most memory it held, in megabytes.
    pub(crate) fn peak_megabytes(&self) -> u64 {
        let status = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap();
        let kilobytes: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kilobytes / 1024
    }

    /// Ends it at once.
    pub(crate) fn end(&mut self) {
        for process in [&mut self.watchdog, &mut self.process] {
            process.kill().unwrap_or_default();
            drop(process.wait());
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.end();
    }
}
