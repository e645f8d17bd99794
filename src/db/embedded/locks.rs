//! Who uses a data folder: file locks, which the system drops when a process dies, however it dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::db::embedded::error::{EmbeddedError, file};
use crate::db::embedded::folder;

/// Longest wait for another process that starts or stops the server. A first start on a slow
/// machine takes several seconds.
const PATIENCE: Duration = Duration::from_mins(3);
const PAUSE: Duration = Duration::from_millis(10);

/// The right to be the one `serve` of a data folder, kept until dropped.
#[derive(Debug)]
pub struct ServeLock {
    _held: File,
}

impl ServeLock {
    /// Takes the right, making the folder if needed.
    ///
    /// # Errors
    /// [`EmbeddedError::AlreadyServing`] when another `serve` has it.
    pub fn acquire(data_dir: &Path) -> Result<Self, EmbeddedError> {
        let folder = folder::make(data_dir)?;
        let path = folder.join("serve.lock");
        let mut held = open(&path)?;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                let known = held.read_to_string(&mut pid).is_ok() && !pid.trim().is_empty();
                return Err(EmbeddedError::AlreadyServing {
                    folder,
                    pid: if known {
                        pid.trim().to_owned()
                    } else {
                        "unknown".to_owned()
                    },
                });
            }
            Err(TryLockError::Error(error)) => return Err(file("cannot lock", &path)(error)),
        }
        held.set_len(0)
            .and_then(|()| held.rewind())
            .and_then(|()| writeln!(held, "{}", std::process::id()))
            .map_err(file("cannot write", &path))?;
        Ok(Self { _held: held })
    }
}

/// A share in the server: while one is held, by whatever process, the server is not stopped.
#[derive(Debug)]
pub(super) struct Share {
    held: File,
    path: PathBuf,
}

impl Share {
    /// Joins those who use the server. Call it under a [`Transition`].
    pub(super) fn take(folder: &Path) -> Result<Self, EmbeddedError> {
        let path = folder.join("pg.lock");
        let held = open(&path)?;
        held.lock_shared().map_err(file("cannot lock", &path))?;
        Ok(Self { held, path })
    }

    /// Leaves; true when nobody else is left. Call it under a [`Transition`].
    pub(super) fn was_last(self) -> Result<bool, EmbeddedError> {
        self.held
            .unlock()
            .map_err(file("cannot unlock", &self.path))?;
        match self.held.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(file("cannot lock", &self.path)(error)),
        }
    }
}

/// The right to start or stop the server, held briefly.
#[derive(Debug)]
pub(super) struct Transition {
    _held: File,
}

impl Transition {
    /// Waits for the right.
    pub(super) fn begin(folder: &Path) -> Result<Self, EmbeddedError> {
        let path = folder.join("pg.transition.lock");
        let held = open(&path)?;
        let give_up = Instant::now() + PATIENCE;
        loop {
            match held.try_lock() {
                Ok(()) => return Ok(Self { _held: held }),
                Err(TryLockError::WouldBlock) if Instant::now() < give_up => {
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(EmbeddedError::Busy {
                        folder: folder.to_owned(),
                        seconds: PATIENCE.as_secs(),
                    });
                }
                Err(TryLockError::Error(error)) => return Err(file("cannot lock", &path)(error)),
            }
        }
    }
}

/// Opens a lock file, 0600.
fn open(path: &Path) -> Result<File, EmbeddedError> {
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(file("cannot open", path))?;
    folder::leave_to_owner(&opened, path)?;
    Ok(opened)
}
