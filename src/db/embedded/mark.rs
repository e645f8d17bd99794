//! Which data folder a database belongs to, so that a copy of the folder never leads to it.
//!
//! The mark lies beside the database and names the folder by device and inode, and by path: moving
//! the folder keeps the first, restoring a backup in its place keeps the second, and a copy of the
//! folder has neither.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::db::embedded::error::{EmbeddedError, file};
use crate::db::embedded::folder;

/// What the mark of a place says to a data folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// The database is the folder's own.
    Own,
    /// The database belongs to another folder, which still exists.
    Of(PathBuf),
    /// The database belonged to another folder, which is gone.
    OfLost(PathBuf),
}

/// Where the mark of a place is.
pub(super) fn path(place: &Path) -> PathBuf {
    place.join("owner")
}

/// Reads the mark of `place`. A place without one was left by a start that was cut short: it is
/// the folder's that leads to it.
pub(super) fn read(place: &Path, folder: &Path) -> Result<Claim, EmbeddedError> {
    let mark = path(place);
    let text = match fs::read(&mark) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Claim::Own),
        Err(error) => return Err(file("cannot read", &mark)(error)),
    };
    let mut lines = text.splitn(2, |byte| *byte == b'\n');
    let inode = lines.next().unwrap_or_default();
    let first = lines.next().unwrap_or_default().to_vec();
    let first = PathBuf::from(OsString::from_vec(first));
    if first == folder || inode == inode_of(folder)?.as_bytes() {
        Ok(Claim::Own)
    } else if first.is_dir() {
        Ok(Claim::Of(first))
    } else {
        Ok(Claim::OfLost(first))
    }
}

/// Marks `place` as belonging to `folder`, unless it already says so.
pub(super) fn write(place: &Path, folder: &Path) -> Result<(), EmbeddedError> {
    let mark = path(place);
    let mut text = inode_of(folder)?.into_bytes();
    text.push(b'\n');
    text.extend_from_slice(folder.as_os_str().as_bytes());
    if fs::read(&mark).is_ok_and(|found| found == text) {
        return Ok(());
    }
    folder::replace(&mark, &text, 0o600)
}

fn inode_of(folder: &Path) -> Result<String, EmbeddedError> {
    let found = fs::metadata(folder).map_err(file("cannot read", folder))?;
    Ok(format!("{}:{}", found.dev(), found.ino()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_folder_keeps_its_database_and_a_copy_does_not() {
        let temp = tempfile::tempdir().unwrap();
        let place = temp.path().join("place");
        let first = temp.path().join("first");
        let second = temp.path().join("second");
        for folder in [&place, &first, &second] {
            fs::create_dir(folder).unwrap();
        }
        assert_eq!(read(&place, &first).unwrap(), Claim::Own);
        write(&place, &first).unwrap();
        assert_eq!(read(&place, &first).unwrap(), Claim::Own);
        assert_eq!(read(&place, &second).unwrap(), Claim::Of(first.clone()));

        let moved = temp.path().join("moved");
        fs::rename(&first, &moved).unwrap();
        assert_eq!(read(&place, &moved).unwrap(), Claim::Own);
        assert_eq!(read(&place, &second).unwrap(), Claim::OfLost(first));
    }
}
