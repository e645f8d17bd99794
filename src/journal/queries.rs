//! Reads of the journal.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::journal_events;
use crate::db::{Conn, DbError};
use crate::journal::{Hash, Line, chain_hash};

/// A line with the hash the database keeps of it.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The line.
    pub line: Line,
    /// Its hash, as recorded.
    pub hash: Hash,
}

/// Most lines of one chain that a page shows.
const PAGE: i64 = 500;

/// The last lines of a chain, at most [`PAGE`], oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_chain(conn: &mut Conn, chain: i64) -> Result<Vec<Recorded>, DbError> {
    let newest_first: Vec<Row> = journal_events::table
        .filter(journal_events::chain.eq(chain))
        .order(journal_events::seq.desc())
        .limit(PAGE)
        .select(Row::as_select())
        .load(conn)
        .await?;
    newest_first
        .into_iter()
        .rev()
        .map(Recorded::try_from)
        .collect()
}

/// The last lines of a chain that are of one of these kinds, at most [`PAGE`], oldest first: what
/// may be shown to whom the others are not.
///
/// # Errors
/// When the database fails.
pub async fn of_kinds(
    conn: &mut Conn,
    chain: i64,
    kinds: &[&'static str],
) -> Result<Vec<Line>, DbError> {
    let newest_first: Vec<Row> = journal_events::table
        .filter(journal_events::chain.eq(chain))
        .filter(journal_events::kind.eq_any(kinds))
        .order(journal_events::seq.desc())
        .limit(PAGE)
        .select(Row::as_select())
        .load(conn)
        .await?;
    let recorded = newest_first.into_iter().rev().map(Recorded::try_from);
    recorded.map(|line| Ok(line?.line)).collect()
}

/// A row of `journal_events`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = journal_events, check_for_backend(diesel::pg::Pg))]
pub(super) struct Row {
    pub(super) chain: i64,
    pub(super) seq: i32,
    pub(super) at: chrono::DateTime<chrono::Utc>,
    pub(super) actor: String,
    pub(super) kind: String,
    pub(super) facts: String,
    pub(super) hash: Vec<u8>,
}

impl TryFrom<Row> for Recorded {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let Row {
            chain,
            seq,
            at,
            actor,
            kind,
            facts,
            hash,
        } = row;
        Ok(Self {
            line: Line {
                chain,
                seq,
                at,
                actor,
                kind,
                facts,
            },
            hash: chain_hash(hash)?,
        })
    }
}
