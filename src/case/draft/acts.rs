//! What is done with a draft: begin, read, save a step, mark as sent, forget.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde_json::Value;
use uuid::Uuid;

use crate::case::CaseId;
use crate::case::draft::DraftToken;
use crate::case::filing::{Field, TypedFiling};
use crate::db::schema::{case_files, drafts, uploads};
use crate::db::{Conn, DbError};

/// The id of a draft: also the `submission_id` of the case it becomes, so that sending twice
/// files once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DraftId(pub Uuid);

/// A draft of a visitor.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// What was typed; blank once sent.
    pub typed: TypedFiling,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// What it became, once sent.
    pub filed: Option<FiledDraft>,
}

/// What a sent draft became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiledDraft {
    /// The case.
    pub case: CaseId,
    /// When it was sent.
    pub at: DateTime<Utc>,
}

/// Begins a draft with what is typed so far; it is kept for `keep` after each change.
///
/// # Errors
/// When the database fails.
pub async fn create(
    conn: &mut Conn,
    typed: &TypedFiling,
    at: DateTime<Utc>,
    keep: TimeDelta,
) -> Result<DraftToken, DbError> {
    let token = DraftToken::draw();
    diesel::insert_into(drafts::table)
        .values((
            drafts::id.eq(Uuid::new_v4()),
            drafts::token_digest.eq(token.digest().to_vec()),
            drafts::content.eq(to_json(typed)?),
            drafts::created_at.eq(at),
            drafts::updated_at.eq(at),
            drafts::expires_at.eq(at + keep),
        ))
        .execute(conn)
        .await?;
    Ok(token)
}

/// The draft of a token, if there is one and it has not expired.
///
/// # Errors
/// When the database fails.
pub async fn load(
    conn: &mut Conn,
    token: &DraftToken,
    at: DateTime<Utc>,
) -> Result<Option<Draft>, DbError> {
    drafts::table
        .filter(drafts::token_digest.eq(token.digest().to_vec()))
        .filter(drafts::expires_at.gt(at))
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?
        .map(Draft::try_from)
        .transpose()
}

/// Saves some fields as they are typed and leaves the others as they are. Returns whether there
/// was still a draft to save to: not expired, not sent.
///
/// # Errors
/// When the database fails.
pub async fn save(
    conn: &mut Conn,
    id: DraftId,
    (fields, typed): (&[Field], &TypedFiling),
    at: DateTime<Utc>,
    keep: TimeDelta,
) -> Result<bool, DbError> {
    let mut changed = TypedFiling::default();
    changed.take_over(fields, typed);
    let unsent = drafts::table
        .find(id.0)
        .filter(drafts::filed_case_id.is_null())
        .filter(drafts::expires_at.gt(at));
    let n_saved = diesel::update(unsent)
        .set((
            drafts::content.eq(drafts::content.concat(to_json(&changed)?)),
            drafts::version.eq(drafts::version + 1),
            drafts::updated_at.eq(at),
            drafts::expires_at.eq(at + keep),
        ))
        .execute(conn)
        .await?;
    Ok(n_saved == 1)
}

/// Notes that the draft became `case` and empties it; to be called in the transaction that files.
///
/// # Errors
/// When the database fails.
pub async fn mark_filed(
    conn: &mut Conn,
    id: DraftId,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    diesel::update(drafts::table.find(id.0))
        .set((
            drafts::content.eq(Value::Object(serde_json::Map::new())),
            drafts::filed_case_id.eq(case.0),
            drafts::filed_at.eq(at),
            drafts::updated_at.eq(at),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Erases at most `limit` drafts whose time is over at `at`, with their files, and returns how many went.
///
/// # Errors
/// When the database fails.
pub async fn erase_expired(
    conn: &mut Conn,
    at: DateTime<Utc>,
    limit: i64,
) -> Result<usize, DbError> {
    let expired: Vec<Uuid> = drafts::table
        .filter(drafts::expires_at.le(at))
        .order((drafts::expires_at.asc(), drafts::id.asc()))
        .limit(limit)
        .select(drafts::id)
        .load(conn)
        .await?;
    conn.transaction(async |conn| {
        // Locked: a file that arrives meanwhile waits, and finds no draft any more.
        let over: Vec<Uuid> = drafts::table
            .filter(drafts::id.eq_any(expired))
            .filter(drafts::expires_at.le(at))
            .select(drafts::id)
            .for_update()
            .load(conn)
            .await?;
        let files = case_files::table
            .filter(case_files::draft_id.eq_any(&over))
            .select(case_files::upload);
        diesel::delete(uploads::table.filter(uploads::id.eq_any(files)))
            .execute(conn)
            .await?;
        diesel::delete(drafts::table.filter(drafts::id.eq_any(over)))
            .execute(conn)
            .await
    })
    .await
}

/// A row of `drafts`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = drafts)]
struct Row {
    id: Uuid,
    content: Value,
    created_at: DateTime<Utc>,
    filed_case_id: Option<i64>,
    filed_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Draft {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let typed = serde_json::from_value(row.content)
            .map_err(|error| DbError::DeserializationError(error.into()))?;
        let filed = row
            .filed_case_id
            .zip(row.filed_at)
            .map(|(case, at)| FiledDraft {
                case: CaseId(case),
                at,
            });
        Ok(Self {
            id: DraftId(row.id),
            typed,
            created_at: row.created_at,
            filed,
        })
    }
}

/// Longest text kept of a field: beyond any that can be filed.
const MAX_CHARS: usize = 10_000;

/// What the database can keep of it. A field that does not apply is not checked: it may hold a NUL,
/// which PostgreSQL refuses, or any length.
fn to_json(typed: &TypedFiling) -> Result<Value, DbError> {
    let mut kept = typed.clone();
    for field in Field::ALL {
        let text = typed.get(*field);
        if text.contains('\0') || text.len() > MAX_CHARS {
            let text: String = text
                .chars()
                .filter(|c| *c != '\0')
                .take(MAX_CHARS)
                .collect();
            kept.set(*field, text);
        }
    }
    serde_json::to_value(kept).map_err(|error| DbError::SerializationError(error.into()))
}
