//! Where e-mails are written, as `.eml` files, while no relay is configured.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::mail::{Claimed, Delivery, Obstacle, Sender};

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
            folder: data_dir.join("courriels"),
            sender,
        }
    }

    /// The file of a row: named by its id, with nothing about a person.
    pub fn path(&self, id: i64) -> PathBuf {
        self.folder.join(format!("{id:010}.eml"))
    }

    /// Writes the e-mail, dated `at`; the file appears whole or not at all.
    pub async fn write(&self, mail: &Claimed, at: DateTime<Utc>) -> Delivery {
        let Ok(message) = self.sender.message(mail, at) else {
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
