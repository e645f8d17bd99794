//! The real program on a database of its own, with someone signed in.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use reclamations::clock::Clock;
use reclamations::db::embedded::{self, Server};
use reclamations::staff::Role;
use reqwest::Client;
use reqwest::redirect::Policy;
use tokio_postgres::{NoTls, Row};

use crate::support::browser::Browser;
use crate::support::folder::TestFolder;
use crate::support::phone::invite;

/// Longest wait for the program to answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// The running program; it does not outlive a measure that failed.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // Ended already is as good.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// The program and its database.
pub(crate) struct Site {
    /// Where it answers.
    pub(crate) address: String,
    /// Of someone signed in.
    pub(crate) cookie: String,
    server: Server,
    program: Program,
    /// Goes last.
    _folder: TestFolder,
}

impl Site {
    /// Fills a database with so many cases and starts the program on it.
    pub(crate) async fn filled(n_cases: u32) -> Self {
        let folder = TestFolder::new();
        let var = folder.path().join("var");
        let options = embedded::Options::default();
        let server = embedded::start(&var, options).await.unwrap();
        let cases = n_cases.to_string();
        let filled = command(&var, &["demo", "--cases", &cases])
            .status()
            .unwrap();
        assert!(filled.success());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = listener.local_addr().unwrap().to_string();
        drop(listener);
        let flags = ["serve", "--rate-limits", "off", "--listen", &listen];
        let program = command(&var, &flags).stdout(Stdio::null()).spawn().unwrap();
        let program = Program(program);
        let address = format!("http://{listen}");
        let began = Instant::now();
        while !reqwest::get(format!("{address}/readyz"))
            .await
            .is_ok_and(|answer| answer.status() == 200)
        {
            assert!(began.elapsed() < PATIENCE, "the program does not answer");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let cookie = signed_in(&server, &address).await;
        Self {
            address,
            cookie,
            server,
            program,
            _folder: folder,
        }
    }

    /// A client that follows no redirection.
    pub(crate) fn client() -> Client {
        Client::builder().redirect(Policy::none()).build().unwrap()
    }

    /// The database.
    pub(crate) fn database_url(&self) -> String {
        self.server.url()
    }

    /// What a statement returns.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<Row> {
        let (client, connection) = tokio_postgres::connect(&self.server.url(), NoTls)
            .await
            .unwrap();
        tokio::spawn(connection);
        client.query(sql, &[]).await.unwrap()
    }

    /// Runs statements as the superuser.
    pub(crate) async fn command_database(&self, sql: &str) {
        let url = self.server.superuser_url();
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(sql).await.unwrap();
    }

    /// Where the database keeps its log.
    pub(crate) fn place(&self) -> &Path {
        self.server.place()
    }

    /// Ends the program, then its database.
    pub(crate) async fn stop(mut self) {
        let pid = Pid::from_raw(self.program.0.id().try_into().unwrap());
        kill(pid, Signal::SIGTERM).unwrap();
        self.program.0.wait().unwrap();
        self.server.release().await.unwrap();
    }
}

fn command(var: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reclamations"));
    command
        .args(words)
        .arg("--data-dir")
        .arg(var)
        .env("RUST_LOG", "off")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Enrols a supervisor and returns their cookies.
async fn signed_in(server: &Server, address: &str) -> String {
    let mut conn = reclamations::db::connect(&server.url()).await.unwrap();
    let (who, now) = (
        ("camille.durand@example.org", "Camille Durand"),
        Clock::System.now(),
    );
    let token = invite(&mut conn, who, Role::Supervisor, now).await;
    let browser = Browser::new(address);
    let (_phone, codes) = browser.enrol(&token, &[], now).await;
    assert_eq!(codes.status, 200);
    browser.cookies()
}
