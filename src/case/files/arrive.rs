//! Files that came with an e-mail of the person: with what it filed, or with a message.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::files::FileStage;
use crate::case::files::go::{hold, tell};
use crate::db::schema::case_files;
use crate::db::{Conn, DbError};
use crate::files::FileId;
use crate::journal::Actor;

/// These files are the case's: sent with the message, or filed with the case when there is none; to be
/// called in the transaction that writes it. The journal tells of each.
///
/// # Errors
/// When the database fails.
pub async fn arrive(
    conn: &mut Conn,
    (case, message): (CaseId, Option<i64>),
    files: &[FileId],
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    if files.is_empty() {
        return Ok(());
    }
    let stage = match message {
        Some(_) => FileStage::Sent,
        None => FileStage::Filed,
    };
    let ids: Vec<i64> = files.iter().map(|file| file.0).collect();
    let rows: Vec<_> = ids
        .iter()
        .map(|id| {
            (
                case_files::upload.eq(*id),
                case_files::case_id.eq(case.0),
                case_files::stage.eq(stage),
                case_files::message_id.eq(message),
                case_files::added_at.eq(at),
            )
        })
        .collect();
    diesel::insert_into(case_files::table)
        .values(rows)
        .execute(conn)
        .await?;
    let secret = hold(conn, case).await?;
    tell(conn, case, (&ids, &secret), (actor, at)).await
}
