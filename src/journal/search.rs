//! A chain read page by page, newest first, by kind and by period.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use diesel_async::RunQueryDsl;

use crate::db::schema::{journal_events, seals};
use crate::db::{Conn, DbError};
use crate::journal::queries::Row;
use crate::journal::verify::VERIFIED;
use crate::journal::{Line, Recorded, SYSTEM_CHAIN};

/// Which lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineFilter {
    /// What their kind begins with, before the dot, such as `signin`; of any kind when empty.
    pub families: &'static [&'static str],
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
    if !filter.families.is_empty() {
        let family = split_part(journal_events::kind, ".", 1);
        lines = lines.filter(family.eq_any(filter.families));
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

diesel::define_sql_function! {
    /// The part of a text at this place, from 1.
    fn split_part(text: Text, delimiter: Text, place: Integer) -> Text;
}

/// When the journals were last found whole.
///
/// # Errors
/// When the database fails.
pub async fn last_verification(conn: &mut Conn) -> Result<Option<DateTime<Utc>>, DbError> {
    journal_events::table
        .filter(journal_events::chain.eq(SYSTEM_CHAIN))
        .filter(journal_events::kind.eq(VERIFIED))
        .order(journal_events::seq.desc())
        .select(journal_events::at)
        .first(conn)
        .await
        .optional()
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
