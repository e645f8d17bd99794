//! The data folder of an installation, and the random id that leads from it to a place elsewhere.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;

use crate::db::embedded::account::is_root;
use crate::db::embedded::error::{EmbeddedError, file};
use crate::keys;

/// Makes the data folder if it is not there and returns its canonical path.
///
/// Only its owner may read it. When root makes it, other users may pass through it, and no more:
/// the database inside belongs to an unprivileged user.
pub(super) fn make(data_dir: &Path) -> Result<PathBuf, EmbeddedError> {
    make_private(data_dir)?;
    data_dir
        .canonicalize()
        .map_err(file("cannot read", data_dir))
}

/// Makes a folder, and its parents, unless it exists: 0700, or 0711 for root.
pub(super) fn make_private(path: &Path) -> Result<(), EmbeddedError> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(file("cannot make", parent))?;
    }
    let mode = if is_root() { 0o711 } else { 0o700 };
    // Whatever the umask of whoever runs us takes away: a root's is often that strict.
    let open = |()| fs::set_permissions(path, Permissions::from_mode(mode));
    match fs::DirBuilder::new().mode(mode).create(path).and_then(open) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map_err(file("cannot make", path)),
    }
}

/// The file that holds the id.
pub(super) fn id_file(folder: &Path) -> PathBuf {
    folder.join("id")
}

/// The id kept in the folder, if it has one.
pub(super) fn id(folder: &Path) -> Result<Option<String>, EmbeddedError> {
    let path = id_file(folder);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let id = text.trim();
            let is_ours = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
            Ok(is_ours.then(|| id.to_owned()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file("cannot read", &path)(error)),
    }
}

/// The id kept in the folder, drawn at random if it has none.
pub(super) fn id_or_new(folder: &Path) -> Result<String, EmbeddedError> {
    if let Some(id) = id(folder)? {
        return Ok(id);
    }
    let id = HEXLOWER.encode(&keys::random_bytes::<8>());
    replace(&id_file(folder), format!("{id}\n").as_bytes(), 0o600)?;
    Ok(id)
}

/// Forgets the id: the next one is another.
pub(super) fn forget_id(folder: &Path) -> Result<(), EmbeddedError> {
    let path = id_file(folder);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(file("cannot remove", &path)(error))
        }
        _ => Ok(()),
    }
}

/// Writes a small file as a whole or not at all.
pub(super) fn replace(path: &Path, content: &[u8], mode: u32) -> Result<(), EmbeddedError> {
    let new = path.with_extension("new");
    let mut written = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(mode)
        .open(&new)
        .map_err(file("cannot write", &new))?;
    leave_to_owner(&written, &new)?;
    written
        .set_permissions(Permissions::from_mode(mode))
        .and_then(|()| written.write_all(content))
        .and_then(|()| written.sync_all())
        .and_then(|()| fs::rename(&new, path))
        .map_err(file("cannot write", path))
}

/// Gives a file that root made in somebody's folder to that somebody, who may run the program next.
pub(super) fn leave_to_owner(made: &File, path: &Path) -> Result<(), EmbeddedError> {
    if is_root()
        && let Some(parent) = path.parent()
    {
        let owner = fs::metadata(parent).map_err(file("cannot read", parent))?;
        fchown(made, Some(owner.uid()), Some(owner.gid()))
            .map_err(file("cannot give away", path))?;
    }
    Ok(())
}
