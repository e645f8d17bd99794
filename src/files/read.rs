//! Reads a file back: a stream of its pieces, one in memory at a time, or a range of its bytes.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::stream::{self, Stream};

use crate::db::schema::{file_chunks, uploads};
use crate::db::{Conn, DbError, Pool, PoolError};
use crate::files::{CHUNK, FileId};

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No connection.
    #[error(transparent)]
    Unavailable(#[from] PoolError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
}

/// The bytes of a file, at most [`CHUNK`] at a time, from its beginning. A connection is borrowed
/// for each piece, and none is held while the reader is slow. A file that is gone has no bytes.
pub fn chunks(pool: Pool, file: FileId) -> impl Stream<Item = Result<Vec<u8>, ReadError>> {
    stream::unfold(Some(0_i32), move |next| {
        let pool = pool.clone();
        async move {
            let n = next?;
            match piece(&pool, file, n).await {
                Ok(bytes) => {
                    let bytes = bytes?;
                    let next = (bytes.len() == CHUNK).then_some(n + 1);
                    Some((Ok(bytes), next))
                }
                Err(error) => Some((Err(error), None)),
            }
        }
    })
}

async fn piece(pool: &Pool, file: FileId, n: i32) -> Result<Option<Vec<u8>>, ReadError> {
    let mut conn = pool.get().await?;
    let bytes = file_chunks::table
        .find((file.0, n))
        .select(file_chunks::bytes)
        .first(&mut conn)
        .await
        .optional()?;
    Ok(bytes)
}

/// The name of a file and all of its bytes: for small ones, such as our letters.
///
/// # Errors
/// `NotFound` when it is gone, or the database fails.
pub async fn whole(conn: &mut Conn, file: FileId) -> Result<(String, Vec<u8>), DbError> {
    let name = uploads::table
        .find(file.0)
        .select(uploads::name)
        .first(conn)
        .await?;
    Ok((name, range(conn, file, 0, u64::MAX).await?))
}

/// `length` bytes of a file from `offset` on, fewer where it ends before.
///
/// # Errors
/// When the database fails.
pub async fn range(
    conn: &mut Conn,
    file: FileId,
    offset: u64,
    length: u64,
) -> Result<Vec<u8>, DbError> {
    let number = |bytes: u64| i32::try_from(bytes / chunk()).unwrap_or(i32::MAX);
    let end = offset.saturating_add(length);
    let pieces: Vec<Vec<u8>> = file_chunks::table
        .filter(file_chunks::upload.eq(file.0))
        .filter(file_chunks::n.between(number(offset), number(end)))
        .order(file_chunks::n.asc())
        .select(file_chunks::bytes)
        .load(conn)
        .await?;
    let skipped = usize::try_from(offset % chunk()).unwrap_or(usize::MAX);
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    Ok(pieces
        .into_iter()
        .flatten()
        .skip(skipped)
        .take(length)
        .collect())
}

fn chunk() -> u64 {
    u64::try_from(CHUNK).unwrap_or(u64::MAX)
}
