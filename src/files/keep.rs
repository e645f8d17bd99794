//! Keeping bytes that are at hand, as they are: not a file that someone sends us, and not inspected.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::db::{Conn, DbError};
use crate::files::{CHUNK, FileId, FileName, Format, store};

/// Keeps these bytes, at least one, under this name; a scanner still looks at them. To be called in the
/// transaction that says to what they belong.
///
/// # Errors
/// When the database fails.
pub async fn keep(
    conn: &mut Conn,
    (name, format): (&FileName, Format),
    bytes: &[u8],
    at: DateTime<Utc>,
) -> Result<FileId, DbError> {
    let file = store::begin(conn, name, format, at).await?;
    for (n, piece) in (0_i32..).zip(bytes.chunks(CHUNK)) {
        store::append(conn, file, n, piece).await?;
    }
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    store::receive(conn, file, (size, &Sha256::digest(bytes).into()), at).await?;
    Ok(file)
}
