//! Adding a file that has arrived: to a draft, or to a case where it waits for its message.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::CaseId;
use crate::case::draft::{DraftId, kept_until};
use crate::case::files::{FileAuthor, FileStage};
use crate::db::schema::{case_files, cases, drafts, uploads};
use crate::db::{Conn, DbError};
use crate::files::{FileId, Received};

/// Why a file was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// There are as many as there may be.
    #[error("there are {max} files already")]
    TooMany {
        /// Most files.
        max: usize,
    },
    /// The draft was sent, or its time is over.
    #[error("the draft is no longer open")]
    DraftOver,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
}

/// Adds a file to a draft that is still open, unless it has `max`; the draft is then kept for
/// `keep` longer, as after any change. The same file under the same name is there once, however often it is sent.
///
/// # Errors
/// When it cannot be added; nothing of the file stays.
pub async fn add_to_draft(
    conn: &mut Conn,
    draft: DraftId,
    received: Received,
    max: usize,
    (at, keep): (DateTime<Utc>, TimeDelta),
) -> Result<FileId, AddError> {
    let place = Place {
        draft: Some(draft),
        case: None,
        author: FileAuthor::Person,
        max,
    };
    let same = conn
        .transaction(async |conn| {
            // Locks the draft: two files at once are counted one after the other, a filing waits.
            let open = drafts::table
                .find(draft.0)
                .filter(drafts::filed_case_id.is_null())
                .filter(drafts::expires_at.gt(at));
            let n_open = diesel::update(open)
                .set((
                    drafts::updated_at.eq(at),
                    drafts::expires_at.eq(kept_until(at, keep)),
                ))
                .execute(conn)
                .await?;
            if n_open == 0 {
                return Err(AddError::DraftOver);
            }
            add(conn, &place, &received, at).await
        })
        .await?;
    Ok(conclude(received, same))
}

/// Adds a file to a case, where it waits for the message it goes with, unless `max` files of the
/// same author wait already. The same file under the same name waits once.
///
/// # Errors
/// When it cannot be added; nothing of the file stays.
pub async fn add_pending(
    conn: &mut Conn,
    (case, author): (CaseId, FileAuthor),
    received: Received,
    max: usize,
    at: DateTime<Utc>,
) -> Result<FileId, AddError> {
    let place = Place {
        draft: None,
        case: Some(case),
        author,
        max,
    };
    let same = conn
        .transaction(async |conn| {
            let _locked: i64 = cases::table
                .find(case.0)
                .select(cases::id)
                .for_no_key_update()
                .first(conn)
                .await?;
            add(conn, &place, &received, at).await
        })
        .await?;
    Ok(conclude(received, same))
}

/// Where a file is added; its row is locked by then.
struct Place {
    draft: Option<DraftId>,
    case: Option<CaseId>,
    author: FileAuthor,
    max: usize,
}

impl Place {
    const fn stage(&self) -> FileStage {
        if self.draft.is_some() {
            FileStage::Draft
        } else {
            FileStage::Pending
        }
    }
}

/// What identifies a file of a place: its id, its name, its digest.
type Held = (i64, String, Option<Vec<u8>>);

/// Adds the file; the id of the same one, if it is there already.
async fn add(
    conn: &mut Conn,
    place: &Place,
    received: &Received,
    at: DateTime<Utc>,
) -> Result<Option<FileId>, AddError> {
    let (draft, case) = (place.draft.map(|id| id.0), place.case.map(|id| id.0));
    let mut in_place = case_files::table.inner_join(uploads::table).into_boxed();
    in_place = match draft {
        Some(draft) => in_place.filter(case_files::draft_id.eq(draft)),
        None => in_place.filter(case_files::case_id.eq(case)),
    };
    let there: Vec<Held> = in_place
        .filter(case_files::stage.eq(place.stage()))
        .filter(case_files::author_id.is_not_distinct_from(place.author.id()))
        .select((uploads::id, uploads::name, uploads::sha256))
        .load(conn)
        .await?;
    let is_same = |(_, name, sha256): &&Held| {
        name == received.name().as_str() && sha256.as_deref() == Some(received.sha256())
    };
    if let Some((same, ..)) = there.iter().find(is_same) {
        return Ok(Some(FileId(*same)));
    }
    if there.len() >= place.max {
        return Err(AddError::TooMany { max: place.max });
    }
    received.record(conn, at).await?;
    diesel::insert_into(case_files::table)
        .values((
            case_files::upload.eq(received.file().0),
            case_files::draft_id.eq(draft),
            case_files::case_id.eq(case),
            case_files::author_id.eq(place.author.id()),
            case_files::stage.eq(place.stage()),
            case_files::added_at.eq(at),
        ))
        .execute(conn)
        .await?;
    Ok(None)
}

/// Once it is certain: the file stays, or goes because the same one is there.
fn conclude(received: Received, same: Option<FileId>) -> FileId {
    if let Some(same) = same {
        return same;
    }
    let file = received.file();
    received.kept();
    file
}
