//! The real server on a free port, with a clock set by hand and a schema of its own.

use std::net::TcpListener;

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use clap::Parser;
use reclamations::app;
use reclamations::clock::Clock;
use reclamations::config::Settings;
use reclamations::db::Pool;
use reclamations::jobs;
use reclamations::keys::MasterSecret;
use reclamations::web::AppState;
use tempfile::TempDir;

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;

/// A running site.
pub(crate) struct TestApp {
    /// Where it answers, without a slash at its end.
    pub(crate) address: String,
    /// What its handlers see: clock, pool, settings.
    pub(crate) state: Data<AppState>,
    /// Its schema.
    pub(crate) database: TestDatabase,
    /// Its data folder, where e-mails go for want of a relay.
    pub(crate) data_dir: TempDir,
    handle: ServerHandle,
}

/// Settings as the command line reads them.
#[derive(Parser)]
struct Options {
    #[command(flatten)]
    settings: Settings,
}

impl TestApp {
    /// The site at an instant such as `2026-04-30T08:00:00Z`, with default settings.
    pub(crate) async fn spawn_at(instant: &str) -> Self {
        Self::spawn_with(instant, &[]).await
    }

    /// The same with flags of the command line.
    pub(crate) async fn spawn_with(instant: &str, flags: &[&str]) -> Self {
        let database = TestDatabase::new().await;
        let pool = database.pool().await;
        Self::spawn_on(database, pool, instant, flags)
    }

    /// The same with a pool of the test's own.
    pub(crate) fn spawn_on(
        database: TestDatabase,
        pool: Pool,
        instant: &str,
        flags: &[&str],
    ) -> Self {
        let instant: DateTime<Utc> = instant.parse().unwrap();
        let flags = ["test", "--workers", "1"].iter().chain(flags);
        let settings = Options::parse_from(flags).settings;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let listening = listener.local_addr().unwrap();
        let public_url = settings.public_url(listening);
        let secret = MasterSecret::parse(vec![42; 32]).unwrap();
        let state = app::state(pool, Clock::manual(instant), &secret, settings, public_url);
        let state = state.unwrap();
        let server = app::server(state.clone(), listener).unwrap();
        let handle = server.handle();
        drop(tokio::spawn(server));
        Self {
            address: format!("http://{listening}"),
            state,
            database,
            data_dir: tempfile::tempdir().unwrap(),
            handle,
        }
    }

    /// Starts the background work: e-mails leave for the relay of the settings, or are written.
    pub(crate) fn start_background(&self) -> jobs::Running {
        jobs::start(app::background(&self.state, self.data_dir.path()).unwrap())
    }

    /// The same on another node: with connections of its own.
    pub(crate) fn start_background_on(&self, pool: Pool) -> jobs::Running {
        let here = app::background(&self.state, self.data_dir.path()).unwrap();
        jobs::start(jobs::Background { pool, ..here })
    }

    /// Someone's browser, with no cookie yet.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.address)
    }

    /// The present instant of the site.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.state.clock.now()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}
