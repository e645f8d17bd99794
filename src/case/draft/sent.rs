//! A draft that is sent: noted in the transaction that files.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use crate::case::CaseId;
use crate::case::draft::{Draft, DraftId};
use crate::db::schema::drafts;
use crate::db::{Conn, DbError};

/// A draft about to be sent, as it was read.
#[derive(Clone, Copy, Debug)]
pub struct ReadDraft {
    /// Its id.
    pub id: DraftId,
    /// The version that was read; none when there was nothing to read.
    pub version: Option<i32>,
}

impl From<&Draft> for ReadDraft {
    fn from(draft: &Draft) -> Self {
        Self {
            id: draft.id,
            version: Some(draft.version),
        }
    }
}

impl From<DraftId> for ReadDraft {
    fn from(id: DraftId) -> Self {
        Self { id, version: None }
    }
}

/// Notes that the draft became `case` and empties it; to be called in the transaction that files.
///
/// # Errors
/// [`DbError::RollbackTransaction`] when another page changed the draft since it was read: what it
/// saved would be lost. Or the database fails.
pub async fn mark_filed(
    conn: &mut Conn,
    draft: ReadDraft,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let mut as_read = diesel::update(drafts::table.find(draft.id.0)).into_boxed();
    if let Some(version) = draft.version {
        as_read = as_read.filter(drafts::version.eq(version));
    }
    let n_marked = as_read
        .set((
            drafts::content.eq(Value::Object(serde_json::Map::new())),
            drafts::filed_case_id.eq(case.0),
            drafts::filed_at.eq(at),
            drafts::updated_at.eq(at),
        ))
        .execute(conn)
        .await?;
    if n_marked == 0 && draft.version.is_some() {
        return Err(DbError::RollbackTransaction);
    }
    Ok(())
}
