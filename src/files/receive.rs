//! A file on its way in: pieces are inspected and kept as they come, and nothing of it stays if it
//! is refused or broken off.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::db::{Conn, DbError, Pool, PoolError};
use crate::files::inspect::{InspectError, Inspection};
use crate::files::{CHUNK, FileId, FileName, Format, Refused, store};

/// Why a file did not arrive.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// It is not taken.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No connection.
    #[error(transparent)]
    Unavailable(#[from] PoolError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
}

impl From<InspectError> for ReceiveError {
    fn from(error: InspectError) -> Self {
        match error {
            InspectError::Refused(refused) => Self::Refused(refused),
            InspectError::Database(error) => Self::Database(error),
        }
    }
}

/// A file on its way in. Dropped before [`Received::kept`], it erases what was kept of it.
pub struct Incoming {
    pool: Pool,
    name: FileName,
    at: DateTime<Utc>,
    /// Most bytes.
    max: u64,
    inspection: Inspection,
    file: Option<FileId>,
    /// The piece that fills up.
    piece: Vec<u8>,
    n_kept: i32,
    size: u64,
    hasher: Sha256,
}

/// A file of which all has arrived and been inspected; nothing points to it yet.
pub struct Received {
    incoming: Incoming,
    file: FileId,
    sha256: [u8; 32],
}

impl Incoming {
    /// A file of this name, of at most `max` bytes.
    ///
    /// # Errors
    /// When the name announces a format that is not taken.
    pub fn begin(
        pool: &Pool,
        name: FileName,
        max: u64,
        at: DateTime<Utc>,
    ) -> Result<Self, Refused> {
        Ok(Self {
            pool: pool.clone(),
            inspection: Inspection::of(&name)?,
            name,
            at,
            max,
            file: None,
            piece: Vec::new(),
            n_kept: 0,
            size: 0,
            hasher: Sha256::new(),
        })
    }

    /// Takes the next bytes; a piece is kept as soon as it is full.
    ///
    /// # Errors
    /// When the file is refused, or cannot be kept.
    pub async fn push(&mut self, mut bytes: &[u8]) -> Result<(), ReceiveError> {
        self.size = self
            .size
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.size > self.max {
            return Err(Refused::TooLarge { max: self.max }.into());
        }
        while !bytes.is_empty() {
            let room = CHUNK.saturating_sub(self.piece.len());
            let (now, later) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
            self.piece.extend_from_slice(now);
            bytes = later;
            if self.piece.len() == CHUNK {
                self.keep_piece().await?;
            }
        }
        Ok(())
    }

    /// All has been sent: keeps the last piece and looks into the whole.
    ///
    /// # Errors
    /// When the file is refused, or cannot be kept.
    pub async fn finish(mut self) -> Result<Received, ReceiveError> {
        if self.size == 0 {
            return Err(Refused::Empty.into());
        }
        if !self.piece.is_empty() {
            self.keep_piece().await?;
        }
        self.piece = Vec::new();
        let file = self.file.ok_or(Refused::Empty)?;
        let mut conn = self.pool.get().await?;
        self.inspection.open(&mut conn, file, self.size).await?;
        Ok(Received {
            sha256: self.hasher.clone().finalize().into(),
            file,
            incoming: self,
        })
    }

    async fn keep_piece(&mut self) -> Result<(), ReceiveError> {
        // Nothing of a file that is refused at its beginning is ever kept.
        self.inspection.see(&self.piece)?;
        self.hasher.update(&self.piece);
        let mut conn = self.pool.get().await?;
        let file = if let Some(file) = self.file {
            file
        } else {
            let format = self.inspection.format();
            let file = store::begin(&mut conn, &self.name, format, self.at).await?;
            *self.file.insert(file)
        };
        store::append(&mut conn, file, self.n_kept, &self.piece).await?;
        self.n_kept += 1;
        self.piece.clear();
        Ok(())
    }
}

impl Received {
    /// Its id.
    pub const fn file(&self) -> FileId {
        self.file
    }

    /// Its name.
    pub const fn name(&self) -> &FileName {
        &self.incoming.name
    }

    /// Its format, read from its bytes.
    pub const fn format(&self) -> Format {
        self.incoming.inspection.format()
    }

    /// SHA-256 of all its bytes.
    pub const fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// Notes that the file is here; to be called in the transaction that says to whom it belongs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record(&self, conn: &mut Conn, at: DateTime<Utc>) -> Result<(), DbError> {
        let size = i64::try_from(self.incoming.size).unwrap_or(i64::MAX);
        store::receive(conn, self.file, (size, &self.sha256), at).await
    }

    /// That transaction is done: the file stays.
    pub fn kept(mut self) {
        self.incoming.file = None;
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        let Some(file) = self.file else { return };
        let pool = self.pool.clone();
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        // What cannot be erased now goes later, with what a stopped program leaves.
        drop(runtime.spawn(async move {
            match pool.get().await {
                Ok(mut conn) => {
                    if let Err(error) = store::erase_if_unfinished(&mut conn, file).await {
                        tracing::warn!(%error, "a broken upload waits to be erased");
                    }
                }
                Err(error) => tracing::warn!(%error, "a broken upload waits to be erased"),
            }
        }));
    }
}

impl std::fmt::Debug for Received {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Received").field(&self.file).finish()
    }
}
