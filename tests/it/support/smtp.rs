//! A real SMTP server: Debian's `aiosmtpd`, on a free port, with a Maildir.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mailparse::ParsedMail;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::sleep;

/// A server that takes e-mails until it is dropped.
pub(crate) struct SmtpServer {
    port: u16,
    maildir: PathBuf,
    /// Of a maildir of its own.
    _folder: Option<TempDir>,
    process: Child,
    /// Ends the server when this process ends without dropping anything.
    watchdog: Child,
}

/// An e-mail as it arrived, decoded.
pub(crate) struct Received {
    headers: Vec<(String, String)>,
    /// The text, lines parted by `\n`, without the blank ones at the end; the plain one of several.
    pub(crate) body: String,
    /// The PDF that is enclosed, and its name.
    pub(crate) enclosed: Option<(String, Vec<u8>)>,
}

/// What keeps e-mails in a Maildir.
const MAILBOX: &str = "aiosmtpd.handlers.Mailbox";
/// Longest wait for the server or for an e-mail.
const PATIENCE: Duration = Duration::from_secs(20);

impl SmtpServer {
    /// A server with SMTPUTF8.
    pub(crate) async fn start() -> Self {
        Self::start_with(&["--smtputf8"]).await
    }

    /// A server with options of `aiosmtpd`: `--smtputf8`, `--size N`.
    pub(crate) async fn start_with(options: &[&str]) -> Self {
        loop {
            // Another program may take the port between these two lines: then it ends at once.
            let port = free_port();
            if let Some(server) = Self::listen(port, options).await {
                return server;
            }
        }
    }

    /// A server that puts what it takes in this Maildir.
    pub(crate) async fn start_into(maildir: &Path) -> Self {
        loop {
            let place = (maildir.to_owned(), None);
            let how: (&str, &[&str]) = (MAILBOX, &["--smtputf8"]);
            if let Some(server) = Self::serve_in(free_port(), how, place).await {
                return server;
            }
        }
    }

    /// A server on a port of one's own choice; none if it is taken.
    pub(crate) async fn listen(port: u16, options: &[&str]) -> Option<Self> {
        Self::serve(port, MAILBOX, options).await
    }

    /// A server that can be told to be busy or to die, and knows nobody called `refused@`.
    pub(crate) async fn moody() -> Self {
        loop {
            if let Some(server) = Self::moody_on(free_port()).await {
                return server;
            }
        }
    }

    /// The same on a port of one's own choice; none if it is taken.
    pub(crate) async fn moody_on(port: u16) -> Option<Self> {
        Self::serve(port, "moody.Moody", &[]).await
    }

    /// A server that tells what it heard, and knows the password of `site`; with options.
    pub(crate) async fn candid(options: &[&str]) -> Self {
        loop {
            if let Some(server) = Self::serve(free_port(), "candid.Candid", options).await {
                return server;
            }
        }
    }

    /// What a candid server heard: each word, and whether it was encrypted.
    pub(crate) fn heard(&self) -> Vec<String> {
        let heard = std::fs::read_to_string(self.maildir.with_file_name("heard"));
        heard
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect()
    }

    /// Tells a moody server how to be: `busy`, `dying`.
    pub(crate) fn tell(&self, word: &str) {
        std::fs::write(self.maildir.with_file_name(word), []).unwrap();
    }

    /// Takes it back.
    pub(crate) fn untell(&self, word: &str) {
        std::fs::remove_file(self.maildir.with_file_name(word)).unwrap();
    }

    async fn serve(port: u16, handler: &str, options: &[&str]) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let place = (folder.path().join("maildir"), Some(folder));
        Self::serve_in(port, (handler, options), place).await
    }

    async fn serve_in(
        port: u16,
        (handler, options): (&str, &[&str]),
        (maildir, folder): (PathBuf, Option<TempDir>),
    ) -> Option<Self> {
        let process = Command::new("aiosmtpd")
            .args(["--nosetuid", "--listen", &format!("127.0.0.1:{port}")])
            .args(["--class", handler])
            .env(
                "PYTHONPATH",
                concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support"),
            )
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .args(options)
            .arg(&maildir)
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("{error}: is aiosmtpd installed? .ci/setup does it"))
            .unwrap();
        let watchdog = watch(process.id());
        let mut server = Self {
            port,
            maildir,
            _folder: folder,
            process,
            watchdog,
        };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            assert!(started.elapsed() < PATIENCE, "aiosmtpd does not answer");
            if server.process.try_wait().unwrap().is_some() {
                return None;
            }
            sleep(Duration::from_millis(20)).await;
        }
        server
            .process
            .try_wait()
            .unwrap()
            .is_none()
            .then_some(server)
    }

    /// Where it listens on the loopback.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// The address of the relay, for the settings.
    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Waits until at least `count` e-mails have arrived and returns them all, oldest first.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Received> {
        let started = Instant::now();
        loop {
            let received = self.received();
            if received.len() >= count {
                return received;
            }
            let n = received.len();
            assert!(
                started.elapsed() < PATIENCE,
                "{n} e-mails instead of {count}"
            );
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// The e-mails that have arrived, oldest first.
    pub(crate) fn received(&self) -> Vec<Received> {
        let mut files: Vec<(std::time::SystemTime, PathBuf)> =
            std::fs::read_dir(self.maildir.join("new"))
                .unwrap()
                .map(|entry| {
                    let entry = entry.unwrap();
                    (entry.metadata().unwrap().modified().unwrap(), entry.path())
                })
                .collect();
        files.sort();
        files
            .into_iter()
            .map(|(_, path)| Received::parse(&std::fs::read(path).unwrap()))
            .collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        for process in [&mut self.watchdog, &mut self.process] {
            process.kill().unwrap_or_default();
            drop(process.wait());
        }
    }
}

impl Received {
    /// Reads an e-mail, from a Maildir or an `.eml` file.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let mail: ParsedMail<'_> = mailparse::parse_mail(bytes).unwrap();
        let headers = mail
            .get_headers()
            .into_iter()
            .map(|header| (header.get_key(), header.get_value()))
            .collect();
        Self {
            headers,
            body: text(&mail).trim_end().replace("\r\n", "\n"),
            enclosed: enclosed(&mail),
        }
    }

    /// A header, decoded.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The subject.
    pub(crate) fn subject(&self) -> &str {
        self.header("Subject").unwrap_or_default()
    }

    /// The first address of this site in the text whose path begins with `path`.
    pub(crate) fn link(&self, path: &str) -> Option<&str> {
        self.body
            .split_whitespace()
            .find(|word| word.starts_with("http") && word.contains(path))
    }
}

/// The plain text of an e-mail.
fn text(mail: &ParsedMail<'_>) -> String {
    let plain = mail
        .parts()
        .find(|part| part.ctype.mimetype == "text/plain")
        .unwrap();
    plain.get_body().unwrap()
}

/// The PDF of an e-mail.
fn enclosed(mail: &ParsedMail<'_>) -> Option<(String, Vec<u8>)> {
    let mut parts = mail.parts();
    let pdf = parts.find(|part| part.ctype.mimetype == "application/pdf")?;
    let mut disposition = pdf.get_content_disposition();
    let name = disposition.params.remove("filename").unwrap();
    Some((name, pdf.get_body_raw().unwrap()))
}

/// A port of the loopback that nobody listens on just now.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Kills `process` when the pipe from this process closes.
pub(crate) fn watch(process: u32) -> Child {
    Command::new("/bin/sh")
        .args(["-c", r#"cat > /dev/null; kill -KILL "$1""#, "watchdog"])
        .arg(process.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
