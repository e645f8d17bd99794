//! The pages of a PDF that staff add: they print behind the letter it goes with.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::case_files;
use crate::db::{DbError, Pool, PoolError};
use crate::files::{self, FileId, Format};
use crate::letters::{self, Turn};

/// Pages could not be counted.
#[derive(Debug, thiserror::Error)]
pub enum CountError {
    /// The server is full or the database is away.
    #[error(transparent)]
    Unavailable(#[from] PoolError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Counts the pages of a file that has arrived, if it is a PDF that prints behind a letter. No connection
/// is held while it is read.
///
/// # Errors
/// When no connection can be had, or the database fails.
pub async fn count_pages(pool: &Pool, file: FileId, format: Format) -> Result<(), CountError> {
    if format != Format::Pdf {
        return Ok(());
    }
    let turn = Turn::wait().await;
    let mut conn = pool.get().await?;
    let pdf = files::range(&mut conn, file, 0, u64::MAX).await?;
    drop(conn);
    let n_pages = turn.n_pages(pdf).await;
    let mut conn = pool.get().await?;
    diesel::update(case_files::table.find(file.0))
        .set((
            case_files::n_pages.eq(n_pages),
            case_files::counted_by.eq(letters::RULE),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}
