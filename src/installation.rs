//! What every command needs: the database of the installation and its secret.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use secrecy::ExposeSecret;
use tokio::sync::watch;

use crate::config::Place;
use crate::db::{Pool, embedded};
use crate::keys::{MasterSecret, random_bytes};

/// Name of the secret key's file in the data folder.
const SECRET_FILE: &str = "secret.key";

/// An installation in use: its database answers.
#[derive(Debug)]
pub struct Installation {
    url: String,
    data_dir: PathBuf,
    pool_size: usize,
    secret_file: Option<PathBuf>,
    server: Option<embedded::Server>,
}

impl Installation {
    /// Finds the database, or starts the private one of the data folder.
    ///
    /// # Errors
    /// When there is no database to be had.
    pub async fn open(place: &Place) -> anyhow::Result<Self> {
        let (url, server) = if let Some(url) = &place.database_url {
            (url.expose_secret().to_owned(), None)
        } else {
            let server = embedded::start(&place.data_dir, embedded::Options::default()).await?;
            (server.url(), Some(server))
        };
        let (data_dir, secret_file) = (place.data_dir.clone(), place.secret_key_file.clone());
        Ok(Self {
            url,
            data_dir,
            pool_size: place.pool_size,
            secret_file,
            server,
        })
    }

    /// Address of the database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Folder of the installation's own files.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Where the private database keeps its files, when that is not the data folder.
    pub fn database_elsewhere(&self) -> Option<&Path> {
        self.server
            .as_ref()
            .filter(|server| server.is_elsewhere())
            .map(embedded::Server::place)
    }

    /// A pool of connections; a request waits at most `wait` for one.
    ///
    /// # Errors
    /// When the address cannot be used.
    pub fn pool(&self, wait: Duration) -> anyhow::Result<Pool> {
        Ok(Pool::new(&self.url, self.pool_size, wait)?)
    }

    /// The secret of the installation; drawn at the first start on a data folder.
    ///
    /// # Errors
    /// When it cannot be read, is too short, or must be given because the database is elsewhere.
    pub fn secret(&self) -> anyhow::Result<MasterSecret> {
        let path = match (&self.secret_file, &self.server) {
            (Some(path), _) => path.clone(),
            (None, Some(_)) => {
                let path = self.data_dir.join(SECRET_FILE);
                draw_secret(&path).with_context(|| format!("cannot write {}", path.display()))?;
                path
            }
            (None, None) => anyhow::bail!(
                "--secret-key-file is compulsory with --database-url: every node needs the same secret"
            ),
        };
        let bytes =
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        MasterSecret::parse(bytes).with_context(|| path.display().to_string())
    }

    /// Does `work` while the private database, if there is one, is kept running.
    pub async fn working<T>(&self, work: impl Future<Output = T>) -> T {
        let Some(server) = &self.server else {
            return work.await;
        };
        let (stop, stopped) = watch::channel(false);
        let work = async {
            let done = work.await;
            stop.send_replace(true);
            done
        };
        let (done, ()) = tokio::join!(work, server.keep_running(stopped));
        done
    }

    /// Leaves the database; the last process to leave a private one stops it.
    ///
    /// # Errors
    /// When it does not stop.
    pub async fn close(self) -> anyhow::Result<()> {
        if let Some(server) = self.server {
            server.release().await?;
        }
        Ok(())
    }
}

/// Draws the secret if there is none: written apart and linked into place, so that two first
/// starts agree on one and a kill leaves none half-written.
fn draw_secret(path: &Path) -> std::io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let temporary = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&temporary)?;
    file.write_all(&random_bytes::<64>())?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&temporary, path);
    std::fs::remove_file(&temporary)?;
    match linked {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        other => other?,
    }
    // A name is only as durable as its folder: codes and cookies made with a secret that a power
    // cut takes back would open nothing.
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
