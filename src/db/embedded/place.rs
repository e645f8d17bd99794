//! Where the files of the private PostgreSQL are.
//!
//! ```text
//! place/        ours: root's when we are root, so that the server's user can plant nothing there
//!   owner       which data folder it belongs to
//!   log         what the server says
//!   pg_hba.conf who may connect
//!   cluster/    the server's, 0700: `data`, the database itself
//!   socket/     the server's, 0700: where we connect
//! ```
//!
//! The place is `postgres` in the data folder whenever that can work. For root it cannot when the
//! server's user may not pass a parent folder, or when the socket's path would be too long: the
//! place is then a folder of the system's state directory. An ordinary user's database always
//! stays in the data folder, and only a socket that would not fit goes to `/tmp`
//! (not to `XDG_RUNTIME_DIR`, which is emptied when the user signs out).

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::db::embedded::account::{Account, is_root};
use crate::db::embedded::error::{EmbeddedError, file};
use crate::db::embedded::mark::{self, Claim};
use crate::db::embedded::{Options, folder};

/// Longest path of a socket's folder: macOS allows 103 bytes for the whole path (Linux 107), and
/// `/.s.PGSQL.5432` takes 14.
const LONGEST_SOCKET_FOLDER: usize = 103 - 14;

/// The folders and files of one private PostgreSQL.
#[derive(Clone, Debug)]
pub(super) struct Place {
    root: PathBuf,
    socket: PathBuf,
    account: Account,
}

impl Place {
    /// Finds the place of the database of `folder` (canonical), or makes one.
    pub(super) fn of(folder: &Path, options: &Options) -> Result<Self, EmbeddedError> {
        let here = folder.join("postgres");
        if here.join("cluster").is_dir() {
            match mark::read(&here, folder)? {
                Claim::Own | Claim::OfLost(_) => return Self::existing(here, folder),
                Claim::Of(first) => set_aside(&here, &first, folder)?,
            }
        }
        if let Some(there) = named_by_id(folder, options)? {
            return Self::existing(there, folder);
        }
        let account = Account::for_new_database()?;
        if !account.is_other() {
            return Self::make(here, folder, account);
        }
        if fits(&here.join("socket")) {
            match Self::make(here.clone(), folder, account) {
                Ok(place) if account.can_write(&place.cluster()) => return Ok(place),
                Ok(_) | Err(_) => unmake(&here)?,
            }
        }
        folder::make_private(&options.state_folder)?;
        let there = options.state_folder.join(folder::id_or_new(folder)?);
        Self::make(there, folder, account)
    }

    fn existing(root: PathBuf, folder: &Path) -> Result<Self, EmbeddedError> {
        let cluster = root.join("cluster");
        let account = if cluster.is_dir() {
            Account::owner_of(&cluster)?
        } else {
            Account::for_new_database()?
        };
        let place = Self::make(root, folder, account)?;
        if account.is_other() && !account.can_write(&place.cluster()) {
            return Err(EmbeddedError::Closed {
                place: place.root,
                user: account.name(),
            });
        }
        Ok(place)
    }

    /// Makes what is missing of a place.
    fn make(root: PathBuf, folder: &Path, account: Account) -> Result<Self, EmbeddedError> {
        folder::make_private(&root)?;
        mark::write(&root, folder)?;
        let beside = root.join("socket");
        let socket = if fits(&beside) {
            beside
        } else {
            short_socket_folder(&root, folder, account)?
        };
        let place = Self {
            root,
            socket,
            account,
        };
        for inner in [place.cluster(), place.socket.clone()] {
            make_for(account, &inner)?;
        }
        let hba = place.hba();
        if !hba.exists() {
            // Nobody but the server's user and root can reach the socket: both its folder and the
            // socket itself are closed to others. Whoever can, could read the database's files.
            folder::replace(&hba, b"local all all trust\n", 0o644)?;
        }
        Ok(place)
    }

    /// The user that runs the server.
    pub(super) const fn account(&self) -> Account {
        self.account
    }

    /// The folder that holds everything.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the socket.
    pub(super) fn socket(&self) -> &Path {
        &self.socket
    }

    /// The folder given to the server's user.
    pub(super) fn cluster(&self) -> PathBuf {
        self.root.join("cluster")
    }

