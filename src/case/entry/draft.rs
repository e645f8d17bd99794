//! What a member of staff has typed and not registered yet: theirs alone, kept like every draft.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use crate::case::draft::{DraftId, kept_until};
use crate::case::entry::TypedEntry;
use crate::case::{CaseId, StaffId};
use crate::db::schema::{case_files, drafts, uploads};
use crate::db::{Conn, DbError};
use crate::keys::random_bytes;

/// A draft of a member of staff.
#[derive(Clone, Debug)]
pub struct Unfinished {
    /// Its id, also the `submission_id` of the case it becomes.
    pub id: DraftId,
    /// What was typed; blank once registered.
    pub typed: TypedEntry,
    /// Counts its changes: what is registered is what was shown.
    pub version: i32,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// When it will be erased.
    pub expires_at: DateTime<Utc>,
    /// The case it became, once registered.
    pub case: Option<CaseId>,
}

type Columns = (Uuid, Value, i32, DateTime<Utc>, DateTime<Utc>, Option<i64>);

const COLUMNS: (
    drafts::id,
    drafts::content,
    drafts::version,
    drafts::updated_at,
    drafts::expires_at,
    drafts::filed_case_id,
) = (
    drafts::id,
    drafts::content,
    drafts::version,
    drafts::updated_at,
    drafts::expires_at,
    drafts::filed_case_id,
);

impl TryFrom<Columns> for Unfinished {
    type Error = DbError;

    fn try_from(columns: Columns) -> Result<Self, DbError> {
        let (id, content, version, updated_at, expires_at, case) = columns;
        let typed: std::collections::BTreeMap<String, String> = serde_json::from_value(content)
            .map_err(|error| DbError::DeserializationError(error.into()))?;
        Ok(Self {
            id: DraftId(id),
            typed: TypedEntry::of(typed),
            version,
            updated_at,
            expires_at,
            case: case.map(CaseId),
        })
    }
}

/// Keeps what `staff` typed, for `keep` from now. Nothing happens to a draft of someone else, to one
/// that was registered, or to one whose time is over; tells whether it is kept.
///
/// # Errors
/// When the database fails.
pub async fn keep(
    conn: &mut Conn,
    (draft, staff): (DraftId, StaffId),
    typed: &TypedEntry,
    at: DateTime<Utc>,
    keep: TimeDelta,
) -> Result<bool, DbError> {
    let content = serde_json::to_value(typed.named())
        .map_err(|error| DbError::SerializationError(error.into()))?;
    let open = drafts::table
        .find(draft.0)
        .filter(drafts::staff_id.eq(staff.0))
        .filter(drafts::filed_case_id.is_null())
        .filter(drafts::expires_at.gt(at));
    let n_changed = diesel::update(open)
        .set((
            drafts::content.eq(&content),
            drafts::version.eq(drafts::version + 1),
            drafts::updated_at.eq(at),
            drafts::expires_at.eq(kept_until(at, keep)),
        ))
        .execute(conn)
        .await?;
    if n_changed == 1 {
        return Ok(true);
    }
    // Nobody has this token: only its author opens the draft of a member of staff.
    let token: [u8; 32] = random_bytes();
    let n_begun = diesel::insert_into(drafts::table)
        .values((
            drafts::id.eq(draft.0),
            drafts::token_digest.eq(token.to_vec()),
            drafts::staff_id.eq(staff.0),
            drafts::content.eq(&content),
            drafts::created_at.eq(at),
            drafts::updated_at.eq(at),
            drafts::expires_at.eq(kept_until(at, keep)),
        ))
        .on_conflict(drafts::id)
        .do_nothing()
        .execute(conn)
        .await?;
    Ok(n_begun == 1)
}

/// The draft `draft` of `staff`, registered or not, if there is one and its time is not over.
///
/// # Errors
/// When the database fails.
pub async fn load(
    conn: &mut Conn,
    (draft, staff): (DraftId, StaffId),
    at: DateTime<Utc>,
) -> Result<Option<Unfinished>, DbError> {
    let found: Option<Columns> = drafts::table
        .find(draft.0)
        .filter(drafts::staff_id.eq(staff.0))
        .filter(drafts::expires_at.gt(at))
        .select(COLUMNS)
        .first(conn)
        .await
        .optional()?;
    found.map(Unfinished::try_from).transpose()
}

/// What `staff` has not registered yet, latest change first, at most twenty.
///
/// # Errors
/// When the database fails.
pub async fn unfinished(
    conn: &mut Conn,
    staff: StaffId,
    at: DateTime<Utc>,
) -> Result<Vec<Unfinished>, DbError> {
    let found: Vec<Columns> = drafts::table
        .filter(drafts::staff_id.eq(staff.0))
        .filter(drafts::filed_case_id.is_null())
        .filter(drafts::expires_at.gt(at))
        .order((drafts::updated_at.desc(), drafts::id.asc()))
        .limit(20)
        .select(COLUMNS)
        .load(conn)
        .await?;
    found.into_iter().map(Unfinished::try_from).collect()
}

/// Erases a draft of `staff` that was not registered, with its files.
///
/// # Errors
/// When the database fails.
pub async fn discard(conn: &mut Conn, (draft, staff): (DraftId, StaffId)) -> Result<(), DbError> {
    let its_own = drafts::table
        .find(draft.0)
        .filter(drafts::staff_id.eq(staff.0))
        .filter(drafts::filed_case_id.is_null());
    let files = case_files::table
        .filter(case_files::draft_id.eq_any(its_own.select(drafts::id.nullable())))
        .select(case_files::upload);
    diesel::delete(uploads::table.filter(uploads::id.eq_any(files)))
        .execute(conn)
        .await?;
    diesel::delete(its_own).execute(conn).await.map(drop)
}
