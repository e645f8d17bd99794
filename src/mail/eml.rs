//! Where e-mails are written, as `.eml` files, while no relay is configured.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::mail::{Claimed, Delivery, Obstacle, OutboxId, Sender};

/// Where they are, in the data folder.
const FOLDER: &str = "courriels";

/// The folder `courriels` of the data folder. A file there is not a hand-over.
#[derive(Clone, Debug)]
pub struct EmlFolder {
    folder: PathBuf,
    sender: Sender,
}

impl EmlFolder {
    /// The folder below `data_dir`, made when first needed and closed to other users.
    pub fn new(data_dir: &Path, sender: Sender) -> Self {
        Self {
            folder: data_dir.join(FOLDER),
            sender,
        }
    }

    /// The file of a row: named by its id, with nothing about a person.
    pub fn path(&self, id: i64) -> PathBuf {
        self.folder.join(format!("{id:010}.eml"))
    }

    /// Writes the e-mail, dated `at`; the file appears whole or not at all.
    pub async fn write(&self, mail: &Claimed, at: DateTime<Utc>) -> Delivery {
        let Ok(message) = self.sender.message(mail.into(), at) else {
            return Delivery::Refused(Obstacle::Malformed);
        };
        let path = self.path(mail.id.0);
        let written =
            tokio::task::spawn_blocking(move || write_whole(&path, &message.formatted())).await;
        match written {
            Ok(Ok(())) => Delivery::Written,
            Ok(Err(error)) => {
                tracing::error!(outbox = mail.id.0, kind = ?error.kind(), "no .eml file written");
                Delivery::PutOff(Obstacle::Unwritable)
            }
            Err(_) => Delivery::PutOff(Obstacle::Unwritable),
        }
    }
}

/// Writes beside, then renames: a reader or a crash never meets half a message.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let beside = path.with_extension("tmp");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    File::open(folder)?.sync_all()
}

/// The e-mails written in the folder of `data_dir`; none when nothing was ever written.
///
/// # Errors
/// When the folder cannot be read.
pub fn eml_files(data_dir: &Path) -> io::Result<Vec<OutboxId>> {
    let entries = match fs::read_dir(data_dir.join(FOLDER)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut ids = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let id = name.to_str().and_then(|name| name.strip_suffix(".eml"));
        ids.extend(id.and_then(|id| id.parse().ok()).map(OutboxId));
    }
    Ok(ids)
}

/// Removes the file of an e-mail; one that is gone already is no fault.
///
/// # Errors
/// When it cannot be removed.
pub fn remove_eml(data_dir: &Path, id: OutboxId) -> io::Result<()> {
    let path = data_dir.join(FOLDER).join(format!("{:010}.eml", id.0));
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