    /// The database itself.
    pub(super) fn data(&self) -> PathBuf {
        self.root.join("cluster").join("data")
    }

    /// What the server says.
    pub(super) fn log(&self) -> PathBuf {
        self.root.join("log")
    }

    /// Who may connect.
    pub(super) fn hba(&self) -> PathBuf {
        self.root.join("pg_hba.conf")
    }
}

fn fits(socket_folder: &Path) -> bool {
    socket_folder.as_os_str().as_bytes().len() <= LONGEST_SOCKET_FOLDER
}

/// Undoes [`Place::make`] where the server's user cannot work; nothing is in it yet.
fn unmake(root: &Path) -> Result<(), EmbeddedError> {
    let gone = |result: io::Result<()>, path: &Path| match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(file("cannot remove", path)(error))
        }
        _ => Ok(()),
    };
    for inner in ["cluster", "socket"] {
        let path = root.join(inner);
        gone(fs::remove_dir(&path), &path)?;
    }
    for inner in ["owner", "pg_hba.conf"] {
        let path = root.join(inner);
        gone(fs::remove_file(&path), &path)?;
    }
    gone(fs::remove_dir(root), root)
}

/// The place in the state directory that the folder's id leads to, if it is the folder's.
fn named_by_id(folder: &Path, options: &Options) -> Result<Option<PathBuf>, EmbeddedError> {
    let Some(id) = folder::id(folder)? else {
        return Ok(None);
    };
    let place = options.state_folder.join(id);
    if !place.is_dir() {
        return Ok(None);
    }
    if !is_root() {
        return Err(EmbeddedError::OtherOwner {
            place,
            owner: "root".to_owned(),
        });
    }
    match mark::read(&place, folder)? {
        Claim::Own => Ok(Some(place)),
        Claim::Of(first) => {
            tracing::warn!(
                "{} is a copy of {}, whose database is in {}: this copy begins with an empty one",
                folder.display(),
                first.display(),
                place.display()
            );
            folder::forget_id(folder)?;
            Ok(None)
        }
        Claim::OfLost(first) => Err(EmbeddedError::Moved {
            folder: folder.to_owned(),
            mark: mark::path(&place),
            place,
            first,
            id: folder::id_file(folder),
        }),
    }
}

/// Puts away a database that was copied together with its data folder, perhaps while it ran.
fn set_aside(here: &Path, first: &Path, folder: &Path) -> Result<(), EmbeddedError> {
    let free = (1_u32..1000)
        .map(|n| here.with_extension(format!("copied-{n}")))
        .find(|path| !path.exists())
        .unwrap_or_else(|| here.with_extension("copied"));
    fs::rename(here, &free).map_err(file("cannot rename", here))?;
    folder::forget_id(folder)?;
    tracing::warn!(
        "{} is a copy of {}: this copy begins with an empty database; the database copied with \
         it was put aside in {}",
        folder.display(),
        first.display(),
        free.display()
    );
    Ok(())
}

/// A folder for a socket whose path would be too long beside the database.
///
/// Its name holds a random id, so that nobody can take it first, and the inode of the place, so
/// that two copies of one data folder never meet.
fn short_socket_folder(
    root: &Path,
    folder: &Path,
    account: Account,
) -> Result<PathBuf, EmbeddedError> {
    let id = folder::id_or_new(folder)?;
    let inode = fs::metadata(root).map_err(file("cannot read", root))?.ino();
    Ok(PathBuf::from(format!(
        "/tmp/reclamations-{}-{id}-{inode:x}",
        account.uid()
    )))
}

/// Makes a folder that only `account` can enter, or checks that it is one.
fn make_for(account: Account, path: &Path) -> Result<(), EmbeddedError> {
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => account.take(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let found = fs::symlink_metadata(path).map_err(file("cannot read", path))?;
            if found.uid() == 0 && is_root() && found.is_dir() {
                // Cut short between making it and giving it away.
                return account.take(path);
            }
            let closed = found.permissions().mode().trailing_zeros() >= 6;
            if found.is_dir() && found.uid() == account.uid() && closed {
                Ok(())
            } else {
                Err(EmbeddedError::NotPrivate {
                    path: path.to_owned(),
                    uid: account.uid(),
                })
            }
        }
        Err(error) => Err(file("cannot make", path)(error)),
    }
}
