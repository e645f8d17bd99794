//! Erasing e-mails that joined no case, once they were kept long enough.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::{incoming_mails, incoming_pieces, uploads};
use crate::db::{Conn, DbError};

/// Erases at most `limit` e-mails of no case that were kept before this day, with what came with them.
/// Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(conn: &mut Conn, before: NaiveDate, limit: i64) -> Result<usize, DbError> {
    let before: DateTime<Utc> = before.and_time(NaiveTime::MIN).and_utc();
    let old: Vec<(i64, i64)> = incoming_mails::table
        .filter(incoming_mails::case_id.is_null())
        .filter(incoming_mails::stored_at.lt(before))
        .order(incoming_mails::id)
        .limit(limit)
        .select((incoming_mails::id, incoming_mails::upload))
        .load(conn)
        .await?;
    let (mails, mut files): (Vec<i64>, Vec<i64>) = old.into_iter().unzip();
    let pieces: Vec<Option<i64>> = incoming_pieces::table
        .filter(incoming_pieces::mail_id.eq_any(&mails))
        .select(incoming_pieces::upload)
        .load(conn)
        .await?;
    files.extend(pieces.into_iter().flatten());
    // The e-mail goes with the file that it is kept as.
    diesel::delete(uploads::table.filter(uploads::id.eq_any(files)))
        .execute(conn)
        .await?;
    Ok(mails.len())
}
