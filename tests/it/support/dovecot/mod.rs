//! A real IMAP server: Debian's Dovecot, on a free port, with a Maildir in a folder of its own.

mod settings;

use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::unistd::{Uid, User};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::support::authority::Authority;
use crate::support::smtp::{free_port, watch};

/// A server that keeps a mailbox until it is dropped.
pub(crate) struct Dovecot {
    scheme: &'static str,
    port: u16,
    folder: TempDir,
    process: Child,
    /// Ends the server when this process ends without dropping anything.
    watchdog: Child,
}

/// Who has the mailbox.
const USER: &str = "boite";
const PASSWORD: &str = "secret";
/// Longest wait for the server.
const PATIENCE: Duration = Duration::from_secs(20);

impl Dovecot {
    /// A server with an empty mailbox, and the folder `Contact` beside `INBOX`.
    pub(crate) async fn start() -> Self {
        Self::listen(None).await
    }

    /// The same, speaking TLS from the first word under a certificate of this authority.
    pub(crate) async fn encrypted(authority: &Authority) -> Self {
        Self::listen(Some(authority)).await
    }

    async fn listen(authority: Option<&Authority>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for place in ["run", "state", "mail/cur", "mail/new", "mail/tmp"] {
            std::fs::create_dir_all(folder.path().join(place)).unwrap();
        }
        for place in ["cur", "new", "tmp"] {
            std::fs::create_dir_all(folder.path().join("mail/.Contact").join(place)).unwrap();
        }
        let port = free_port();
        settings::write(folder.path(), port, authority);
        give(folder.path());
        let (process, watchdog) = launch(folder.path());
        let mut server = Self {
            scheme: if authority.is_some() { "imaps" } else { "imap" },
            port,
            folder,
            process,
            watchdog,
        };
        server.answers().await;
        server
    }

    /// The address of the mailbox, for the settings.
    pub(crate) fn url(&self) -> String {
        let (scheme, port) = (self.scheme, self.port);
        format!("{scheme}://{USER}:{PASSWORD}@127.0.0.1:{port}/INBOX")
    }

    /// What it wrote in its log.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Puts an e-mail in a folder, as a server that delivers it would.
    pub(crate) fn deliver(&self, folder: &str, raw: &[u8]) {
        self.put(folder, "new", "", raw);
    }

    /// The same, already marked as read by someone.
    pub(crate) fn deliver_read(&self, folder: &str, raw: &[u8]) {
        self.put(folder, "cur", ":2,S", raw);
    }

    fn put(&self, folder: &str, place: &str, flags: &str, raw: &[u8]) {
        let of = self.maildir(folder);
        let name = format!("{}.test{flags}", uuid::Uuid::new_v4().simple());
        let (written, delivered) = (of.join("tmp").join(&name), of.join(place).join(&name));
        std::fs::write(&written, raw).unwrap();
        chown_to_mail(&written);
        std::fs::rename(written, delivered).unwrap();
    }

    /// How many e-mails of a folder nobody has marked as read.
    pub(crate) fn unread(&self, folder: &str) -> usize {
        let of = self.maildir(folder);
        let names = ["new", "cur"].into_iter().flat_map(|place| {
            let entries = std::fs::read_dir(of.join(place)).unwrap();
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap())
        });
        let is_read = |name: &String| {
            name.rsplit(',')
                .next()
                .is_some_and(|flags| name.contains(":2,") && flags.contains('S'))
        };
        names.filter(|name| !is_read(name)).count()
    }

    /// Ends the server at once, and its sessions with it.
    pub(crate) fn kill(&mut self) {
        end(&mut self.process);
        end(&mut self.watchdog);
    }

    /// Starts it again, on the same port with the same mailbox.
    pub(crate) async fn restart(&mut self) {
        (self.process, self.watchdog) = launch(self.folder.path());
        self.answers().await;
    }

    /// Where the e-mails of a folder lie.
    pub(crate) fn maildir(&self, folder: &str) -> PathBuf {
        match folder {
            "INBOX" => self.folder.path().join("mail"),
            other => self.folder.path().join(format!("mail/.{other}")),
        }
    }

    async fn answers(&mut self) {
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
            let ended = self.process.try_wait().unwrap();
            let log = self.log();
            assert!(ended.is_none(), "dovecot ended: {log}");
            assert!(
                started.elapsed() < PATIENCE,
                "dovecot does not answer: {log}"
            );
            sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.kill();
    }
}

fn end(process: &mut Child) {
    // Its master ends its sessions when asked, not when killed.
    let id = nix::unistd::Pid::from_raw(process.id().try_into().unwrap());
    nix::sys::signal::kill(id, nix::sys::signal::Signal::SIGTERM).unwrap_or_default();
    let asked = Instant::now();
    while process.try_wait().unwrap().is_none() {
        if asked.elapsed() > PATIENCE {
            process.kill().unwrap_or_default();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The program; Debian keeps it where ordinary users do not look.
fn program() -> PathBuf {
    let places = [
        "/usr/sbin/dovecot",
        "/opt/homebrew/sbin/dovecot",
        "/usr/local/sbin/dovecot",
    ];
    let found = places.iter().map(PathBuf::from).find(|path| path.exists());
    found
        .ok_or("dovecot is not installed: .ci/setup does it")
        .unwrap()
}

fn launch(folder: &Path) -> (Child, Child) {
    let process = Command::new(program())
        .args(["-F", "-c"])
        .arg(folder.join("dovecot.conf"))
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let watchdog = watch(process.id());
    (process, watchdog)
}

/// Whoever may own the mailbox: a root's server refuses to read mail as root.
fn owner() -> User {
    let us = User::from_uid(Uid::effective()).unwrap().unwrap();
    if us.uid.is_root() {
        User::from_name("nobody").unwrap().unwrap()
    } else {
        us
    }
}

fn chown_to_mail(path: &Path) {
    let owner = owner();
    chown(path, Some(owner.uid.as_raw()), Some(owner.gid.as_raw())).unwrap();
}

/// The mailbox belongs to who reads it, and the way to it is open to them.
fn give(folder: &Path) {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut waiting = vec![folder.join("mail")];
    while let Some(path) = waiting.pop() {
        chown_to_mail(&path);
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).unwrap();
            waiting.extend(entries.map(|entry| entry.unwrap().path()));
        }
    }
}
