//! The rows of a file: begun, filled piece by piece, received, erased.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use sha2::{Digest, Sha256};

use crate::db::schema::{file_chunks, uploads};
use crate::db::{Conn, DbError};
use crate::files::{CHUNK, FileId, FileName, Format, ScanState};

/// Begins a file.
pub(super) async fn begin(
    conn: &mut Conn,
    name: &FileName,
    format: Format,
    at: DateTime<Utc>,
) -> Result<FileId, DbError> {
    diesel::insert_into(uploads::table)
        .values((
            uploads::name.eq(name.as_str()),
            uploads::format.eq(format),
            uploads::begun_at.eq(at),
            uploads::next_scan_at.eq(at),
        ))
        .returning(uploads::id)
        .get_result(conn)
        .await
        .map(FileId)
}

/// Keeps the piece `n`, from 0.
pub(super) async fn append(
    conn: &mut Conn,
    file: FileId,
    n: i32,
    bytes: &[u8],
) -> Result<(), DbError> {
    diesel::insert_into(file_chunks::table)
        .values((
            file_chunks::upload.eq(file.0),
            file_chunks::n.eq(n),
            file_chunks::bytes.eq(bytes),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Keeps a file that we made ourselves, in the transaction that needs it: no scanner need look at it.
///
/// # Errors
/// When the database fails.
pub async fn keep_ours(
    conn: &mut Conn,
    name: &FileName,
    format: Format,
    bytes: &[u8],
    at: DateTime<Utc>,
) -> Result<FileId, DbError> {
    let file = begin(conn, name, format, at).await?;
    for (n, piece) in (0..).zip(bytes.chunks(CHUNK)) {
        append(conn, file, n, piece).await?;
    }
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let sha256: [u8; 32] = Sha256::digest(bytes).into();
    receive(conn, file, (size, &sha256), at).await?;
    diesel::update(uploads::table.find(file.0))
        .set((
            uploads::scan.eq(ScanState::Clean),
            uploads::scanned_at.eq(at),
        ))
        .execute(conn)
        .await?;
    Ok(file)
}

/// Notes that all of the file has arrived.
///
/// # Errors
/// `NotFound` when it has been erased in between, or the database fails.
pub(super) async fn receive(
    conn: &mut Conn,
    file: FileId,
    (size, sha256): (i64, &[u8; 32]),
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let n_received = diesel::update(uploads::table.find(file.0))
        .set((
            uploads::received_at.eq(at),
            uploads::size.eq(size),
            uploads::sha256.eq(sha256.to_vec()),
        ))
        .execute(conn)
        .await?;
    if n_received == 1 {
        Ok(())
    } else {
        Err(DbError::NotFound)
    }
}

/// Erases files with all their pieces, and what says to whom they belong.
///
/// # Errors
/// When the database fails.
pub async fn erase(conn: &mut Conn, files: &[FileId]) -> Result<usize, DbError> {
    let ids: Vec<i64> = files.iter().map(|file| file.0).collect();
    diesel::delete(uploads::table.filter(uploads::id.eq_any(ids)))
        .execute(conn)
        .await
}

/// Erases one file, unless all of it has arrived.
pub(super) async fn erase_if_unfinished(conn: &mut Conn, file: FileId) -> Result<(), DbError> {
    let unfinished = uploads::table
        .find(file.0)
        .filter(uploads::received_at.is_null());
    diesel::delete(unfinished).execute(conn).await.map(drop)
}

/// Longest time a file may take to arrive.
const LONGEST: TimeDelta = TimeDelta::hours(2);

/// Erases what was broken off and could not be erased then: the program had stopped.
///
/// # Errors
/// When the database fails.
pub async fn erase_unfinished(conn: &mut Conn, at: DateTime<Utc>) -> Result<usize, DbError> {
    let unfinished = uploads::table
        .filter(uploads::received_at.is_null())
        .filter(uploads::begun_at.lt(at - LONGEST));
    diesel::delete(unfinished).execute(conn).await
}
