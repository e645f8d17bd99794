//! A chain read page by page, newest first, by kind and by period.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::{journal_events, seals};
use crate::db::{Conn, DbError};
use crate::journal::queries::Row;
use crate::journal::{Line, Recorded};

/// Which lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineFilter {
    /// What their kind begins with, such as `signin.`; a constant of the program's.
    pub kind: Option<&'static str>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Before this place in the chain: where the page before ended.
    pub before: Option<i32>,
}

/// The lines of a chain that `filter` lets through, newest first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn search(
    conn: &mut Conn,
    chain: i64,
    filter: LineFilter,
    limit: i64,
) -> Result<Vec<Line>, DbError> {
    let mut lines = journal_events::table
        .filter(journal_events::chain.eq(chain))
        .order(journal_events::seq.desc())
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(kind) = filter.kind {
        lines = lines.filter(journal_events::kind.like(format!("{kind}%")));
    }
    if let Some(from) = filter.from {
        lines = lines.filter(journal_events::at.ge(from));
    }
    if let Some(until) = filter.until {
        lines = lines.filter(journal_events::at.lt(until));
    }
    if let Some(before) = filter.before {
        lines = lines.filter(journal_events::seq.lt(before));
    }
    let rows: Vec<Row> = lines.load(conn).await?;
    let recorded = rows.into_iter().map(Recorded::try_from);
    recorded.map(|line| Ok(line?.line)).collect()
}

/// The last seal: the day it stands for, when it was made, how many chains it covers.
///
/// # Errors
/// When the database fails.
pub async fn last_seal(conn: &mut Conn) -> Result<Option<LastSeal>, DbError> {
    seals::table
        .order(seals::id.desc())
        .select(LastSeal::as_select())
        .first(conn)
        .await
        .optional()
}

/// What is told of a seal.
#[derive(Clone, Copy, Debug, Queryable, Selectable)]
#[diesel(table_name = seals, check_for_backend(diesel::pg::Pg))]
pub struct LastSeal {
    /// Counts up from 1.
    pub id: i64,
    /// Day it stands for, Paris calendar.
    pub sealed_on: chrono::NaiveDate,
    /// When it was made, UTC.
    pub sealed_at: DateTime<Utc>,
    /// Chains it covers.
    pub n_leaves: i64,
}
