//! The pages of a PDF that staff add: they print behind the letter it goes with.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::{case_files, uploads};
use crate::db::{Conn, DbError};
use crate::files::{self, FileId, Format};
use crate::letters;

/// Counts the pages of a file that has arrived, if it is a PDF that prints behind a letter.
///
/// # Errors
/// When the database fails.
pub async fn count_pages(conn: &mut Conn, file: FileId) -> Result<(), DbError> {
    let format: Format = uploads::table
        .find(file.0)
        .select(uploads::format)
        .first(conn)
        .await?;
    if format != Format::Pdf {
        return Ok(());
    }
    let pdf = files::range(conn, file, 0, u64::MAX).await?;
    let n_pages = letters::Turn::wait().await.n_pages(pdf).await;
    diesel::update(case_files::table.find(file.0))
        .set(case_files::n_pages.eq(n_pages))
        .execute(conn)
        .await
        .map(drop)
}

/// Notes that a file does not print behind a letter after all.
///
/// # Errors
/// When the database fails.
pub async fn print_apart(conn: &mut Conn, file: FileId) -> Result<(), DbError> {
    diesel::update(case_files::table.find(file.0))
        .set(case_files::n_pages.eq(None::<i32>))
        .execute(conn)
        .await
        .map(drop)
}
