//! What is done with a draft: begin, read, save a step, mark as sent, forget.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde_json::Value;
use uuid::Uuid;

use crate::calendar;
use crate::case::CaseId;
use crate::case::draft::token::{self, DraftToken};
use crate::case::filing::{Field, Step, TypedFiling};
use crate::db::schema::{case_files, drafts, uploads};
use crate::db::{Conn, DbError};
use crate::keys::random_bytes;

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
    /// Counts its changes; a change on an older version is refused.
    pub version: i32,
    /// Step to the page that saved it last.
    pub writers: BTreeMap<String, String>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it will be erased, the end of a Paris day.
    pub expires_at: DateTime<Utc>,
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

/// A change of a draft.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The fields that change; the others stay as they are.
    pub fields: &'a [Field],
    /// What they hold now.
    pub typed: &'a TypedFiling,
    /// The step, and the page it was typed in.
    pub writer: Option<(Step, &'a str)>,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is kept.
    Kept,
    /// Another page changed the draft, sent it, or its time is over: look at it again.
    Overtaken,
}

/// Until when a draft changed at `at` is kept: the whole day is, so that a date can be told.
pub(in crate::case) fn kept_until(at: DateTime<Utc>, keep: TimeDelta) -> DateTime<Utc> {
    calendar::end_of_paris_day(at.checked_add_signed(keep).unwrap_or(at))
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
    let own = random_bytes();
    diesel::insert_into(drafts::table)
        .values((
            drafts::id.eq(Uuid::new_v4()),
            drafts::token_digest.eq(token::digest(&own).to_vec()),
            drafts::content.eq(to_json(typed)?),
            drafts::created_at.eq(at),
            drafts::updated_at.eq(at),
            drafts::expires_at.eq(kept_until(at, keep)),
        ))
        .execute(conn)
        .await?;
    Ok(DraftToken::Own(own))
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
    let live = drafts::table
        .filter(drafts::expires_at.gt(at))
        .select(Row::as_select());
    let row: Option<Row> = match token {
        DraftToken::Own(own) => {
            let digest = token::digest(own).to_vec();
            live.filter(drafts::token_digest.eq(digest))
                .first(conn)
                .await
        }
        DraftToken::Resumed(draft, _) => live.filter(drafts::id.eq(draft.0)).first(conn).await,
    }
    .optional()?;
    row.map(Draft::try_from).transpose()
}

/// Saves a change of a draft as it was loaded.
///
/// # Errors
/// When the database fails.
pub async fn save(
    conn: &mut Conn,
    draft: &Draft,
    change: &Change<'_>,
    at: DateTime<Utc>,
    keep: TimeDelta,
) -> Result<Saved, DbError> {
    let mut changed = TypedFiling::default();
    changed.take_over(change.fields, change.typed);
    let writer: BTreeMap<&str, &str> = change
        .writer
        .map(|(step, page)| (step.code(), page))
        .into_iter()
        .collect();
    let as_loaded = drafts::table
        .find(draft.id.0)
        .filter(drafts::version.eq(draft.version))
        .filter(drafts::filed_case_id.is_null())
        .filter(drafts::expires_at.gt(at));
    let n_saved = diesel::update(as_loaded)
        .set((
            drafts::content.eq(drafts::content.concat(to_json(&changed)?)),
            drafts::writers.eq(drafts::writers.concat(json(&writer)?)),
            drafts::version.eq(drafts::version + 1),
            drafts::updated_at.eq(at),
            drafts::expires_at.eq(kept_until(at, keep)),
        ))
        .execute(conn)
        .await?;
    Ok(if n_saved == 1 {
        Saved::Kept
    } else {
        Saved::Overtaken
    })
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
    version: i32,
    writers: Value,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    filed_case_id: Option<i64>,
    filed_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Draft {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let unreadable = |error: serde_json::Error| DbError::DeserializationError(error.into());
        let typed = serde_json::from_value(row.content).map_err(unreadable)?;
        let writers = serde_json::from_value(row.writers).map_err(unreadable)?;
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
            version: row.version,
            writers,
            created_at: row.created_at,
            expires_at: row.expires_at,
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
    json(&kept)
}

fn json(value: &impl serde::Serialize) -> Result<Value, DbError> {
    serde_json::to_value(value).map_err(|error| DbError::SerializationError(error.into()))
}
