//! What can keep the private PostgreSQL from starting or stopping, in words for an administrator.

use std::io;
use std::path::{Path, PathBuf};

/// The private PostgreSQL cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No usable server programs on this machine.
    #[error(
        "no PostgreSQL {oldest} or newer was found (in PATH, /usr/lib/postgresql, Homebrew): \
         run .ci/setup, or give --database-url"
    )]
    NoPostgres {
        /// Oldest major version that will do.
        oldest: u32,
    },
    /// The database was made by a version that is not installed.
    #[error(
        "the database in {} was made by PostgreSQL {made}, which is not installed (found: {found}): \
         install it, or move the database to another version with pg_upgrade",
        place.display()
    )]
    OtherVersion {
        /// Where the database is.
        place: PathBuf,
        /// Major version that made it.
        made: u32,
        /// Major versions that are installed.
        found: String,
    },
    /// The database belongs to another user of the machine.
    #[error(
        "the database in {} belongs to the user {owner}: run the program as that user or as root",
        place.display()
    )]
    OtherOwner {
        /// Where the database is.
        place: PathBuf,
        /// Name or number of its owner.
        owner: String,
    },
    /// Root's server runs as a user that can no longer reach the database.
    #[error(
        "the user {user}, who runs PostgreSQL, cannot reach {}: let it pass the parent folders \
         (chmod o+x), or move the data folder back",
        place.display()
    )]
    Closed {
        /// Where the database is.
        place: PathBuf,
        /// The user.
        user: String,
    },
    /// Root, but nobody to run the server as.
    #[error("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")]
    NoAccount,
    /// The database belongs to a data folder that is gone.
    #[error(
        "the database of {} is in {}, but it was made for {}, which is gone. If that folder became \
         this one, delete {} and start again; to begin with an empty database, delete {}",
        folder.display(), place.display(), first.display(),
        mark.display(), id.display()
    )]
    Moved {
        /// The data folder.
        folder: PathBuf,
        /// Where its database is.
        place: PathBuf,
        /// The data folder it was made for.
        first: PathBuf,
        /// The file that says so.
        mark: PathBuf,
        /// The file that leads from the folder to the place.
        id: PathBuf,
    },
    /// A folder that must be ours alone is somebody else's.
    #[error("{} must be a folder of user {uid} that nobody else can enter", path.display())]
    NotPrivate {
        /// The folder.
        path: PathBuf,
        /// Who should own it.
        uid: u32,
    },
    /// Another `serve` works on this folder.
    #[error(
        "the data folder {} is in use by another `reclamations serve` (process {pid}): \
         stop it, or give this one another folder with --data-dir",
        folder.display()
    )]
    AlreadyServing {
        /// The data folder.
        folder: PathBuf,
        /// Process id as the other one wrote it, or `unknown`.
        pid: String,
    },
    /// Another process of ours is starting or stopping the server and does not end.
    #[error(
        "another process is starting or stopping the database of {} and has not ended after \
         {seconds} s",
        folder.display()
    )]
    Busy {
        /// The data folder.
        folder: PathBuf,
        /// How long we waited.
        seconds: u64,
    },
    /// `initdb` failed.
    #[error("a new database could not be made in {}: {output}", place.display())]
    Init {
        /// Where it was to be.
        place: PathBuf,
        /// What `initdb` printed.
        output: String,
    },
    /// The server ended while starting.
    #[error("PostgreSQL did not start; the end of {} says: {tail}", log.display())]
    Refused {
        /// The log of the server.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },
    /// The server neither answers nor ends.
    #[error("PostgreSQL does not answer after {seconds} s ({reason}); see {}", log.display())]
    Silent {
        /// How long we waited.
        seconds: u64,
        /// Why the last attempt to connect failed.
        reason: String,
        /// The log of the server.
        log: PathBuf,
    },
    /// The server did not stop.
    #[error("PostgreSQL (process {pid}) has not stopped after {seconds} s; see {}", log.display())]
    Stuck {
        /// Its process id.
        pid: i32,
        /// How long we waited.
        seconds: u64,
        /// The log of the server.
        log: PathBuf,
    },
    /// The server runs but our database in it could not be made.
    #[error("the private PostgreSQL runs, but its database could not be prepared: {0}")]
    Bootstrap(String),
    /// A file or folder could not be read, made or locked.
    #[error("{what} {}: {source}", path.display())]
    File {
        /// What was tried, as the start of a sentence.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// The work was cut short because the program is ending.
    #[error("the start or stop of PostgreSQL was cut short: {0}")]
    CutShort(#[from] tokio::task::JoinError),
}

/// Puts a file's path beside the error it met.
pub(super) fn file(
    what: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> EmbeddedError + use<> {
    let path = path.to_owned();
    move |source| EmbeddedError::File { what, path, source }
}
