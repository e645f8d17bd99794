//! Adding a line to a chain, in the transaction of the change it tells of.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::lock::{self, Lock};
use crate::db::schema::journal_events;
use crate::db::{Conn, DbError};
use crate::journal::{Actor, Entry, GENESIS, Hash, Line, SYSTEM_CHAIN};

/// The last line of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its place, from 1.
    pub seq: i32,
    /// Its hash.
    pub hash: Hash,
}

/// Adds the first line of a new chain.
///
/// # Errors
/// When the chain has begun already, or the database fails.
pub async fn open(
    conn: &mut Conn,
    chain: i64,
    entry: Entry,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<Head, DbError> {
    insert(conn, &entry.at(chain, 1, at, actor), &GENESIS).await
}

/// Adds a line at the end of a chain. Call it inside a transaction that has locked the case's row:
/// two writers of one chain then follow each other; without the lock the primary key refuses one.
/// The system chain has no row of its own and takes an advisory lock.
///
/// # Errors
/// When the database fails or another writer was first.
pub async fn append(
    conn: &mut Conn,
    chain: i64,
    entry: Entry,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<Head, DbError> {
    if chain == SYSTEM_CHAIN {
        lock::hold(conn, Lock::SystemChain).await?;
    }
    let last: Option<(i32, Vec<u8>)> = journal_events::table
        .filter(journal_events::chain.eq(chain))
        .order(journal_events::seq.desc())
        .select((journal_events::seq, journal_events::hash))
        .first(conn)
        .await
        .optional()?;
    let (seq, before) = match last {
        Some((seq, hash)) => (seq, chain_hash(hash)?),
        None => (0, GENESIS),
    };
    insert(
        conn,
        &entry.at(chain, seq.saturating_add(1), at, actor),
        &before,
    )
    .await
}

/// A hash as the database gave it, which its CHECK keeps at 32 bytes.
///
/// # Errors
/// When it is not 32 bytes long.
pub fn chain_hash(bytes: Vec<u8>) -> Result<Hash, DbError> {
    Hash::try_from(bytes)
        .map_err(|bytes| DbError::DeserializationError(format!("{} bytes", bytes.len()).into()))
}

async fn insert(conn: &mut Conn, line: &Line, before: &Hash) -> Result<Head, DbError> {
    let hash = line.hash(before);
    diesel::insert_into(journal_events::table)
        .values((
            journal_events::chain.eq(line.chain),
            journal_events::seq.eq(line.seq),
            journal_events::at.eq(line.at),
            journal_events::actor.eq(&line.actor),
            journal_events::kind.eq(&line.kind),
            journal_events::facts.eq(&line.facts),
            journal_events::hash.eq(hash.as_slice()),
        ))
        .execute(conn)
        .await?;
    Ok(Head {
        seq: line.seq,
        hash,
    })
}
