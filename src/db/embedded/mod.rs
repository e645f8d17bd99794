//! The private PostgreSQL of an installation that was given no database: started from the
//! programs of the machine, on a Unix socket only, shared by every process of ours that works on
//! the same data folder, and stopped by the last of them.
//!
//! A process killed at any moment loses nothing: file locks go with it, `initdb` works under a
//! temporary name, and the next start adopts the server it finds or starts it again.

mod account;
mod binaries;
mod cluster;
mod error;
mod folder;
mod keeper;
mod locks;
mod mark;
mod place;
mod postmaster;

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;
use tokio_postgres::error::SqlState;

use crate::db::embedded::locks::{Share, Transition};
use crate::db::embedded::place::Place;
use crate::db::embedded::postmaster::Started;
use crate::db::{bootstrap, connect};

pub use error::EmbeddedError;
pub use locks::ServeLock;

/// Name of the database and of the role that owns it.
const NAME: &str = "reclamations";
/// Longest wait for a server that runs but is not ready: after a crash it replays its journal.
const READY_LIMIT: Duration = Duration::from_mins(5);
/// Longest wait for the last processes of a killed server to let go of its memory.
const DYING_LIMIT: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(10);

/// How the private server works.
#[derive(Clone, Debug)]
pub struct Options {
    /// What is kept when the machine fails.
    pub durability: Durability,
    /// Where root's databases go that cannot stay in their data folder.
    pub state_folder: PathBuf,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            durability: Durability::Safe,
            state_folder: PathBuf::from("/var/lib/reclamations"),
        }
    }
}

/// What is kept when the machine fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Everything that was committed.
    Safe,
    /// Nothing; a process may still be killed without loss. For tests, which gain speed.
    Throwaway,
}

/// A share in the running private server. Dropping it without [`Server::release`] leaves the
/// server running, for the next process to adopt.
#[derive(Debug)]
pub struct Server {
    place: Place,
    folder: PathBuf,
    share: Share,
    durability: Durability,
}

/// What became of the server when a share was given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Released {
    /// It was the last share: the server has stopped.
    Stopped,
    /// Other processes still use the server.
    StillUsed,
}

/// Starts the private PostgreSQL of `data_dir`, or joins it if it runs. Makes the folder, the
/// database and its role when they are missing.
///
/// # Errors
/// When there is no usable PostgreSQL, when the database is another user's, when a file cannot be
/// used, or when the server does not get ready.
pub async fn start(data_dir: &Path, options: Options) -> Result<Server, EmbeddedError> {
    let data_dir = data_dir.to_owned();
    let durability = options.durability;
    let (transition, server) = spawn_blocking(move || {
        let folder = folder::make(&data_dir)?;
        let transition = Transition::begin(&folder)?;
        let place = Place::of(&folder, &options)?;
        let share = Share::take(&folder)?;
        let server = Server {
            place,
            folder,
            share,
            durability,
        };
        Ok::<_, EmbeddedError>((transition, server))
    })
    .await??;
    server.get_ready().await?;
    drop(transition);
    Ok(server)
}

impl Server {
    /// The address of the database for the program, over the Unix socket.
    pub fn url(&self) -> String {
        self.url_of(NAME, NAME)
    }

    /// The address of the same database for the superuser.
    pub fn superuser_url(&self) -> String {
        self.url_of(cluster::SUPERUSER, NAME)
    }

    /// Where the files really are: `postgres` in the data folder, or a folder elsewhere.
    pub fn place(&self) -> &Path {
        self.place.root()
    }

    /// Whether the files are elsewhere than in the data folder.
    pub fn is_elsewhere(&self) -> bool {
        !self.place.root().starts_with(&self.folder)
    }

    /// The process id of the server, if it runs.
    pub fn pid(&self) -> Option<i32> {
        postmaster::running(&self.place)
    }

    /// Gives the share back; the last one stops the server.
    ///
    /// # Errors
    /// When the server does not stop within a minute.
    pub async fn release(self) -> Result<Released, EmbeddedError> {
        spawn_blocking(move || {
            let _transition = Transition::begin(&self.folder)?;
            if !self.share.was_last()? {
                return Ok(Released::StillUsed);
            }
            postmaster::stop(&self.place)?;
            Ok(Released::Stopped)
        })
        .await?
    }

    fn url_of(&self, role: &str, database: &str) -> String {
        let host = percent_encoded(self.place.socket().as_os_str().as_bytes());
        format!("postgres://{role}@{host}/{database}")
    }

    /// Waits until the server answers, starting it if none runs, and sees to our database in it.
    async fn get_ready(&self) -> Result<(), EmbeddedError> {
        let begun = Instant::now();
        let mut started: Option<Started> = None;
        loop {
            let reason = match bootstrap::probe(&self.url()).await {
                Ok(()) => break,
                Err(error) if is_not_prepared(&error) => {
                    self.prepare().await?;
                    break;
                }
                Err(error) => connect::words(&error),
            };
            if begun.elapsed() > READY_LIMIT {
                if let Some(ours) = started {
                    ours.abandon();
                }
                return Err(EmbeddedError::Silent {
                    seconds: READY_LIMIT.as_secs(),
                    reason,
                    log: self.place.log(),
                });
            }
            started = self.keep_up(started, begun.elapsed()).await?;
            tokio::time::sleep(PAUSE).await;
        }
        if let Some(ours) = started {
            ours.let_go();
        }
        Ok(())
    }

    /// Starts the server unless it is on its way.
    async fn keep_up(
        &self,
        started: Option<Started>,
        waited: Duration,
    ) -> Result<Option<Started>, EmbeddedError> {
        if let Some(mut ours) = started {
            match ours.ended(&self.place)? {
                None => return Ok(Some(ours)),
                Some(said) if is_still_dying(&said) && waited < DYING_LIMIT => {}
                Some(tail) => {
                    return Err(EmbeddedError::Refused {
                        log: self.place.log(),
                        tail,
                    });
                }
            }
        } else if postmaster::running(&self.place).is_some() {
            return Ok(None);
        }
        let (place, durability) = (self.place.clone(), self.durability);
        spawn_blocking(move || {
            let binaries = cluster::prepare(&place, durability)?;
            postmaster::start(&place, &binaries, durability).map(Some)
        })
        .await?
    }

    async fn prepare(&self) -> Result<(), EmbeddedError> {
        let server = self.url_of(cluster::SUPERUSER, "postgres");
        bootstrap::make_database(&server, NAME)
            .await
            .map_err(|error| EmbeddedError::Bootstrap(connect::words(&error)))?;
        Ok(())
    }
}

/// The server answers but our role or our database is not there yet.
fn is_not_prepared(error: &tokio_postgres::Error) -> bool {
    error.code().is_some_and(|code| {
        *code == SqlState::INVALID_CATALOG_NAME
            || *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION
    })
}

/// The server was killed a moment ago and its last processes have not noticed yet.
fn is_still_dying(said: &str) -> bool {
    said.contains("still in use") || said.contains("already exists")
}

/// The bytes of a path as the host of a URL.
fn percent_encoded(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._".contains(byte) {
            text.push(char::from(*byte));
        } else if write!(text, "%{byte:02X}").is_err() {
            // Writing to a string cannot fail.
        }
        text
    })
}
